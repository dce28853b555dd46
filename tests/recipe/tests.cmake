# The recipe: one line adds the folder; its own test and the determinism matrix follow.
add_subdirectory("${CMAKE_CURRENT_LIST_DIR}/canal")
jiahe_tests(recipe LINK jiahe::canal)
include("${CMAKE_CURRENT_LIST_DIR}/../determinism/matrix.cmake")
jiahe_determinism_matrix(canal SOURCE "${CMAKE_CURRENT_LIST_DIR}/canal_case.cpp" LINK jiahe::canal)
