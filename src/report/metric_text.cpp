// Metrics in words: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "metric_text.hpp"

#include <array>
#include <cmath>
#include <cstdio>

#include "exturbo/core/number.hpp"
#include "exturbo/spice/measures.hpp"

namespace exturbo::report {

namespace {

bool is_default(const spice::MeasureInfo* info, const std::string& key, const std::string& value) {
  if (info == nullptr) return false;
  for (const spice::MeasureOption& option : info->options) {
    if (option.name == key) return option.default_text == value;
  }
  return false;
}

}  // namespace

std::string general(double value, int digits) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*g", digits, value);
  return buffer.data();
}

std::string metric_unit(const problem::Problem& problem, const std::string& id) {
  const problem::MetricDefinition* metric = problem.metric(id);
  if (metric == nullptr) return id.starts_with("margin.") ? "V" : "";
  const bool by_name = metric->kind == problem::MetricKind::kMeasure || metric->kind == problem::MetricKind::kReturned;
  if (!metric->unit.empty() || !by_name) return metric->unit;
  const spice::MeasureInfo* info = spice::find_measure(metric->measure);
  return info == nullptr ? "" : info->unit;
}

std::string metric_definition(const problem::Problem& problem, const std::string& id) {
  const problem::MetricDefinition* metric = problem.metric(id);
  if (metric == nullptr) return id.starts_with("margin.") ? "Vds - Vdsat of " + id.substr(7) : "";
  switch (metric->kind) {
    case problem::MetricKind::kMargin:
      return "Vds - Vdsat of " + metric->device;
    case problem::MetricKind::kExpression:
      return "= " + metric->expression;
    case problem::MetricKind::kMeas:
      return ".meas \"" + metric->measure + "\" of testbench " + metric->testbench;
    case problem::MetricKind::kReturned:
      return "returned by the evaluator's command";
    case problem::MetricKind::kMeasure:
      break;
  }
  const spice::MeasureInfo* info = spice::find_measure(metric->measure);
  std::string text = info == nullptr ? metric->measure : info->definition;
  std::string options;
  for (const auto& [key, value] : metric->options) {
    if (!is_default(info, key, value)) options += (options.empty() ? "" : ", ") + key + " = " + value;
  }
  if (!options.empty()) text += " Here " + options + ".";
  return text;
}

std::string quantity(double value, const std::string& unit, int digits) {
  if (!std::isfinite(value)) return "not finite";
  if (unit == "deg") return general(value, digits) + "°";
  if (unit.starts_with("share")) return general(value, digits) + " Vdd";
  if (unit == "V/s") return general(value * 1e-6, digits) + " V/µs";
  if (unit == "V/sqrt(Hz)") return core::format_quantity(value, "V/√Hz", digits);
  return core::format_quantity(value, unit, digits);
}

std::string signed_quantity(double value, const std::string& unit, int digits) {
  return (value >= 0 ? "+" : "") + quantity(value, unit, digits);
}

std::string signed_percent(double share) {
  if (!std::isfinite(share)) return share > 0 ? ">999 %" : "<-999 %";
  const double percent = 100 * share;
  if (std::abs(percent) > 999) return percent > 0 ? ">999 %" : "<-999 %";
  std::array<char, 32> buffer{};
  const int decimals = std::abs(percent) >= 99.95 ? 0 : std::abs(percent) >= 0.995 ? 1 : 2;
  std::snprintf(buffer.data(), buffer.size(), "%+.*f %%", decimals, percent);
  return buffer.data();
}

}  // namespace exturbo::report
