jiahe_tests(roads LINK jiahe::roads jiahe::test_support)
