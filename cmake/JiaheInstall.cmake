include(GNUInstallDirs)
if(NOT SKBUILD)
    install(TARGETS jiahe_cli_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
