if(TARGET jiahe_evaluation)
    jiahe_tests(evaluation LINK jiahe::evaluation jiahe::results)
endif()
