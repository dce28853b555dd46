if(TARGET jiahe_city)
    jiahe_tests(golden LINK jiahe::city)
endif()
