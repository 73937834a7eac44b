// Optima on a grid.
// SPDX-License-Identifier: BSD-3-Clause
//
// At an optimum several constraints hold just so. Rounding all variables at once moves it to either side of each: with
// a few of them it ends where one is missed nearly always. So the coarsest are rounded first and the others make up for
// it.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "exturbo/bo/search_space.hpp"
#include "trust_region.hpp"

namespace exturbo::bo {

/// A search from a start in a box; where the box has no width in a variable, that one stays.
using BoxSearch = std::function<Eigen::VectorXd(const Eigen::VectorXd& start, const Box& box)>;

/// `optimum`, found by `search` in the box, with every variable on its grid. Those with like steps in the unit cube are
/// rounded together, from the coarsest on, and held while `search` moves the others. At most three searches, none
/// without a grid.
Eigen::VectorXd settle_on_grid(const SearchSpace& space, const Eigen::VectorXd& optimum, Box box,
                               const BoxSearch& search);

/// Each column rounded to the grid.
void round_to_grid(const SearchSpace& space, Eigen::MatrixXd& points);

}  // namespace exturbo::bo
