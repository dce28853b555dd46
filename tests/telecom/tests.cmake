jiahe_tests(telecom LINK jiahe::telecom jiahe::test_support)
