# Peers and observers of the service on a real broker.
add_library(probe STATIC ${CMAKE_CURRENT_LIST_DIR}/probe.c)
target_link_libraries(probe PUBLIC consumer)
add_executable(bare_loop ${CMAKE_CURRENT_LIST_DIR}/bare_loop.c ${CMAKE_CURRENT_LIST_DIR}/bare_inputs.c
    ${CMAKE_CURRENT_LIST_DIR}/bare_transaction.c)
target_link_libraries(bare_loop PRIVATE probe)
foreach(program read_raw read_state watch_rest tally_outputs measure_latency memory_bench
        receive_events post_events)
    add_executable(${program} ${CMAKE_CURRENT_LIST_DIR}/${program}.c)
    target_link_libraries(${program} PRIVATE probe)
endforeach()
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl>=7.87)
target_link_libraries(post_events PRIVATE PkgConfig::CURL)
