jiahe_tests(scenario LINK jiahe::scenario)
