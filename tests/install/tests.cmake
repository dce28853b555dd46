# Installs the build into a scratch prefix and builds a program of a stranger's against it.
if(JIAHE_SANITIZE)
    return()  # the stranger would have to link the sanitizer too
endif()
add_test(NAME install COMMAND ${CMAKE_COMMAND} -DBUILD_DIR=${CMAKE_BINARY_DIR}
         -DSOURCE_DIR=${CMAKE_CURRENT_SOURCE_DIR}/install/consumer -DGENERATOR=${CMAKE_GENERATOR}
         -P ${CMAKE_CURRENT_SOURCE_DIR}/install/run.cmake)
set_tests_properties(install PROPERTIES LABELS quick TIMEOUT 300)
