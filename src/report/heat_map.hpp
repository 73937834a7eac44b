// Maps of shares, metrics by variables: static SVG. A shade and a figure say the same.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace exturbo::report {

struct HeatCell {
  std::optional<double> share;  ///< Of the row's sum; empty: not known.
  char sign = ' ';              ///< '+', '-' or ' '.
  bool disputed = false;        ///< Marked by a corner: methods disagree.
  std::string label;            ///< What the cell says, in words.
};

struct HeatRow {
  std::string name;
  std::string remark;  ///< In place of the cells, where there is nothing to show.
  std::vector<HeatCell> cells;
};

struct HeatMap {
  std::string id;  ///< Of the elements that name it; a word.
  std::string title;
  std::string description;  ///< Read in place of the picture.
  std::vector<std::string> columns;
  std::vector<HeatRow> rows;
};

/// A `<figure>` for each map, which scrolls sideways where it is wider than the page, and the key to all of them. Maps
/// without rows or columns are left out; "" without any other.
std::string heat_maps(const std::vector<HeatMap>& maps);

}  // namespace exturbo::report
