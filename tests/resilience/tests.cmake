jiahe_tests(resilience LINK jiahe::resilience jiahe::test_support jiahe::kernel)
