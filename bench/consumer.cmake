# Events to measure with, as JSON lines.
add_executable(generate_events ${CMAKE_CURRENT_LIST_DIR}/generate_events.c)
target_link_libraries(generate_events PRIVATE schemas)
