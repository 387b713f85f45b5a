# Makes OUTPUT, a C file that holds the text of INPUT as the array NAME and its length as NAME_length.
file(READ "${INPUT}" bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(................................................................................)" "\\1\n    " bytes "${bytes}")
file(WRITE "${OUTPUT}" "#include <stddef.h>\n\nextern const char ${NAME}[];\nextern const size_t ${NAME}_length;\n
const char ${NAME}[] = {\n    ${bytes}0};\nconst size_t ${NAME}_length = sizeof(${NAME}) - 1;\n")
