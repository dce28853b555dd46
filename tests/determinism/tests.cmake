include("${CMAKE_CURRENT_LIST_DIR}/matrix.cmake")
foreach(case phold phold_ways queues tokens)
    jiahe_determinism_matrix(${case} SOURCE "${CMAKE_CURRENT_LIST_DIR}/${case}_case.cpp"
        LINK jiahe::kernel)
endforeach()
if(TARGET jiahe_city)
    jiahe_determinism_matrix(town SOURCE "${CMAKE_CURRENT_LIST_DIR}/town_case.cpp" LINK jiahe::city)
endif()
