// Published test functions, with and without constraints, in three groups.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "exturbo/bo/outcome.hpp"
#include "exturbo/bo/search_space.hpp"

namespace exturbo::bench {

/// The best point known, mostly from the literature: what the definition is tested with. Constraints hold there to 1e-6
/// of their scales.
struct KnownOptimum {
  std::vector<double> point;
  double objective = 0;
  double tolerance = 1e-6;  ///< Of the objective.
};

/// A function to minimise; constraints are met when <= 0.
struct BenchmarkProblem {
  std::string name;
  std::string group;  ///< "unconstrained", "constrained", "held_out" (no default was chosen on these).
  std::vector<bo::Dimension> space;
  /// One per constraint: the size of its bound in the published form; a violation of this size counts 1.
  std::vector<double> scales;
  bo::Outcome (*evaluate)(const std::vector<double>& x) = nullptr;
  KnownOptimum optimum;
  /// Size of a middling feasible objective: what a scalar cost squashes the objective with.
  double reference = 1;
  int budget = 200;
  int batch = 4;  ///< 10 for unconstrained ones, as the published comparisons have it.
};

/// All problems, by group. Names are unique.
const std::vector<BenchmarkProblem>& benchmark_problems();

}  // namespace exturbo::bench
