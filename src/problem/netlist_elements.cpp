// Element lines of a netlist: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "netlist_elements.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "exturbo/core/text.hpp"

namespace exturbo::problem {
namespace {

std::vector<std::string> joined_lines(const std::vector<std::string>& lines) {
  std::vector<std::string> result;
  bool continues = false;
  for (const std::string& line : lines) {
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string::npos || line[start] == '*') continue;
    if (line[start] == '+') {
      if (continues) result.back() += " " + line.substr(start + 1);
      continue;
    }
    continues = std::isalpha(static_cast<unsigned char>(line[start])) != 0;
    if (continues) result.push_back(line.substr(start));
  }
  return result;
}

/// The key before `=` in front of `value`, upper case; "" if the value has none.
std::string key_before(const std::string& line, std::size_t value) {
  const auto skip_blanks = [&](std::size_t at) {
    while (at > 0 && (line[at - 1] == ' ' || line[at - 1] == '\t')) --at;
    return at;
  };
  const std::size_t equals = skip_blanks(value);
  if (equals == 0 || line[equals - 1] != '=') return "";
  const std::size_t end = skip_blanks(equals - 1);
  std::size_t begin = end;
  while (begin > 0 && (std::isalnum(static_cast<unsigned char>(line[begin - 1])) != 0 || line[begin - 1] == '_'))
    --begin;
  return upper(line.substr(begin, end - begin));
}

/// The last word of a line that is neither a value nor a key.
std::string target_of(const std::string& line) {
  const std::string head = line.substr(0, line.find_first_of("={'"));
  std::istringstream stream(head);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(core::lower_case(word));
  // The word before "=" is a key.
  if (head.size() < line.size() && line[head.size()] == '=' && !words.empty()) words.pop_back();
  if (!words.empty() && words.back() == "params:") words.pop_back();
  return words.empty() ? "" : words.back();
}

}  // namespace

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::vector<Element> netlist_elements(const std::vector<std::string>& lines) {
  std::vector<Element> elements;
  for (const std::string& line : joined_lines(lines)) {
    Element element{line.substr(0, line.find_first_of(" \t")), target_of(line), {}};
    for (std::size_t at = line.find_first_of("{="); at != std::string::npos; at = line.find_first_of("{=", at)) {
      if (line[at] == '{') {
        const std::size_t end = std::min(line.find('}', at), line.size());
        element.values.emplace_back(key_before(line, at), line.substr(at + 1, end - at - 1));
        at = end;
        continue;
      }
      const std::size_t value = line.find_first_not_of(" \t", at + 1);
      if (value == std::string::npos) break;
      at = value;
      if (line[value] == '{') continue;
      const std::size_t end = std::min(line.find_first_of(" \t", value), line.size());
      element.values.emplace_back(key_before(line, value), line.substr(value, end - value));
      at = end;
    }
    elements.push_back(std::move(element));
  }
  return elements;
}

}  // namespace exturbo::problem
