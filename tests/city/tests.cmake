jiahe_tests(city LINK jiahe::city jiahe::results jiahe::test_support)
