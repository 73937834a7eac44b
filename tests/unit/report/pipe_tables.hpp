// Form of the pipe tables of a Markdown text.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <sstream>
#include <string>

namespace exturbo::report::test {

/// Bars that end a cell: not escaped by a backslash.
inline long bars(const std::string& line) {
  long count = 0;
  for (std::size_t i = 0; i < line.size(); ++i) count += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
  return count;
}

/// The first row that has more or fewer cells than the head of its table; "" if there is none.
inline std::string uneven_row(const std::string& markdown) {
  std::istringstream lines(markdown);
  long expected = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] != '|') {
      expected = 0;
    } else if (expected == 0) {
      expected = bars(line);
    } else if (bars(line) != expected) {
      return line;
    }
  }
  return "";
}

}  // namespace exturbo::report::test
