// Where a netlist uses its variables: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "variable_uses.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace exturbo::report {
namespace {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

/// Element lines with their continuations joined.
std::vector<std::string> element_lines(const std::vector<std::string>& lines) {
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

/// Names inside `{...}`, upper case.
std::vector<std::string> names_in(const std::string& expression) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < expression.size();) {
    const auto is_word = [&](std::size_t k) { return std::isalnum(static_cast<unsigned char>(expression[k])) != 0 || expression[k] == '_'; };
    if (!is_word(i)) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < expression.size() && is_word(end)) ++end;
    names.push_back(upper(expression.substr(i, end - i)));
    i = end;
  }
  return names;
}

/// The key before `=` in front of `brace`, upper case; "" if the value has none.
std::string key_before(const std::string& line, std::size_t brace) {
  const auto skip_blanks = [&](std::size_t at) {
    while (at > 0 && (line[at - 1] == ' ' || line[at - 1] == '\t')) --at;
    return at;
  };
  std::size_t at = skip_blanks(brace);
  if (at == 0 || line[at - 1] != '=') return "";
  const std::size_t end = skip_blanks(at - 1);
  std::size_t begin = end;
  while (begin > 0 && (std::isalnum(static_cast<unsigned char>(line[begin - 1])) != 0 || line[begin - 1] == '_')) --begin;
  return upper(line.substr(begin, end - begin));
}

std::string unit_of(const std::string& device, const std::string& key) {
  switch (std::toupper(static_cast<unsigned char>(device[0]))) {
    case 'M': return key == "W" || key == "L" ? "m" : "";
    case 'I': return "A";
    case 'R': return "Ω";
    case 'C': return "F";
    case 'L': return "H";
    case 'V': return "V";
    default: return "";
  }
}

}  // namespace

std::string VariableUses::text() const {
  std::string result;
  for (const auto& [key, names] : devices) {
    if (!result.empty()) result += "; ";
    if (!key.empty()) result += key + " of ";
    for (std::size_t i = 0; i < names.size(); ++i) result += (i == 0 ? "" : ", ") + names[i];
  }
  return result;
}

std::map<std::string, VariableUses> variable_uses(const std::vector<std::string>& netlist_lines,
                                                  const std::vector<std::string>& variables) {
  std::map<std::string, std::string> known;
  for (const std::string& variable : variables) known[upper(variable)] = variable;
  std::map<std::string, VariableUses> result;
  std::map<std::string, bool> mixed;
  for (const std::string& line : element_lines(netlist_lines)) {
    const std::string device = line.substr(0, line.find_first_of(" \t"));
    for (std::size_t brace = line.find('{'); brace != std::string::npos; brace = line.find('{', brace + 1)) {
      const std::size_t end = std::min(line.find('}', brace), line.size());
      const std::string key = key_before(line, brace);
      for (const std::string& name : names_in(line.substr(brace + 1, end - brace - 1))) {
        const auto variable = known.find(name);
        if (variable == known.end()) continue;
        VariableUses& uses = result[variable->second];
        const std::string unit = unit_of(device, key);
        if (uses.devices.empty()) uses.unit = unit;
        if (uses.unit != unit) mixed[variable->second] = true;
        std::vector<std::string>& devices = uses.devices[key];
        if (devices.empty() || devices.back() != device) devices.push_back(device);
      }
    }
  }
  for (const auto& [variable, is_mixed] : mixed) result[variable].unit.clear();
  return result;
}

}  // namespace exturbo::report
