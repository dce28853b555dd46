jiahe_tests(geo LINK jiahe::geo jiahe::test_support)
