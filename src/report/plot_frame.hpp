// What plots against the evaluation share: their frame, lines, texts and keys. Static SVG in a `<figure>`.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>

#include "axis.hpp"

namespace exturbo::report {

/// Of a plot, in pixels: its picture, and the field of its data inside.
inline constexpr double kPlotWidth = 720, kPlotHeight = 300;
inline constexpr double kPlotLeft = 84, kPlotRight = 706, kPlotTop = 14, kPlotBottom = 258;

/// From 0 to a little beyond the last evaluation.
Axis evaluation_axis(int last);

/// A path of a class of the style; "" without data.
std::string svg_path(const std::string& name, const std::string& data);
std::string svg_text(double x, double y, const char* anchor, const std::string& content, const std::string& name = "");
/// A line across the field.
std::string horizontal_line(const char* name, double y);
/// A line from top to bottom of the field.
std::string vertical_line(const char* name, double x);

/// Axes with ticks and their values, those of y with their unit.
std::string plot_frame(const Axis& x, const Axis& y, const std::string& unit);

/// A mark as a path, so that thousands of them are one element.
enum class Mark { kRing, kDiamond, kCross };
std::string mark_path(Mark mark, double x, double y);

/// What a mark, with how many there are, or a line of a class means.
std::string mark_key(Mark mark, const std::string& meaning, std::optional<int> count = std::nullopt);
std::string line_key(const std::string& name, const std::string& meaning);

/// The whole plot with its name, read in place of the picture, and its keys. `id`: a word of its own on the page.
std::string plot_figure(const std::string& id, const std::string& title, const std::string& description,
                        const std::string& content, const std::string& keys);

/// A stepped line through the running minimum of (x pixel, value).
class BestSoFar {
 public:
  void add(double x, double value, const Axis& y);
  /// Of a class of the style, drawn on to `x`; "" without values.
  std::string path_to(double x, const std::string& name = "best") const;

 private:
  double best_ = 0;
  std::string data_;
};

}  // namespace exturbo::report
