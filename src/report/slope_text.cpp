// Simulated derivatives as effects: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "slope_text.hpp"

#include <algorithm>
#include <cmath>

#include "variable_text.hpp"

namespace exturbo::report {
namespace {

constexpr double kMore = 0.1;
constexpr double kRough = 0.5;

/// How far 10 % more of the value goes in the range of the variable.
double step_in_range(const problem::Variable& variable, double value) {
  return variable.scale == problem::Scale::kLog ? std::log(1 + kMore) / std::log(variable.max / variable.min)
                                                : kMore * value / (variable.max - variable.min);
}

}  // namespace

std::vector<VariableEffect> effects_of_variables(const Summary& summary, const std::string& metric) {
  std::vector<VariableEffect> effects;
  const auto* slopes = summary.explanation ? find(summary.explanation->slopes, metric) : nullptr;
  if (slopes == nullptr || !summary.best) return effects;
  for (const auto& [name, slope] : *slopes) {
    const problem::Variable* variable = find_variable(summary.problem, name);
    const auto value = summary.best->variables.find(name);
    if (variable == nullptr || !variable->is_free() || value == summary.best->variables.end() || !slope.derivative)
      continue;
    const double change = *slope.derivative * step_in_range(*variable, value->second);
    if (std::isfinite(change))
      effects.push_back(
          {name, change, slope.elasticity, slope.error.value_or(0) > kRough * std::abs(*slope.derivative)});
  }
  std::stable_sort(effects.begin(), effects.end(), [](const VariableEffect& a, const VariableEffect& b) {
    return std::abs(a.change) > std::abs(b.change);
  });
  return effects;
}

}  // namespace exturbo::report
