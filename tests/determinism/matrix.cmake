# jiahe_determinism_matrix(NAME SOURCE file LINK targets...)
# Program and test determinism_NAME: the matrix of matrix_main.cpp (threads x partitions x seeds, cut
# anywhere, saved and resumed) on the case that SOURCE defines:
#   jiahe::DeterminismCase jiahe::determinism_case();      (support/determinism.h)
include_guard(GLOBAL)
set(JIAHE_DETERMINISM_DIR "${CMAKE_CURRENT_LIST_DIR}")

function(jiahe_determinism_matrix name)
    cmake_parse_arguments(ARG "" "SOURCE" "LINK" ${ARGN})
    add_executable(determinism_${name} ${ARG_SOURCE} "${JIAHE_DETERMINISM_DIR}/matrix_main.cpp"
        $<TARGET_OBJECTS:jiahe_doctest_main>)
    target_include_directories(determinism_${name} PRIVATE "${JIAHE_DETERMINISM_DIR}/..")
    target_link_libraries(determinism_${name} PRIVATE ${ARG_LINK} doctest::doctest)
    target_compile_definitions(determinism_${name} PRIVATE
        JIAHE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" JIAHE_SHARED_DATA="${JIAHE_SHARED_DATA}")
    add_test(NAME determinism_${name} COMMAND determinism_${name})
    set_tests_properties(determinism_${name} PROPERTIES LABELS quick TIMEOUT 900)
endfunction()
