# jiahe_module(NAME DEPENDS modules... PRIVATE third-party targets...)
# One static library a folder of engine/: target jiahe_NAME, alias jiahe::NAME. Sources are the
# folder's *.cpp. DEPENDS are folders whose headers it may include (tests/tidy checks the includes).
function(jiahe_module name)
    cmake_parse_arguments(ARG "" "" "DEPENDS;PRIVATE" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
    if(NOT sources)
        return()
    endif()
    add_library(jiahe_${name} STATIC ${sources})
    add_library(jiahe::${name} ALIAS jiahe_${name})
    target_include_directories(jiahe_${name} PUBLIC
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/engine> $<INSTALL_INTERFACE:include/jiahe>)
    foreach(dep IN LISTS ARG_DEPENDS)
        if(TARGET jiahe_${dep})
            target_link_libraries(jiahe_${name} PUBLIC jiahe::${dep})
        endif()
    endforeach()
    target_link_libraries(jiahe_${name} PRIVATE ${ARG_PRIVATE})
    target_precompile_headers(jiahe_${name} PRIVATE
        <algorithm> <array> <cstdint> <cstring> <functional> <map> <memory> <optional> <span>
        <string> <string_view> <utility> <vector>)
    if(JIAHE_DEBUG_CHECKS)
        target_compile_definitions(jiahe_${name} PUBLIC JIAHE_DEBUG_CHECKS=1)
    endif()
    set_target_properties(jiahe_${name} PROPERTIES EXPORT_NAME ${name})
    jiahe_is_in_engine(in_engine)
    if(in_engine)
        set_property(GLOBAL APPEND PROPERTY JIAHE_MODULES jiahe_${name})
    endif()
endfunction()

# jiahe_system(NAME [BY_HAND] DEPENDS modules... PRIVATE third-party targets...)
# A module that is a system of the city: it stands in the registries that are generated from here on.
# Its folder has NAME_module.h with the four functions of engine/city/system_registry.h. BY_HAND: the
# composition root makes and reports it; from NAME_section.h the registry takes declare_NAME only.
function(jiahe_system name)
    cmake_parse_arguments(ARG "BY_HAND" "" "" ${ARGN})
    jiahe_is_in_engine(in_engine)
    if(in_engine AND TARGET jiahe_coupling)
        message(FATAL_ERROR "system ${name}: list it before coupling in engine/CMakeLists.txt, "
                            "or the program would run without it")
    endif()
    jiahe_module(${name} ${ARG_UNPARSED_ARGUMENTS})
    target_include_directories(jiahe_${name} PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/..>)
    set_target_properties(jiahe_${name} PROPERTIES JIAHE_BY_HAND ${ARG_BY_HAND})
    set_property(GLOBAL APPEND PROPERTY JIAHE_SYSTEMS ${name})
endfunction()

# jiahe_system_registry(FILE): writes FILE, a source with the table of all systems named so far, in
# that order. Whatever compiles it links them.
function(jiahe_system_registry file)
    get_property(systems GLOBAL PROPERTY JIAHE_SYSTEMS)
    set(includes)
    set(rows)
    foreach(name IN LISTS systems)
        get_target_property(by_hand jiahe_${name} JIAHE_BY_HAND)
        set(row "    {\"${name}\", ${name}::declare_${name}")
        if(by_hand)
            string(APPEND includes "#include \"${name}/${name}_section.h\"\n")
            string(APPEND rows "${row}, nullptr},\n")
        else()
            string(APPEND includes "#include \"${name}/${name}_module.h\"\n")
            string(APPEND rows "${row},\n     add_system<${name}::make_${name}, "
                               "${name}::report_${name}, ${name}::write_${name}>},\n")
        endif()
    endforeach()
    configure_file("${PROJECT_SOURCE_DIR}/engine/city/system_registry.cpp.in" "${file}" @ONLY)
endfunction()

# What a test builds is no part of an installation.
function(jiahe_is_in_engine out)
    set(engine "${PROJECT_SOURCE_DIR}/engine")
    cmake_path(IS_PREFIX engine "${CMAKE_CURRENT_SOURCE_DIR}" is_prefix)
    set(${out} ${is_prefix} PARENT_SCOPE)
endfunction()
