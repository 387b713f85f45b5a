# What reading and writing records costs.
pkg_check_modules(AVRO REQUIRED IMPORTED_TARGET avro-c)
add_executable(decode_bench ${CMAKE_CURRENT_LIST_DIR}/decode_bench.c)
target_link_libraries(decode_bench PRIVATE schemas PkgConfig::AVRO)
