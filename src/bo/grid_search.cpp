// Optima on a grid: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "grid_search.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "vectors.hpp"

namespace exturbo::bo {
namespace {

/// Least steps of the groups, in the unit cube; what is finer is rounded last.
constexpr std::array<double, 3> kGroups{0.02, 0.005, 0.001};

Eigen::VectorXd rounded(const SearchSpace& space, const Eigen::VectorXd& x) {
  return as_vector(space.round_unit(as_std(x)));
}

bool has_grid(const SearchSpace& space) {
  for (int j = 0; j < space.size(); ++j) {
    if (space.is_discrete(j)) return true;
  }
  return false;
}

/// Steps of the grid at x, in the unit cube; 0 where a variable is continuous.
Eigen::VectorXd steps_at(const SearchSpace& space, const Eigen::VectorXd& x) {
  const std::vector<double> values = space.to_values(as_std(x));
  Eigen::VectorXd steps(x.size());
  for (std::size_t j = 0; j < values.size(); ++j) {
    const Dimension& d = space.dimensions()[j];
    const double step = space.step(static_cast<int>(j));
    steps[static_cast<Eigen::Index>(j)] = d.scale == Scale::kLog
                                              ? std::log1p(step / values[j]) / std::log(d.upper / d.lower)
                                              : step / (d.upper - d.lower);
  }
  return steps;
}

}  // namespace

Eigen::VectorXd settle_on_grid(const SearchSpace& space, const Eigen::VectorXd& optimum, Box box,
                               const BoxSearch& search) {
  if (!has_grid(space)) return optimum;
  Eigen::VectorXd x = optimum;
  Eigen::Array<bool, Eigen::Dynamic, 1> held = Eigen::Array<bool, Eigen::Dynamic, 1>::Constant(x.size(), false);
  for (const double least : kGroups) {
    const Eigen::VectorXd steps = steps_at(space, x), on_grid = rounded(space, x);
    bool more = false;
    for (Eigen::Index j = 0; j < x.size(); ++j) {
      if (held[j] || steps[j] < least) continue;
      x[j] = box.lower[j] = box.upper[j] = on_grid[j];
      held[j] = more = true;
    }
    if (more && !held.all()) x = search(x, box);
  }
  return rounded(space, x);
}

void round_to_grid(const SearchSpace& space, Eigen::MatrixXd& points) {
  if (!has_grid(space)) return;
  for (Eigen::Index i = 0; i < points.cols(); ++i) points.col(i) = rounded(space, points.col(i));
}

}  // namespace exturbo::bo
