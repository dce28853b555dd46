if(TARGET jiahe_city)
    jiahe_tests(invariants LINK jiahe::city)
endif()
