if(TARGET jiahe_city)
    jiahe_tests(coupling LINK jiahe::city)
endif()
