# cmake -DBUILD_DIR= -DSOURCE_DIR= -DGENERATOR= -P run.cmake
set(scratch "${BUILD_DIR}/install-test")
file(REMOVE_RECURSE "${scratch}")

function(step)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT code EQUAL 0)
        message(FATAL_ERROR "failed (${code}): ${ARGN}\n${output}")
    endif()
endfunction()

step(${CMAKE_COMMAND} --install "${BUILD_DIR}" --prefix "${scratch}/prefix")
step(${CMAKE_COMMAND} -G "${GENERATOR}" -S "${SOURCE_DIR}" -B "${scratch}/build"
     "-DCMAKE_PREFIX_PATH=${scratch}/prefix")
step(${CMAKE_COMMAND} --build "${scratch}/build")
step("${scratch}/build/consumer")
