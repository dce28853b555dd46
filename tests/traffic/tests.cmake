jiahe_tests(traffic LINK jiahe::traffic jiahe::kernel jiahe::test_support)
