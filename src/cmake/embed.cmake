# Writes a C++ source that holds files as raw string literals.
# Usage: cmake -D OUTPUT=<file> -D HEADER=<header that declares the names> -D NAMESPACE=<namespace>
#              -D FILES=<name>=<file>[|<name>=<file>]... -P embed.cmake
# SPDX-License-Identifier: BSD-3-Clause
string(REPLACE "|" ";" pairs "${FILES}")
set(source "// Made by embed.cmake; change the files that it holds, not this one.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n")
foreach(pair IN LISTS pairs)
  string(REGEX MATCH "^([^=]+)=(.+)$" match "${pair}")
  set(name "${CMAKE_MATCH_1}")
  file(READ "${CMAKE_MATCH_2}" content)
  string(APPEND source "\nconst std::string_view ${name} = R\"embedded(${content})embedded\";\n")
endforeach()
string(APPEND source "\n}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUTPUT}" "${source}")
