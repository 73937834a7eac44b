// Look-ups in a problem: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/problem.hpp"

#include <cmath>
#include <stdexcept>

namespace exturbo::problem {

std::vector<const Variable*> Problem::free_variables() const {
  std::vector<const Variable*> result;
  for (const Variable& variable : variables) {
    if (variable.is_free()) result.push_back(&variable);
  }
  return result;
}

const Spec* Problem::spec(const std::string& name) const {
  for (const Spec& spec : specs) {
    if (spec.metric == name) return &spec;
  }
  return nullptr;
}

const MetricDefinition* Problem::metric(const std::string& id) const {
  for (const MetricDefinition& metric : metrics) {
    if (metric.id == id) return &metric;
  }
  return nullptr;
}

std::vector<double> middle_values(const Problem& problem) {
  std::vector<double> values;
  for (const Variable* variable : problem.free_variables()) {
    if (variable->start) {
      values.push_back(*variable->start);
      continue;
    }
    const double value = variable->scale == Scale::kLog ? std::sqrt(variable->min * variable->max)
                                                        : 0.5 * (variable->min + variable->max);
    values.push_back(variable->grid > 0 ? variable->grid * std::round(value / variable->grid) : value);
  }
  return values;
}

std::optional<Spec> monte_carlo_spec(const Spec& spec) {
  if (spec.nominal_only) return std::nullopt;
  Spec result = spec;
  if (spec.monte_carlo_min || spec.monte_carlo_max) {
    result.min = spec.monte_carlo_min;
    result.max = spec.monte_carlo_max;
  }
  return result;
}

std::map<std::string, double> complete_variables(const Problem& problem, const std::vector<double>& free_values) {
  const auto free = problem.free_variables();
  if (free.size() != free_values.size())
    throw std::invalid_argument("complete_variables: one value per free variable is needed");
  std::map<std::string, double> values;
  for (std::size_t i = 0; i < free.size(); ++i) values[free[i]->name] = free_values[i];
  for (const Variable& variable : problem.variables) {
    if (!variable.is_free()) values[variable.name] = variable.ratio * values.at(variable.tie);
  }
  return values;
}

}  // namespace exturbo::problem
