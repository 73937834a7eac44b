// How a run went, drawn: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "plots.hpp"

#include <algorithm>
#include <cmath>

#include "metric_text.hpp"
#include "plot_frame.hpp"

namespace exturbo::report {
namespace {

constexpr double kLane = 16;  // Height of the lane of failed evaluations.

/// A vertical line at the first feasible evaluation with its label on the roomier side.
std::string first_feasible_mark(const Summary& summary, const Axis& x) {
  if (!summary.first_feasible) return "";
  const double at = x.pixel(*summary.first_feasible);
  const bool left = at > 0.6 * kPlotRight;
  return vertical_line("event", at) + svg_text(at + (left ? -6 : 6), kPlotBottom - 8, left ? "end" : "start",
                                               "first feasible: " + std::to_string(*summary.first_feasible), "label");
}

}  // namespace

std::string convergence_plot(const Summary& summary) {
  if (summary.evaluations.empty()) return "<p>No evaluation has been made yet.</p>\n";
  double low = 1, high = 1;
  for (const run::Evaluation& evaluation : summary.evaluations) {
    if (evaluation.failed() || !(evaluation.cost > 0)) continue;
    low = std::min(low, evaluation.cost);
    high = std::max(high, evaluation.cost);
  }
  const Axis x = evaluation_axis(summary.evaluations.back().index);
  const Axis y(low / 1.15, high * 1.15, kPlotBottom, kPlotTop + (summary.failed > 0 ? kLane : 0), true);
  std::string rings, diamonds, crosses;
  BestSoFar best;
  int feasible = 0;
  for (const run::Evaluation& evaluation : summary.evaluations) {
    const double at = x.pixel(evaluation.index);
    if (evaluation.failed()) {
      crosses += mark_path(Mark::kCross, at, kPlotTop + 4);
      continue;
    }
    feasible += evaluation.feasible ? 1 : 0;
    (evaluation.feasible ? diamonds : rings) +=
        mark_path(evaluation.feasible ? Mark::kDiamond : Mark::kRing, at, y.pixel(evaluation.cost));
    best.add(at, evaluation.cost, y);
  }
  std::string svg = plot_frame(x, y, "") + horizontal_line("bound", y.pixel(1)) + first_feasible_mark(summary, x) +
                    svg_path("ring", rings) + svg_path("diamond", diamonds) + svg_path("cross", crosses) +
                    best.path_to(x.pixel(summary.evaluations.back().index)) +
                    svg_text(kPlotLeft + 8, y.pixel(1) + 14, "start", "J = 1: all specs met below", "label") +
                    svg_text(kPlotLeft + 8, kPlotTop + 10, "start", "J", "label");
  const int total = static_cast<int>(summary.evaluations.size());
  const std::string description = std::to_string(total) + " evaluations: " + std::to_string(feasible) + " feasible, " +
                                  std::to_string(total - feasible - summary.failed) + " infeasible, " +
                                  std::to_string(summary.failed) + " failed. Lowest J " +
                                  general(summary.best ? summary.best->cost : high, 4) + ".";
  return plot_figure("cost", "Cost J of every evaluation", description, svg,
                     mark_key(Mark::kRing, "infeasible", total - feasible - summary.failed) +
                         mark_key(Mark::kDiamond, "feasible", feasible) +
                         mark_key(Mark::kCross, "failed, above the axis", summary.failed) +
                         line_key("best", "best so far"));
}

std::string objective_plot(const Summary& summary) {
  const std::string& metric = summary.problem.objective.metric;
  const std::string unit = metric_unit(summary.problem, metric);
  std::vector<std::pair<int, double>> points;
  for (const run::Evaluation& evaluation : summary.evaluations) {
    const auto value = evaluation.metrics.find(metric);
    if (evaluation.feasible && value != evaluation.metrics.end()) points.emplace_back(evaluation.index, value->second);
  }
  if (points.empty()) return "<p>The objective is not drawn: no evaluation was feasible.</p>\n";
  const auto by_value = [](const auto& a, const auto& b) { return a.second < b.second; };
  double low = std::min_element(points.begin(), points.end(), by_value)->second;
  double high = std::max_element(points.begin(), points.end(), by_value)->second;
  const problem::Spec* spec = summary.problem.spec(metric);
  const bool bounded = spec != nullptr && spec->max;
  if (bounded) high = std::max(high, *spec->max);
  const bool logarithmic = low > 0 && high > 4 * low;
  const double pad = 0.08 * (high - low);
  const Axis x = evaluation_axis(summary.evaluations.back().index);
  const Axis y = logarithmic ? Axis(low / 1.15, high * 1.15, kPlotBottom, kPlotTop, true)
                             : Axis(low - pad, high + pad, kPlotBottom, kPlotTop, false);
  std::string diamonds;
  BestSoFar best;
  for (const auto& [index, value] : points) {
    diamonds += mark_path(Mark::kDiamond, x.pixel(index), y.pixel(value));
    best.add(x.pixel(index), value, y);
  }
  std::string svg = plot_frame(x, y, unit) + first_feasible_mark(summary, x) + svg_path("diamond", diamonds) +
                    best.path_to(x.pixel(summary.evaluations.back().index));
  if (bounded)
    svg += horizontal_line("bound", y.pixel(*spec->max)) + svg_text(kPlotLeft + 8, y.pixel(*spec->max) - 6, "start",
                                                                    "spec: at most " + quantity(*spec->max, unit),
                                                                    "label");
  return plot_figure("objective", "Objective: " + metric + " of the feasible evaluations",
                     "From " + quantity(points.front().second, unit) + " at the first feasible evaluation to " +
                         quantity(low, unit) + " at the best.",
                     svg,
                     mark_key(Mark::kDiamond, "feasible", static_cast<int>(points.size())) +
                         line_key("best", "best so far") + (bounded ? line_key("bound", "the spec's bound") : ""));
}

}  // namespace exturbo::report
