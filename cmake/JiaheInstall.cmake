# `cmake --install`: the program, the modules' libraries and headers, and find_package(Jiahe). A wheel
# (SKBUILD) holds the Python module only; bindings/CMakeLists.txt installs that.
if(SKBUILD)
    return()
endif()
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(TARGET jiahe_program)
    install(TARGETS jiahe_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Jiahe)
get_property(modules GLOBAL PROPERTY JIAHE_MODULES)
install(TARGETS ${modules} EXPORT JiaheTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT JiaheTargets NAMESPACE jiahe:: DESTINATION ${package_dir})
install(DIRECTORY "${PROJECT_SOURCE_DIR}/engine/" DESTINATION include/jiahe
        FILES_MATCHING PATTERN "*.h")

file(WRITE "${CMAKE_BINARY_DIR}/JiaheConfig.cmake"
"include(\"\${CMAKE_CURRENT_LIST_DIR}/JiaheDependencies.cmake\")
include(\"\${CMAKE_CURRENT_LIST_DIR}/JiaheTargets.cmake\")
")
write_basic_package_version_file("${CMAKE_BINARY_DIR}/JiaheConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/JiaheConfig.cmake" "${CMAKE_BINARY_DIR}/JiaheConfigVersion.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/JiaheDependencies.cmake"
        DESTINATION ${package_dir})
