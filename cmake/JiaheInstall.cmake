include(GNUInstallDirs)
if(NOT SKBUILD AND TARGET jiahe_program)
    install(TARGETS jiahe_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
