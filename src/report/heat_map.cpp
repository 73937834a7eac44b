// Maps of shares: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "heat_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "graphics.hpp"
#include "markup.hpp"

namespace exturbo::report {
namespace {

constexpr double kCell = 34, kRow = 25;
constexpr double kGap = 8;       ///< Between names and cells.
constexpr double kLetter = 6.8;  ///< Width of a letter of the names.
constexpr std::size_t kRowName = 24, kColumnName = 16, kUpright = 4;
constexpr std::array kSteps{0.02, 0.05, 0.1, 0.2, 0.4};  ///< Where the next shade begins.

/// 0, white, to kSteps.size(), the darkest.
std::size_t shade(double share) {
  return static_cast<std::size_t>(std::upper_bound(kSteps.begin(), kSteps.end(), share) - kSteps.begin());
}

std::string percent(double share) { return coordinate(std::round(100 * share)); }

/// Letters of a text, which may hold more bytes.
std::size_t letters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

struct Layout {
  double left = 0, top = 0, width = 0, height = 0;
  bool upright = true;  ///< Names of the columns.
};

Layout layout_of(const HeatMap& map) {
  std::size_t row_name = 1, column_name = 1;
  for (const HeatRow& row : map.rows) row_name = std::max(row_name, letters(shorten(row.name, kRowName)));
  for (const std::string& name : map.columns) column_name = std::max(column_name, letters(shorten(name, kColumnName)));
  Layout layout;
  layout.upright = column_name <= kUpright;
  layout.left = kLetter * static_cast<double>(row_name) + kGap;
  layout.top = (layout.upright ? 14 : kLetter * static_cast<double>(column_name)) + kGap;
  layout.width = layout.left + kCell * static_cast<double>(map.columns.size()) + 1;
  layout.height = layout.top + kRow * static_cast<double>(map.rows.size()) + 1;
  return layout;
}

std::string box(double x, double y, double width, double height) {
  return "M" + coordinate(x) + " " + coordinate(y) + "h" + coordinate(width) + "v" + coordinate(height) + "h" +
         coordinate(-width) + "z";
}

std::string text(const std::string& name, double x, double y, const std::string& more, const std::string& content) {
  return "<text class=\"" + name + "\" x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\"" + more + ">" +
         escape_html(content) + "</text>";
}

std::string drawn(const HeatCell& cell, double x, double y) {
  const std::size_t step = shade(cell.share.value_or(0));
  std::string svg = "<g><title>" + escape_html(cell.label) + "</title><path class=\"shade h" + std::to_string(step) +
                    "\" d=\"" + box(x, y, kCell, kRow) + "\"/>";
  if (!cell.share) {
    svg += text("unknown", x + kCell / 2, y + 17, "", "–");
  } else if (step > 0) {
    const std::string sign = cell.sign == '+' ? "+" : cell.sign == '-' ? "−" : "";
    svg += text(step >= kSteps.size() - 1 ? "light" : "dark", x + kCell / 2, y + 17, "", sign + percent(*cell.share));
  }
  if (cell.disputed)
    svg += "<path class=\"disputed\" d=\"M" + coordinate(x + kCell - 10) + " " + coordinate(y + 0.5) + "h9.5v9.5z\"/>";
  return svg + "</g>\n";
}

std::string drawn(const HeatRow& row, const Layout& layout, double y) {
  std::string svg = text("row", layout.left - kGap, y + 17, "", shorten(row.name, kRowName));
  if (!row.remark.empty()) {
    return svg + "<g><path class=\"shade h0\" d=\"" + box(layout.left, y, layout.width - layout.left - 1, kRow) +
           "\"/>" + text("remark", layout.left + kGap, y + 17, "", row.remark) + "</g>\n";
  }
  for (std::size_t i = 0; i < row.cells.size(); ++i)
    svg += drawn(row.cells[i], layout.left + kCell * static_cast<double>(i), y);
  return svg;
}

std::string column_name(const std::string& name, const Layout& layout, std::size_t index) {
  const double x = layout.left + kCell * (static_cast<double>(index) + 0.5), y = layout.top - kGap;
  if (layout.upright) return text("upright", x, y, "", name);
  return text("column", x + 4, y, " transform=\"rotate(-90 " + coordinate(x + 4) + " " + coordinate(y) + ")\"",
              shorten(name, kColumnName));
}

std::string key(const std::string& drawing, const std::string& meaning) {
  return "<span class=\"key\"><svg width=\"16\" height=\"14\" viewBox=\"0 0 16 14\" aria-hidden=\"true\">" + drawing +
         "</svg>" + escape_html(meaning) + "</span>\n";
}

bool any_disputed(const HeatMap& map) {
  return std::any_of(map.rows.begin(), map.rows.end(), [](const HeatRow& row) {
    return row.remark.empty() &&
           std::any_of(row.cells.begin(), row.cells.end(), [](const HeatCell& cell) { return cell.disputed; });
  });
}

std::string keys(bool disputed) {
  std::string html;
  for (std::size_t step = 0; step <= kSteps.size(); ++step) {
    const std::string from = step == 0 ? "" : percent(kSteps[step - 1]);
    html += key("<path class=\"shade h" + std::to_string(step) + "\" d=\"" + box(1, 1, 14, 12) + "\"/>",
                step == 0               ? "below " + percent(kSteps[0]) + " %"
                : step == kSteps.size() ? from + " % and more"
                                        : from + " to " + percent(kSteps[step]) + " %");
  }
  return html + (disputed ? key("<path class=\"disputed\" d=\"M3 2h11v11z\"/>", "methods disagree") : "");
}

std::string drawn(const HeatMap& map) {
  const Layout layout = layout_of(map);
  const std::string title = escape_html(map.title);
  std::string html = "<figure class=\"map\"><figcaption><strong>" + title +
                     "</strong></figcaption>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" +
                     title + "\"><svg class=\"heat\" role=\"img\" aria-labelledby=\"" + map.id + "-title " + map.id +
                     "-text\" width=\"" + coordinate(layout.width) + "\" height=\"" + coordinate(layout.height) +
                     "\" viewBox=\"0 0 " + coordinate(layout.width) + " " + coordinate(layout.height) +
                     "\">\n<title id=\"" + map.id + "-title\">" + title + "</title>\n<desc id=\"" + map.id +
                     "-text\">" + escape_html(map.description) + "</desc>\n";
  for (std::size_t i = 0; i < map.columns.size(); ++i) html += column_name(map.columns[i], layout, i) + "\n";
  for (std::size_t i = 0; i < map.rows.size(); ++i)
    html += drawn(map.rows[i], layout, layout.top + kRow * static_cast<double>(i));
  return html + "</svg></div>\n</figure>\n";
}

}  // namespace

std::string heat_maps(const std::vector<HeatMap>& maps) {
  std::string html;
  bool disputed = false;
  for (const HeatMap& map : maps) {
    if (map.rows.empty() || map.columns.empty()) continue;
    html += drawn(map);
    disputed = disputed || any_disputed(map);
  }
  return html.empty() ? "" : "<div class=\"maps\">\n" + html + "</div>\n<p class=\"keys\">" + keys(disputed) + "</p>\n";
}

}  // namespace exturbo::report
