// Corners by rule: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/corners.hpp"

#include <algorithm>

#include "exturbo/core/number.hpp"
#include "exturbo/problem/expression.hpp"

namespace exturbo::problem {

std::map<std::string, double> evaluate_parameters(const Problem& problem,
                                                  const std::map<std::string, double>& changes) {
  std::map<std::string, double> values = changes;
  for (const auto& [name, value] : problem.parameters) {
    if (!problem.parameter_expressions.contains(name)) values.emplace(name, value);
  }
  std::map<std::string, std::string> open;
  for (const auto& [name, expression] : problem.parameter_expressions) {
    if (!values.contains(name)) open[name] = expression;
  }
  // An expression may use others: each round evaluates those whose names are known.
  while (!open.empty()) {
    const auto ready = std::find_if(open.begin(), open.end(), [&](const auto& entry) {
      const auto names = expression_names(entry.second);
      return std::all_of(names.begin(), names.end(), [&](const std::string& name) { return values.contains(name); });
    });
    if (ready == open.end()) {
      const auto& [name, expression] = *open.begin();
      throw ExpressionError("parameter '" + name + "' = '" + expression +
                            "' uses a name that is no parameter, or itself");
    }
    values[ready->first] = evaluate_expression(ready->second, values);
    open.erase(ready);
  }
  return values;
}

Corner make_corner(const Problem& problem, const std::string& process, double temperature, double supply,
                   const std::map<std::string, double>& changes) {
  Corner corner;
  corner.process = process;
  corner.temperature = temperature;
  corner.name = process + "_" + core::format_exact(temperature) + "C";
  std::map<std::string, double> changed = changes;
  if (const auto nominal = problem.parameters.find(kSupplyParameter);
      nominal != problem.parameters.end() && supply != 1) {
    double& vdd = changed.emplace(kSupplyParameter, nominal->second).first->second;
    vdd *= supply;
    corner.name += "_" + core::format_number(vdd, 6) + "V";
  }
  corner.parameters = changed;
  for (const auto& [name, value] : evaluate_parameters(problem, changed)) {
    const auto present = problem.parameters.find(name);
    if (present == problem.parameters.end() || present->second != value) corner.parameters[name] = value;
  }
  return corner;
}

const Corner& nominal_corner(const Problem& problem) { return problem.corners.front(); }

std::vector<Corner> corner_grid(const Problem& problem) {
  std::vector<Corner> corners{nominal_corner(problem)};
  const bool has_supply = problem.parameters.contains(kSupplyParameter);
  for (const auto& [process, changes] : problem.process.corners) {
    for (const double temperature : {-40.0, 27.0, 125.0}) {
      for (const double supply : has_supply ? std::vector<double>{0.95, 1.05} : std::vector<double>{1.0}) {
        Corner corner = make_corner(problem, process, temperature, supply);
        if (corner.name != corners.front().name) corners.push_back(std::move(corner));
      }
    }
  }
  return corners;
}

}  // namespace exturbo::problem
