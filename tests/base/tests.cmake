jiahe_tests(base LINK jiahe::base)
