// Sobol' indices of a function on the unit cube: shares of its variance by variable and by pair of variables.
// SPDX-License-Identifier: BSD-3-Clause
//
// Variables are independent and uniform. A and B are samples of N rows each, together Sobol' points of 2 d dimensions
// shifted by the rng seed; AB_i is A with variable i of B, BA_i is B with variable i of A. Means over the rows:
//   V      = 1/4 ((f(A) - f(B))^2 + (f(AB_i) - f(BA_i))^2), averaged over i
//   V S_i  = 1/2 (f(BA_i) - f(B)) (f(A) - f(AB_i))                 first order; Azzini, Mara & Rosati 2021
//   V T_i  = 1/4 ((f(A) - f(AB_i))^2 + (f(B) - f(BA_i))^2)         total; Jansen 1999, of A and of B
//   V S_ij = 1/2 (f(BA_i) - f(B)) (f(AB_j) - f(A)) + 1/2 (f(BA_j) - f(B)) (f(AB_i) - f(A))
// the last Saltelli 2002, theorem 2, its four products in one. Made of differences, they do not mind a large mean;
// S_i <= T_i in every sample, S_i = T_i for an additive function, 0 for an idle variable, 1 for the only one. S_i and
// S_ij are not clipped: a small one may come out below 0. Intervals are percentiles of a bootstrap over the rows, as
// of independent points, and so too wide rather than too narrow.
//
// Promises: deterministic by the rng seed; one thread. Cost: N (2 d + 2) evaluations, pairs without further ones;
// N (1 + 2 d + pairs) multiply-adds a bootstrap replicate; N (6 d + pairs) numbers of memory.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <vector>

#include "exturbo/sensitivity/cube_function.hpp"

namespace exturbo::sensitivity {

using VariablePair = std::array<Eigen::Index, 2>;

/// The d (d - 1) / 2 pairs i < j.
std::vector<VariablePair> all_pairs(Eigen::Index dimensions);

struct SobolOptions {
  Eigen::Index rows = 4096;         ///< N >= 1; powers of two are the most even.
  int replicates = 200;             ///< Of the bootstrap; 0: no intervals.
  std::vector<VariablePair> pairs;  ///< Whose second-order indices are told, in this order.
  std::uint64_t rng_seed = 1;
};

/// An index with its 95 % interval; without replicates all three are the same.
struct IndexEstimate {
  double value = 0;
  double lower = 0, upper = 0;
};

/// All indices are 0 where the function is constant: no value further from the mean than 1e-12 of the largest
/// magnitude.
struct SobolIndices {
  std::vector<IndexEstimate> first, total;  ///< d each.
  std::vector<IndexEstimate> second;        ///< As SobolOptions::pairs.
  double mean = 0, variance = 0;            ///< Of the function.
  Eigen::Index rows = 0;                    ///< Used: rows with a value that is not finite are left out.
  Eigen::Index evaluations = 0;
};

/// \param dimensions d, 1 to 555 or so (see gp::sobol_points).
/// \throws std::invalid_argument for options out of range, or a function that returns a wrong number of values;
/// std::range_error for too many dimensions.
SobolIndices sobol_indices(const CubeFunction& function, Eigen::Index dimensions, const SobolOptions& options = {});

}  // namespace exturbo::sensitivity
