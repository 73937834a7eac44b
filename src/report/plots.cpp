// How a run went, drawn: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "plots.hpp"

#include <algorithm>
#include <cmath>

#include "axis.hpp"
#include "graphics.hpp"
#include "markup.hpp"
#include "metric_text.hpp"

namespace exturbo::report {
namespace {

constexpr double kWidth = 720, kHeight = 300;
constexpr double kLeft = 84, kRight = 706, kTop = 14, kBottom = 258;
constexpr double kLane = 16;  // Height of the lane of failed evaluations.

enum class Mark { kRing, kDiamond, kCross };

/// One mark as a path, so that thousands of them are one element.
std::string mark_path(Mark mark, double x, double y) {
  const std::string at = "M" + coordinate(x) + " ";
  switch (mark) {
    case Mark::kRing:
      return "M" + coordinate(x - 2.6) + " " + coordinate(y) + "a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0";
    case Mark::kDiamond:
      return at + coordinate(y - 3.6) + "l3.6 3.6l-3.6 3.6l-3.6-3.6z";
    case Mark::kCross:
      return "M" + coordinate(x - 3) + " " + coordinate(y - 3) + "l6 6m0-6l-6 6";
  }
  return "";
}

const char* mark_class(Mark mark) {
  return mark == Mark::kRing ? "ring" : mark == Mark::kDiamond ? "diamond" : "cross";
}

std::string path(const std::string& name, const std::string& data) {
  return data.empty() ? "" : "<path class=\"" + name + "\" d=\"" + data + "\"/>\n";
}

std::string text(double x, double y, const char* anchor, const std::string& content, const std::string& name = "") {
  return "<text x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" text-anchor=\"" + anchor + "\"" +
         (name.empty() ? "" : " class=\"" + name + "\"") + ">" + escape_html(content) + "</text>\n";
}

std::string horizontal(const char* name, double y) {
  return path(name, "M" + coordinate(kLeft) + " " + coordinate(y) + "H" + coordinate(kRight));
}

std::string frame(const Axis& x, const Axis& y, const std::string& unit) {
  std::string svg;
  for (const double tick : y.ticks(6)) {
    svg += horizontal("grid", y.pixel(tick)) +
           text(kLeft - 8, y.pixel(tick) + 4, "end", unit.empty() ? general(tick, 3) : quantity(tick, unit, 3));
  }
  for (const double tick : x.ticks(8)) {
    if (tick != std::floor(tick)) continue;
    svg += path("tick", "M" + coordinate(x.pixel(tick)) + " " + coordinate(kBottom) + "v5") +
           text(x.pixel(tick), kBottom + 19, "middle", general(tick, 7));
  }
  return svg +
         path("axis",
              "M" + coordinate(kLeft) + " " + coordinate(kTop) + "V" + coordinate(kBottom) + "H" + coordinate(kRight)) +
         text(kRight, kBottom + 38, "end", "evaluation");
}

/// A vertical line at the first feasible evaluation with its label on the roomier side.
std::string first_feasible_mark(const Summary& summary, const Axis& x) {
  if (!summary.first_feasible) return "";
  const double at = x.pixel(*summary.first_feasible);
  const bool left = at > 0.6 * kRight;
  return path("event", "M" + coordinate(at) + " " + coordinate(kTop) + "V" + coordinate(kBottom)) +
         text(at + (left ? -6 : 6), kBottom - 8, left ? "end" : "start",
              "first feasible: " + std::to_string(*summary.first_feasible), "label");
}

Axis evaluation_axis(const Summary& summary) {
  const int last = summary.evaluations.back().index;
  return {0, std::max(last + 0.02 * last, 2.0), kLeft, kRight, false};
}

std::string legend_key(Mark mark, const std::string& meaning, int count) {
  return "<span class=\"key\"><svg width=\"14\" height=\"14\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path "
         "class=\"" +
         std::string(mark_class(mark)) + "\" d=\"" + mark_path(mark, 7, 7) + "\"/></svg>" + escape_html(meaning) +
         " (" + std::to_string(count) + ")</span>\n";
}

std::string line_key(const std::string& name, const std::string& meaning) {
  return "<span class=\"key\"><svg width=\"22\" height=\"14\" viewBox=\"0 0 22 14\" aria-hidden=\"true\"><path "
         "class=\"" +
         name + "\" d=\"M1 7H21\"/></svg>" + escape_html(meaning) + "</span>\n";
}

std::string figure(const std::string& id, const std::string& title, const std::string& description,
                   const std::string& content, const std::string& keys) {
  return "<figure>\n<svg class=\"plot\" role=\"img\" aria-labelledby=\"" + id + "-title " + id +
         "-text\" viewBox=\"0 0 " + coordinate(kWidth) + " " + coordinate(kHeight) + "\">\n<title id=\"" + id +
         "-title\">" + escape_html(title) + "</title>\n<desc id=\"" + id + "-text\">" + escape_html(description) +
         "</desc>\n" + content + "</svg>\n<figcaption><strong>" + escape_html(title) + "</strong>\n" + keys +
         "</figcaption>\n</figure>\n";
}

/// A stepped line through the running minimum of (index, value).
class BestSoFar {
 public:
  void add(double x, double value, const Axis& y) {
    if (!data_.empty() && value >= best_) return;
    best_ = value;
    data_ += data_.empty() ? "M" + coordinate(x) + " " + coordinate(y.pixel(value))
                           : "H" + coordinate(x) + "V" + coordinate(y.pixel(value));
  }
  std::string path_to(double x) const { return data_.empty() ? "" : path("best", data_ + "H" + coordinate(x)); }

 private:
  double best_ = 0;
  std::string data_;
};

}  // namespace

std::string convergence_plot(const Summary& summary) {
  if (summary.evaluations.empty()) return "<p>No evaluation has been made yet.</p>\n";
  double low = 1, high = 1;
  for (const run::Evaluation& evaluation : summary.evaluations) {
    if (evaluation.failed() || !(evaluation.cost > 0)) continue;
    low = std::min(low, evaluation.cost);
    high = std::max(high, evaluation.cost);
  }
  const Axis x = evaluation_axis(summary);
  const Axis y(low / 1.15, high * 1.15, kBottom, kTop + (summary.failed > 0 ? kLane : 0), true);
  std::string rings, diamonds, crosses;
  BestSoFar best;
  int feasible = 0;
  for (const run::Evaluation& evaluation : summary.evaluations) {
    const double at = x.pixel(evaluation.index);
    if (evaluation.failed()) {
      crosses += mark_path(Mark::kCross, at, kTop + 4);
      continue;
    }
    feasible += evaluation.feasible ? 1 : 0;
    (evaluation.feasible ? diamonds : rings) +=
        mark_path(evaluation.feasible ? Mark::kDiamond : Mark::kRing, at, y.pixel(evaluation.cost));
    best.add(at, evaluation.cost, y);
  }
  std::string svg = frame(x, y, "") + horizontal("bound", y.pixel(1)) + first_feasible_mark(summary, x) +
                    path("ring", rings) + path("diamond", diamonds) + path("cross", crosses) +
                    best.path_to(x.pixel(summary.evaluations.back().index)) +
                    text(kLeft + 8, y.pixel(1) + 14, "start", "J = 1: all specs met below", "label") +
                    text(kLeft - 8, kTop + 10, "end", "J", "label");
  const int total = static_cast<int>(summary.evaluations.size());
  const std::string description = std::to_string(total) + " evaluations: " + std::to_string(feasible) + " feasible, " +
                                  std::to_string(total - feasible - summary.failed) + " infeasible, " +
                                  std::to_string(summary.failed) + " failed. Lowest J " +
                                  general(summary.best ? summary.best->cost : high, 4) + ".";
  return figure("cost", "Cost J of every evaluation", description, svg,
                legend_key(Mark::kRing, "infeasible", total - feasible - summary.failed) +
                    legend_key(Mark::kDiamond, "feasible", feasible) +
                    legend_key(Mark::kCross, "failed, above the axis", summary.failed) +
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
  const Axis x = evaluation_axis(summary);
  const Axis y = logarithmic ? Axis(low / 1.15, high * 1.15, kBottom, kTop, true)
                             : Axis(low - pad, high + pad, kBottom, kTop, false);
  std::string diamonds;
  BestSoFar best;
  for (const auto& [index, value] : points) {
    diamonds += mark_path(Mark::kDiamond, x.pixel(index), y.pixel(value));
    best.add(x.pixel(index), value, y);
  }
  std::string svg = frame(x, y, unit) + first_feasible_mark(summary, x) + path("diamond", diamonds) +
                    best.path_to(x.pixel(summary.evaluations.back().index));
  if (bounded)
    svg += horizontal("bound", y.pixel(*spec->max)) +
           text(kLeft + 8, y.pixel(*spec->max) - 6, "start", "spec: at most " + quantity(*spec->max, unit), "label");
  return figure("objective", "Objective: " + metric + " of the feasible evaluations",
                "From " + quantity(points.front().second, unit) + " at the first feasible evaluation to " +
                    quantity(low, unit) + " at the best.",
                svg,
                legend_key(Mark::kDiamond, "feasible", static_cast<int>(points.size())) +
                    line_key("best", "best so far") + (bounded ? line_key("bound", "the spec's bound") : ""));
}

}  // namespace exturbo::report
