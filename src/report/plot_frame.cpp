// What plots share: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "plot_frame.hpp"

#include <algorithm>
#include <cmath>

#include "graphics.hpp"
#include "markup.hpp"
#include "metric_text.hpp"

namespace exturbo::report {
namespace {

std::string key(int width, const std::string& name, const std::string& data, const std::string& meaning) {
  const std::string size = std::to_string(width);
  return "<span class=\"key\"><svg width=\"" + size + "\" height=\"14\" viewBox=\"0 0 " + size +
         " 14\" aria-hidden=\"true\"><path class=\"" + name + "\" d=\"" + data + "\"/></svg>" + escape_html(meaning) +
         "</span>\n";
}

const char* mark_class(Mark mark) {
  return mark == Mark::kRing ? "ring" : mark == Mark::kDiamond ? "diamond" : "cross";
}

}  // namespace

Axis evaluation_axis(int last) { return {0, std::max(1.02 * last, 2.0), kPlotLeft, kPlotRight, false}; }

std::string svg_path(const std::string& name, const std::string& data) {
  return data.empty() ? "" : "<path class=\"" + name + "\" d=\"" + data + "\"/>\n";
}

std::string svg_text(double x, double y, const char* anchor, const std::string& content, const std::string& name) {
  return "<text x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" text-anchor=\"" + anchor + "\"" +
         (name.empty() ? "" : " class=\"" + name + "\"") + ">" + escape_html(content) + "</text>\n";
}

std::string horizontal_line(const char* name, double y) {
  return svg_path(name, "M" + coordinate(kPlotLeft) + " " + coordinate(y) + "H" + coordinate(kPlotRight));
}

std::string vertical_line(const char* name, double x) {
  return svg_path(name, "M" + coordinate(x) + " " + coordinate(kPlotTop) + "V" + coordinate(kPlotBottom));
}

std::string plot_frame(const Axis& x, const Axis& y, const std::string& unit) {
  std::string svg;
  for (const double tick : y.ticks(6)) {
    svg += horizontal_line("grid", y.pixel(tick)) +
           svg_text(kPlotLeft - 8, y.pixel(tick) + 4, "end", unit.empty() ? general(tick, 3) : quantity(tick, unit, 3));
  }
  for (const double tick : x.ticks(8)) {
    if (tick != std::floor(tick)) continue;
    svg += svg_path("tick", "M" + coordinate(x.pixel(tick)) + " " + coordinate(kPlotBottom) + "v5") +
           svg_text(x.pixel(tick), kPlotBottom + 19, "middle", general(tick, 7));
  }
  return svg +
         svg_path("axis", "M" + coordinate(kPlotLeft) + " " + coordinate(kPlotTop) + "V" + coordinate(kPlotBottom) +
                              "H" + coordinate(kPlotRight)) +
         svg_text(kPlotRight, kPlotBottom + 38, "end", "evaluation");
}

std::string mark_path(Mark mark, double x, double y) {
  switch (mark) {
    case Mark::kRing:
      return "M" + coordinate(x - 2.6) + " " + coordinate(y) + "a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0";
    case Mark::kDiamond:
      return "M" + coordinate(x) + " " + coordinate(y - 3.6) + "l3.6 3.6l-3.6 3.6l-3.6-3.6z";
    case Mark::kCross:
      return "M" + coordinate(x - 3) + " " + coordinate(y - 3) + "l6 6m0-6l-6 6";
  }
  return "";
}

std::string mark_key(Mark mark, const std::string& meaning, std::optional<int> count) {
  return key(14, mark_class(mark), mark_path(mark, 7, 7), meaning + (count ? " (" + std::to_string(*count) + ")" : ""));
}

std::string line_key(const std::string& name, const std::string& meaning) { return key(22, name, "M1 7H21", meaning); }

std::string plot_figure(const std::string& id, const std::string& title, const std::string& description,
                        const std::string& content, const std::string& keys) {
  return "<figure>\n<svg class=\"plot\" role=\"img\" aria-labelledby=\"" + id + "-title " + id +
         "-text\" viewBox=\"0 0 " + coordinate(kPlotWidth) + " " + coordinate(kPlotHeight) + "\">\n<title id=\"" + id +
         "-title\">" + escape_html(title) + "</title>\n<desc id=\"" + id + "-text\">" + escape_html(description) +
         "</desc>\n" + content + "</svg>\n<figcaption><strong>" + escape_html(title) + "</strong>\n" + keys +
         "</figcaption>\n</figure>\n";
}

void BestSoFar::add(double x, double value, const Axis& y) {
  if (!data_.empty() && value >= best_) return;
  best_ = value;
  data_ += data_.empty() ? "M" + coordinate(x) + " " + coordinate(y.pixel(value))
                         : "H" + coordinate(x) + "V" + coordinate(y.pixel(value));
}

std::string BestSoFar::path_to(double x, const std::string& name) const {
  return data_.empty() ? "" : svg_path(name, data_ + "H" + coordinate(x));
}

}  // namespace exturbo::report
