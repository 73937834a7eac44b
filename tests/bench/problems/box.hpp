// Boxes of continuous variables x1, x2, ... for the benchmark problems.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <string>
#include <vector>

#include "exturbo/bo/search_space.hpp"

namespace exturbo::bench {

inline std::vector<bo::Dimension> box(const std::vector<std::array<double, 2>>& bounds) {
  std::vector<bo::Dimension> space;
  for (const auto& b : bounds) space.push_back({"x" + std::to_string(space.size() + 1), b[0], b[1]});
  return space;
}

inline std::vector<bo::Dimension> box(std::size_t d, double lower, double upper) {
  return box(std::vector<std::array<double, 2>>(d, {lower, upper}));
}

}  // namespace exturbo::bench
