// Morris screening: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/morris.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include "exturbo/core/random.hpp"
#include "sensitivity/evaluate_blocks.hpp"

namespace exturbo::sensitivity {
namespace {

using Eigen::Index;

constexpr std::uint64_t kTrajectoryStream = 2;  // sobol_indices.cpp has 0 and 1

void check(Index dimensions, const MorrisOptions& options) {
  if (dimensions < 1) throw std::invalid_argument("morris_effects: dimensions must be at least 1");
  if (options.trajectories < 1) throw std::invalid_argument("morris_effects: trajectories must be at least 1");
  if (options.levels < 2 || options.levels % 2 != 0) {
    throw std::invalid_argument("morris_effects: levels must be even and at least 2");
  }
}

/// Points of all trajectories, d + 1 columns each, and the signed step of each variable (d x r) with the column before
/// it (d x r).
struct Design {
  Eigen::MatrixXd points, steps;
  Eigen::MatrixX<Index> before;
};

Design make_design(Index d, const MorrisOptions& options) {
  core::RandomStream stream(options.rng_seed, kTrajectoryStream, core::Purpose::kSensitivity);
  const Index r = options.trajectories;
  const double step = options.levels / (2.0 * (options.levels - 1));
  Design design{Eigen::MatrixXd(d, r * (d + 1)), Eigen::MatrixXd(d, r), Eigen::MatrixX<Index>(d, r)};
  std::vector<Index> order(static_cast<std::size_t>(d));
  for (Index t = 0; t < r; ++t) {
    Eigen::VectorXd x(d);
    for (Index j = 0; j < d; ++j) {
      const double low = stream.below(static_cast<std::uint32_t>(options.levels / 2)) / (options.levels - 1.0);
      const bool up = stream.below(2) == 1;
      x[j] = up ? low : low + step;
      design.steps(j, t) = up ? step : -step;
    }
    std::iota(order.begin(), order.end(), Index{0});
    for (std::size_t k = order.size(); k > 1; --k) {
      std::swap(order[k - 1], order[stream.below(static_cast<std::uint32_t>(k))]);
    }
    Index column = t * (d + 1);
    design.points.col(column) = x;
    for (const Index j : order) {
      design.before(j, t) = column++;
      x[j] += design.steps(j, t);
      design.points.col(column) = x;
    }
  }
  design.points = design.points.cwiseMax(0.0).cwiseMin(1.0);  // rounding of the steps
  return design;
}

}  // namespace

MorrisEffects morris_effects(const CubeFunction& function, Index dimensions, const MorrisOptions& options) {
  check(dimensions, options);
  const Index d = dimensions;
  const Design design = make_design(d, options);
  const Eigen::VectorXd values = evaluate_blocks(function, design.points);
  Eigen::MatrixXd effects(d, options.trajectories);
  MorrisEffects result;
  for (Index t = 0; t < options.trajectories; ++t) {
    if (!values.segment(t * (d + 1), d + 1).allFinite()) continue;
    for (Index j = 0; j < d; ++j) {
      const Index before = design.before(j, t);
      effects(j, result.trajectories) = (values[before + 1] - values[before]) / design.steps(j, t);
    }
    ++result.trajectories;
  }
  result.evaluations = values.size();
  result.mean = result.mean_absolute = result.deviation = Eigen::VectorXd::Zero(d);
  if (result.trajectories == 0) return result;
  const auto used = effects.leftCols(result.trajectories);
  result.mean = used.rowwise().mean();
  result.mean_absolute = used.cwiseAbs().rowwise().mean();
  if (result.trajectories > 1) {
    result.deviation = ((used.colwise() - result.mean).rowwise().squaredNorm() / (result.trajectories - 1)).cwiseSqrt();
  }
  return result;
}

}  // namespace exturbo::sensitivity
