# Writes a C++ source that holds every file of testbenches/ as a raw string literal, by its path below that folder.
# Usage: cmake -D FOLDER=<folder> -D FILES=<file>,<file> -D OUTPUT=<file> -P embed.cmake
# SPDX-License-Identifier: BSD-3-Clause
string(REPLACE "," ";" FILES "${FILES}")
set(entries "")
foreach(name IN LISTS FILES)
  file(READ "${FOLDER}/${name}" content)
  string(APPEND entries "      {\"${name}\", R\"embedded(${content})embedded\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made by embed.cmake from src/agents/draft/testbenches/; change the files there.
#include \"testbench_files.hpp\"

namespace exturbo::agents {

const std::map<std::string, std::string_view>& testbench_files() {
  static const std::map<std::string, std::string_view> files{
${entries}  };
  return files;
}

}  // namespace exturbo::agents
")
