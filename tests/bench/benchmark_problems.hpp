// Published test functions, with and without constraints, in their usual boxes.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "exturbo/bo/outcome.hpp"
#include "exturbo/bo/search_space.hpp"

namespace exturbo::bench {

/// A function to minimise; constraints are met when <= 0.
struct BenchmarkProblem {
  std::string name;
  std::vector<bo::Dimension> space;
  int constraints = 0;
  bo::Outcome (*evaluate)(const std::vector<double>& x) = nullptr;
  int budget = 200;
  int batch = 4;  ///< 10 for unconstrained ones, as the published comparisons have it.
};

/// Ackley-10 with two constraints, pressure vessel, welded beam, speed reducer, Hartmann-6, Ackley-20, Levy-20,
/// Rastrigin-20.
const std::vector<BenchmarkProblem>& benchmark_problems();

}  // namespace exturbo::bench
