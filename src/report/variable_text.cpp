// Variables in words: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "variable_text.hpp"

#include <algorithm>
#include <cmath>

#include "exturbo/core/number.hpp"
#include "metric_text.hpp"

namespace exturbo::report {

std::map<std::string, problem::VariableUses> uses_of_variables(const problem::Problem& problem) {
  std::vector<std::string> names;
  for (const problem::Variable& variable : problem.variables) names.push_back(variable.name);
  return problem::variable_uses(problem::netlist_elements(problem.netlist_lines), names);
}

std::string size_text(double value, const std::string& unit) {
  if (!unit.empty()) return core::format_quantity(value, unit, 6);
  const double magnitude = std::abs(value);
  return magnitude == 0 || (magnitude >= 1e-3 && magnitude < 1e5) ? general(value, 6) : core::format_number(value);
}

double range_position(const problem::Variable& variable, double value) {
  return variable.scale == problem::Scale::kLog ? std::log(value / variable.min) / std::log(variable.max / variable.min)
                                                : (value - variable.min) / (variable.max - variable.min);
}

const problem::Variable* find_variable(const problem::Problem& problem, const std::string& name) {
  const auto found = std::find_if(problem.variables.begin(), problem.variables.end(),
                                  [&](const problem::Variable& variable) { return variable.name == name; });
  return found == problem.variables.end() ? nullptr : &*found;
}

}  // namespace exturbo::report
