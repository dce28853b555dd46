jiahe_tests(kernel LINK jiahe::kernel)
