# Puts files into a library, so that the binary needs nothing beside it.
#
#   mangrove_embed(
#     TARGET     mangrove_ontology              the library that gets them
#     HEADER     ontology/data_files.h          where TYPE and FUNCTION are declared
#     NAMESPACE  mangrove::ontology
#     TYPE       DataFile                       a struct that begins with two std::string_view: name, bytes
#     FUNCTION   data_files                     std::span<const TYPE> FUNCTION()
#     BASE       ${CMAKE_CURRENT_SOURCE_DIR}    a file's name is its path from here
#     FILES      schema.ttl ...                 below BASE, in the order of the table; or
#     DIRECTORY  dist                           below BASE: all files in it when the library is built, in order of
#                                               names (BASE is then this directory), and
#     DEPENDS    stamp ...                      what tells that they have changed
#     [PREFIX /]                                put in front of every name
#     [GZIP]                                    the bytes are those of `gzip -9 -n`
#     [HASH])                                   TYPE has a third std::string_view: the start of the SHA-256 of the
#                                               bytes as they were before GZIP, 16 hexadecimal digits
#
# The build writes one source file with the table; the bytes themselves come in by the assembler's .incbin, which takes no
# time, however large the files are. It is written anew when a file changes. The same file is the script that writes it.

function(mangrove_embed)
  cmake_parse_arguments(PARSE_ARGV 0 arg "GZIP;HASH"
    "TARGET;HEADER;NAMESPACE;TYPE;FUNCTION;BASE;DIRECTORY;PREFIX" "FILES;DEPENDS")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_FUNCTION OR (NOT arg_FILES AND NOT arg_DIRECTORY))
    message(FATAL_ERROR "mangrove_embed: see the head of embed.cmake")
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${arg_FUNCTION}.cpp)
  set(base ${arg_BASE})
  if(arg_DIRECTORY)
    cmake_path(APPEND base ${arg_DIRECTORY})
  endif()
  list(TRANSFORM arg_FILES PREPEND ${base}/ OUTPUT_VARIABLE paths)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND}
      -D "output=${source}" -D "header=${arg_HEADER}" -D "namespace=${arg_NAMESPACE}"
      -D "type=${arg_TYPE}" -D "function=${arg_FUNCTION}" -D "base=${base}"
      -D "files=${arg_FILES}" -D "prefix=${arg_PREFIX}" -D "gzip=${arg_GZIP}" -D "hash=${arg_HASH}"
      -P ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    DEPENDS ${paths} ${arg_DEPENDS} ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    COMMENT "Embedding ${base}"
    VERBATIM)
  target_sources(${arg_TARGET} PRIVATE ${source})
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  return()
endif()

# From here on: the script, which writes ${output}.

cmake_policy(SET CMP0007 NEW)
if(NOT files)
  file(GLOB_RECURSE files RELATIVE ${base} ${base}/*)
  list(SORT files)
endif()

set(blocks "")
set(declarations "")
set(rows "")
set(index 0)
foreach(file IN LISTS files)
  set(path ${base}/${file})
  file(SHA256 ${path} digest)
  string(SUBSTRING ${digest} 0 16 digest)
  if(gzip)
    set(packed ${output}.${index}.gz)
    execute_process(COMMAND gzip -9 -n -c ${path} OUTPUT_FILE ${packed} COMMAND_ERROR_IS_FATAL ANY)
    set(path ${packed})
  endif()
  set(symbol mangrove_${function}_${index})
  # A comment with the digest makes the source differ when the bytes do, for compiler caches.
  string(APPEND blocks
    "// ${digest}\n"
    "asm(\".section .rodata\\n\"\n"
    "    \".balign 16\\n\"\n"
    "    \".globl ${symbol}\\n\"\n"
    "    \"${symbol}:\\n\"\n"
    "    \".incbin \\\"${path}\\\"\\n\"\n"
    "    \".globl ${symbol}_end\\n\"\n"
    "    \"${symbol}_end:\\n\"\n"
    "    \".byte 0\\n\"\n"
    "    \".previous\\n\");\n")
  string(APPEND declarations
    "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
  set(row "{\"${prefix}${file}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}")
  if(hash)
    string(APPEND row ", \"${digest}\"")
  endif()
  string(APPEND rows "      ${row}},\n")
  math(EXPR index "${index} + 1")
endforeach()

file(WRITE ${output}
  "// Written by the build; see embed.cmake.\n"
  "#include <array>\n#include <cstddef>\n#include <span>\n\n#include \"${header}\"\n\n"
  "${blocks}\nextern \"C\" {\n${declarations}}\n\n"
  "namespace ${namespace} {\n\n"
  "std::span<const ${type}> ${function}() {\n"
  "  static const std::array<${type}, ${index}> files{{\n${rows}  }};\n"
  "  return files;\n}\n\n"
  "}  // namespace ${namespace}\n")
