// Comma-separated values: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "csv.hpp"

#include <set>

#include "exturbo/core/number.hpp"

namespace exturbo::report {
namespace {

std::string field(const std::string& text) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  const std::string safe = formula ? "'" + text : text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string field(const std::optional<double>& value) { return value ? core::format_exact(*value) : ""; }

class Line {
 public:
  template <typename Value>
  Line& add(const Value& value) {
    text_ += (begun_ ? "," : "") + field(value);
    begun_ = true;
    return *this;
  }
  std::string end() const { return text_ + "\r\n"; }

 private:
  std::string text_;
  bool begun_ = false;
};

/// Lines of the fits at one granularity; those of the tuning carry Sobol's indices.
std::string fit_lines(const Explanation& explanation, const Fits& fits, const std::string& granularity, bool sobol) {
  std::string text;
  for (const auto& [metric, fit] : fits.metrics) {
    const MetricSobol* indices = sobol ? find(explanation.sobol, metric) : nullptr;
    for (const auto& [variable, entry] : fit.variables) {
      const SobolIndices* share = indices == nullptr ? nullptr : find(indices->variables, variable);
      const SobolIndices known = share == nullptr ? SobolIndices{} : *share;
      Line line;
      line.add(metric).add(variable).add(granularity).add(fit.status).add(fit.points).add(fit.quality);
      line.add(entry.lengthscale).add(entry.relevance.value).add(entry.relevance.low).add(entry.relevance.high);
      line.add(entry.sensitivity).add(entry.direction);
      for (const Estimate& estimate : {known.first, known.total})
        line.add(estimate.value).add(estimate.low).add(estimate.high);
      text += line.add(std::string()).add(std::string()).add(std::string()).end();
    }
  }
  return text;
}

std::string slope_lines(const Explanation& explanation) {
  constexpr int kOfFits = 15;  // Columns that only fits fill.
  std::string text;
  for (const auto& [metric, slopes] : explanation.slopes) {
    for (const auto& [variable, slope] : slopes) {
      Line line;
      line.add(metric).add(variable).add(std::string("design"));
      for (int i = 0; i < kOfFits; ++i) line.add(std::string());
      text += line.add(slope.derivative).add(slope.error).add(slope.elasticity).end();
    }
  }
  return text;
}

}  // namespace

std::string sensitivity_csv(const Summary& summary) {
  std::string text =
      "metric,variable,granularity,status,points,quality,lengthscale,relevance,relevance_low,relevance_high,"
      "sensitivity,"
      "direction,sobol_first,sobol_first_low,sobol_first_high,sobol_total,sobol_total_low,sobol_total_high,derivative,"
      "derivative_error,elasticity\r\n";
  if (!summary.explanation) return text;
  const Explanation& explanation = *summary.explanation;
  return text + fit_lines(explanation, explanation.survival, "survival", false) +
         fit_lines(explanation, explanation.tuning, "tuning", true) + slope_lines(explanation);
}

std::string evaluations_csv(const Summary& summary) {
  std::set<std::string> metrics;
  for (const run::Evaluation& evaluation : summary.evaluations) {
    for (const auto& [metric, value] : evaluation.metrics) metrics.insert(metric);
  }
  Line head;
  for (const char* name : {"index", "origin", "status", "feasible", "cost", "seconds", "region.side", "region.restart"})
    head.add(std::string(name));
  for (const problem::Variable& variable : summary.problem.variables) head.add("variables." + variable.name);
  for (const std::string& metric : metrics) head.add("metrics." + metric);
  std::string text = head.end();
  const auto value_of = [](const std::map<std::string, double>& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  };
  for (const run::Evaluation& evaluation : summary.evaluations) {
    Line line;
    line.add(std::to_string(evaluation.index)).add(evaluation.origin).add(evaluation.status);
    line.add(std::string(evaluation.feasible ? "true" : "false"));
    line.add(std::optional(evaluation.cost)).add(std::optional(evaluation.seconds));
    line.add(evaluation.region ? std::optional(evaluation.region->side) : std::nullopt);
    line.add(evaluation.region ? std::to_string(evaluation.region->restarts) : "");
    for (const problem::Variable& variable : summary.problem.variables)
      line.add(value_of(evaluation.variables, variable.name));
    for (const std::string& metric : metrics) line.add(value_of(evaluation.metrics, metric));
    text += line.end();
  }
  return text;
}

}  // namespace exturbo::report
