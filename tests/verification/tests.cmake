if(TARGET jiahe_coupling)
    jiahe_tests(verification LINK jiahe::traffic jiahe::tolling jiahe::coupling jiahe::test_support)
endif()
