jiahe_tests(routing LINK jiahe::routing)
