// Small drawings: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "graphics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "markup.hpp"

namespace exturbo::report {
namespace {

std::string open_svg(int width, const std::string& label) {
  const std::string text = escape_html(label);
  return "<svg class=\"bar\" role=\"img\" aria-label=\"" + text + "\" width=\"" + std::to_string(width) +
         "\" height=\"14\" viewBox=\"0 0 " + std::to_string(width) + " 14\"><title>" + text + "</title>";
}

std::string rectangle(const char* name, double x, double y, double width, double height) {
  return std::string("<rect class=\"") + name + "\" x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" width=\"" +
         coordinate(width) + "\" height=\"" + coordinate(height) + "\"/>";
}

std::string line(const char* name, double x1, double y1, double x2, double y2) {
  return std::string("<line class=\"") + name + "\" x1=\"" + coordinate(x1) + "\" y1=\"" + coordinate(y1) + "\" x2=\"" +
         coordinate(x2) + "\" y2=\"" + coordinate(y2) + "\"/>";
}

}  // namespace

std::string coordinate(double value) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.2f", value);
  std::string text = buffer.data();
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string margin_bar(double margin, bool met, const std::string& label) {
  constexpr double kFull = 0.25;
  constexpr double kCentre = 55;
  constexpr double kHalf = 50;
  const double share = std::isfinite(margin) ? std::clamp(margin / kFull, -1.0, 1.0) : (margin > 0 ? 1.0 : -1.0);
  // At least a sliver, so that a spec met or missed by a hair still shows its side.
  const double length = std::max(1.5, kHalf * std::abs(share));
  const bool beyond = std::abs(share) >= 1;
  std::string svg = open_svg(110, label);
  if (met) {
    svg += rectangle("met", kCentre, 4, length - (beyond ? 5 : 0), 6);
    if (beyond) svg += "<path class=\"met\" d=\"M100 2l7 5l-7 5z\"/>";
  } else {
    svg += rectangle("missed", kCentre - length + (beyond ? 5 : 0), 4, length - (beyond ? 5 : 0), 6);
    if (beyond) svg += "<path class=\"missed\" d=\"M10 2l-7 5l7 5z\"/>";
  }
  return svg + line("bound", kCentre, 0, kCentre, 14) + "</svg>";
}

std::string range_bar(double position, const std::string& label) {
  constexpr double kLeft = 6;
  constexpr double kWidth = 78;
  const double at = std::clamp(std::isfinite(position) ? position : 0.0, 0.0, 1.0);
  const double x = kLeft + kWidth * at;
  std::string svg = open_svg(90, label) + line("rail", kLeft, 7, kLeft + kWidth, 7) +
                    line("rail", kLeft, 4, kLeft, 10) + line("rail", kLeft + kWidth, 4, kLeft + kWidth, 10);
  if (at <= 0 || at >= 1) {
    svg += rectangle("stop", x - 2, 1, 4, 12);
  } else {
    svg += "<circle class=\"dot\" cx=\"" + coordinate(x) + "\" cy=\"7\" r=\"3.5\"/>";
  }
  return svg + "</svg>";
}

std::string share_bar(double share, const std::string& label) {
  const double width = 100 * std::clamp(std::isfinite(share) ? share : 0.0, 0.0, 1.0);
  return open_svg(102, label) + rectangle("met", 1, 3, width, 8) + rectangle("frame", 1, 3, 100, 8) + "</svg>";
}

}  // namespace exturbo::report
