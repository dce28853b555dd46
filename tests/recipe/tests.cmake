# The recipe: one line adds the folder, and the registry that is generated after it has the canal. The
# program's own registry was generated before and has not.
add_subdirectory("${CMAKE_CURRENT_LIST_DIR}/canal")
jiahe_tests(recipe LINK jiahe::city jiahe::canal jiahe::test_support)
jiahe_system_registry("${CMAKE_CURRENT_BINARY_DIR}/recipe/system_registry.cpp")
target_sources(test_recipe PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/recipe/system_registry.cpp")
include("${CMAKE_CURRENT_LIST_DIR}/../determinism/matrix.cmake")
jiahe_determinism_matrix(canal SOURCE "${CMAKE_CURRENT_LIST_DIR}/canal_case.cpp" LINK jiahe::canal)
