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
    set_property(GLOBAL APPEND PROPERTY JIAHE_MODULES jiahe_${name})
endfunction()
