# Writes a C++ source that holds files as raw string literals: each a constant, or with MAP all in one map.
# Usage: cmake -D OUTPUT=<file> -D HEADER=<header that declares the names> -D NAMESPACE=<namespace> [-D MAP=<function>]
#              -D FILES=<name>=<file>[|<name>=<file>]... -P embed.cmake
# SPDX-License-Identifier: BSD-3-Clause
string(REPLACE "|" ";" pairs "${FILES}")
set(source "// Made by embed.cmake; change the files that it holds, not this one.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n")
set(entries "")
foreach(pair IN LISTS pairs)
  string(REGEX MATCH "^([^=]+)=(.+)$" match "${pair}")
  set(name "${CMAKE_MATCH_1}")
  file(READ "${CMAKE_MATCH_2}" content)
  set(literal "R\"embedded(${content})embedded\"")
  if(MAP)
    string(APPEND entries "      {\"${name}\", ${literal}},\n")
  else()
    string(APPEND source "\nconst std::string_view ${name} = ${literal};\n")
  endif()
endforeach()
if(MAP)
  set(type "std::map<std::string, std::string_view>")
  string(APPEND source "\nconst ${type}& ${MAP}() {\n  static const ${type} files{\n${entries}  };\n  return files;\n}\n")
endif()
string(APPEND source "\n}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUTPUT}" "${source}")
