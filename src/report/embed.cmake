# Writes a C++ source that holds the page template and its style as raw string literals.
# Usage: cmake -D TEMPLATE=<file> -D STYLE=<file> -D OUTPUT=<file> -P embed.cmake
# SPDX-License-Identifier: BSD-3-Clause
file(READ "${TEMPLATE}" template)
file(READ "${STYLE}" style)
file(WRITE "${OUTPUT}" "// Made by embed.cmake from reports/; change the files there.
#include \"page_files.hpp\"

namespace exturbo::report {

const std::string_view kPageTemplate = R\"embedded(${template})embedded\";

const std::string_view kPageStyle = R\"embedded(${style})embedded\";

}  // namespace exturbo::report
")
