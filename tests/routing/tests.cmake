jiahe_tests(routing LINK jiahe::routing jiahe::test_support)
