// Metrics that are expressions of others: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "metric_expressions.hpp"

#include <cmath>

#include "exturbo/problem/expression.hpp"

namespace exturbo::spice {
namespace {

using problem::MetricKind;

/// Regions as numbers, for expressions.
double region_number(const std::string& region) {
  if (region == "off") return 0;
  if (region == "weak") return 1;
  return region == "saturation" ? 2 : 3;
}

}  // namespace

/// Expressions may use each other in any order: repeated until nothing new comes.
void measure_expressions(const std::vector<problem::MetricDefinition>& metrics,
                         const std::map<std::string, double>& parameters, CornerOutcome& outcome) {
  std::map<std::string, double> known = parameters;
  for (const auto& [name, device] : outcome.devices) {
    known["margin." + name] = device.margin();
    known["region." + name] = region_number(device.region);
  }
  for (std::size_t round = 0; round < metrics.size(); ++round) {
    bool progress = false;
    for (const problem::MetricDefinition& metric : metrics) {
      if (metric.kind != MetricKind::kExpression || outcome.metrics.count(metric.id) > 0) continue;
      for (const auto& [id, value] : outcome.metrics) known[id] = value;
      try {
        std::string missing;
        for (const std::string& name : problem::expression_names(metric.expression)) {
          if (known.find(name) == known.end()) missing += (missing.empty() ? "" : ", ") + name;
        }
        if (!missing.empty()) throw problem::ExpressionError("not measured: " + missing);
        const double value = problem::evaluate_expression(metric.expression, known);
        if (!std::isfinite(value)) throw problem::ExpressionError("the expression is not finite");
        outcome.metrics[metric.id] = value;
        outcome.unmeasured.erase(metric.id);
        progress = true;
      } catch (const problem::ExpressionError& error) {
        outcome.unmeasured[metric.id] = error.what();
      }
    }
    if (!progress) return;
  }
}

}  // namespace exturbo::spice
