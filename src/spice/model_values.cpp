// Values on model cards that are not numbers: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "model_values.hpp"

#include "netlist_text.hpp"

namespace exturbo::spice {

bool has_model_expression(const std::vector<std::string>& deck) {
  bool model = false;
  for (const std::string& line : deck) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string::npos || line[begin] == '*') continue;
    if (line[begin] != '+') model = lower_case(line.substr(begin, 6)) == ".model";
    if (model && line.find_first_of("{'") != std::string::npos) return true;
  }
  return false;
}

std::string assignment_without_number(const std::string& line) {
  if (line.find(".model ") == std::string::npos) return "";
  for (std::size_t sign = line.find('='); sign != std::string::npos; sign = line.find('=', sign + 1)) {
    const std::size_t value = line.find_first_not_of(" =", sign);
    if (value == std::string::npos) return "";
    std::string text = line.substr(value, line.find_first_of(" \n", value) - value);
    const std::string bare = text.substr(text.find_first_not_of('-') == 1 ? 1 : 0);
    if (bare != "nan" && bare != "inf") continue;
    const std::size_t name_end = line.find_last_not_of(' ', sign - 1);
    const std::size_t name = line.find_last_of(' ', name_end) + 1;
    return line.substr(name, name_end + 1 - name) + "=" + text;
  }
  return "";
}

}  // namespace exturbo::spice
