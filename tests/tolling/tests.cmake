jiahe_tests(tolling LINK jiahe::tolling)
