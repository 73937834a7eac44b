// What a method of optimisation sees of a problem: a box of variables, and outcomes of points.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/outcome.hpp"
#include "exturbo/bo/search_space.hpp"

namespace exturbo::bench {

/// What came of one point.
struct Measured {
  bo::Outcome outcome;
  bool feasible = false;  ///< Every constraint is met to 1e-9 of its scale.
  double cost = 0;        ///< One number for methods without constraints; above 1 while any constraint is violated.
};

class Evaluator {
 public:
  virtual ~Evaluator() = default;
  virtual const bo::SearchSpace& space() const = 0;
  /// One per constraint: a violation of this size counts 1.
  virtual const std::vector<double>& scales() const = 0;
  /// Evaluates points given as values on the grid; in order, whatever runs at once.
  virtual std::vector<Measured> evaluate(const std::vector<std::vector<double>>& points) = 0;
};

}  // namespace exturbo::bench
