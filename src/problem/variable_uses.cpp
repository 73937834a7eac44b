// What a netlist makes of its variables: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "variable_uses.hpp"

#include <cctype>
#include <cmath>
#include <cstddef>
#include <set>

#include "exturbo/core/text.hpp"
#include "exturbo/problem/expression.hpp"

namespace exturbo::problem {
namespace {

/// Names in an expression, upper case.
std::set<std::string> names_in(const std::string& expression) {
  const auto is_word = [&](std::size_t at) {
    return std::isalnum(static_cast<unsigned char>(expression[at])) != 0 || expression[at] == '_';
  };
  std::set<std::string> names;
  for (std::size_t i = 0; i < expression.size();) {
    std::size_t end = i;
    while (end < expression.size() && is_word(end)) ++end;
    if (end > i && std::isalpha(static_cast<unsigned char>(expression[i])) != 0)
      names.insert(upper(expression.substr(i, end - i)));
    i = end + 1;
  }
  return names;
}

std::string unit_of(const std::string& device, const std::string& key) {
  switch (std::toupper(static_cast<unsigned char>(device[0]))) {
    case 'M':
      return key == "W" || key == "L" ? "m" : "";
    case 'I':
      return "A";
    case 'R':
      return "Ω";
    case 'C':
      return "F";
    case 'L':
      return "H";
    case 'V':
      return "V";
    default:
      return "";
  }
}

std::optional<double> value_of(const std::string& expression, const std::map<std::string, double>& values) {
  try {
    const double value = evaluate_expression(core::lower_case(expression), values);
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
  } catch (const ExpressionError&) {
    return std::nullopt;
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

std::map<std::string, VariableUses> variable_uses(const std::vector<Element>& elements,
                                                  const std::vector<std::string>& variables) {
  std::map<std::string, std::string> known;
  for (const std::string& variable : variables) known[upper(variable)] = variable;
  std::map<std::string, VariableUses> result;
  std::map<std::string, std::set<std::string>> units;
  for (const Element& element : elements) {
    for (const auto& [key, expression] : element.values) {
      const std::set<std::string> names = names_in(expression);
      for (const std::string& name : names) {
        const auto variable = known.find(name);
        if (variable == known.end()) continue;
        std::vector<std::string>& devices = result[variable->second].devices[key];
        if (devices.empty() || devices.back() != element.name) devices.push_back(element.name);
        if (names.size() == 1) units[variable->second].insert(unit_of(element.name, key));
      }
    }
  }
  for (const auto& [variable, seen] : units) {
    if (seen.size() == 1) result[variable].unit = *seen.begin();
  }
  return result;
}

std::map<std::string, DeviceSize> device_sizes(const std::vector<Element>& elements,
                                               const std::map<std::string, double>& values,
                                               const std::map<std::string, Device>& devices) {
  std::map<std::string, double> lower_values;
  for (const auto& [name, value] : values) lower_values[core::lower_case(name)] = value;
  std::map<std::string, DeviceSize> sizes;
  for (const Element& element : elements) {
    const std::string name = upper(element.name);
    const auto known = devices.find(element.target);
    const bool in_library = known != devices.end() && known->second.is_subcircuit;
    if (!name.starts_with('M') && !(name.starts_with('X') && in_library)) continue;
    const Device device = name.starts_with('X') ? known->second : Device{};
    for (const auto& [key, expression] : element.values) {
      if (key != upper(device.width) && key != upper(device.length)) continue;
      std::optional<double> size = value_of(expression, lower_values);
      if (size) *size *= device.unit;
      (key == upper(device.width) ? sizes[name].width : sizes[name].length) = size;
    }
  }
  return sizes;
}

}  // namespace exturbo::problem
