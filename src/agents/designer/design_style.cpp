// The styles: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "design_style.hpp"

namespace exturbo::agents {

const std::vector<DesignStyle>& design_styles() {
  static const std::vector<DesignStyle> styles{
      {"balanced", {16, 2}, {10, 4}, {14, 2}, {12, 2}, 0.15, 0.3, 1, 0},
      {"low-power", {20, 2}, {12, 4}, {16, 2}, {14, 2}, 0.08, 1.5, 1, 0},
      {"fast", {13, 1.5}, {9, 3}, {12, 1.5}, {10, 1.5}, 0.15, 0.1, 1.5, 0},
      {"high-gain", {18, 3}, {10, 6}, {15, 3}, {12, 3}, 0.15, 0.2, 1, 8},
  };
  return styles;
}

}  // namespace exturbo::agents
