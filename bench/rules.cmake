add_executable(judge_bench ${CMAKE_CURRENT_LIST_DIR}/judge_bench.c)
target_link_libraries(judge_bench PRIVATE rules)
