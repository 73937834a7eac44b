// The trust region over the run, drawn.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>

#include "graphics.hpp"
#include "metric_text.hpp"
#include "plot_frame.hpp"
#include "plots.hpp"

namespace exturbo::report {
namespace {

/// The sides as a stepped line, broken where a region was given up, and a line there.
std::string drawn(const std::vector<const run::Evaluation*>& searched, const Axis& x, const Axis& y) {
  std::string steps, restarts;
  const run::Evaluation* before = nullptr;
  for (const run::Evaluation* evaluation : searched) {
    const std::string at = coordinate(x.pixel(evaluation->index)), side = coordinate(y.pixel(evaluation->region->side));
    const bool first = before == nullptr || evaluation->region->restarts != before->region->restarts;
    steps += first ? "M" + at + " " + side : "H" + at + "V" + side;
    if (first && before != nullptr) {
      const double middle = (x.pixel(evaluation->index) + x.pixel(before->index)) / 2;
      restarts += "M" + coordinate(middle) + " " + coordinate(kPlotTop) + "V" + coordinate(kPlotBottom);
    }
    before = evaluation;
  }
  return svg_path("event", restarts) + svg_path("best", steps);
}

}  // namespace

std::string region_plot(const Summary& summary) {
  std::vector<const run::Evaluation*> searched;
  double low = 1, high = 0;
  for (const run::Evaluation& evaluation : summary.evaluations) {
    if (!evaluation.region || !(evaluation.region->side > 0)) continue;
    searched.push_back(&evaluation);
    low = std::min(low, evaluation.region->side);
    high = std::max(high, evaluation.region->side);
  }
  if (searched.empty()) return "";
  const Axis x = evaluation_axis(summary.evaluations.back().index);
  const Axis y(low / 1.3, high * 1.3, kPlotBottom, kPlotTop, true);
  const int restarts = searched.back()->region->restarts;
  return plot_figure(
      "region", "Side of the trust region, in shares of the variables' ranges",
      "From " + general(searched.front()->region->side, 3) + " to " + general(searched.back()->region->side, 3) +
          ", with " + std::to_string(restarts) + " restarts.",
      plot_frame(x, y, "") + drawn(searched, x, y),
      line_key("best", "side when a design was proposed") +
          (restarts > 0 ? line_key("event", "given up and begun anew (" + std::to_string(restarts) + ")") : ""));
}

}  // namespace exturbo::report
