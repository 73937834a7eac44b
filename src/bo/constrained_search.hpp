// Local constrained minimum of modelled functions in a box.
// SPDX-License-Identifier: BSD-3-Clause
//
// Two problems: the objective under the constraints, by sequential quadratic programming (without constraints by
// L-BFGS-B), and the least sum of violations, by smoothed hinges and L-BFGS-B.
#pragma once

#include <Eigen/Core>

#include "model_function.hpp"
#include "trust_region.hpp"

namespace exturbo::bo {

constexpr double kSlack = 1e-7;  ///< Modelled violation that counts as none.

/// Sum of max(0, g_j) over the constraints, values[1] onwards.
double modelled_violation(const Eigen::VectorXd& values);

/// True if model values `a` rank before `b`: least violation first (differences up to `tolerance` ignored), then
/// objective.
bool ranks_before(const Eigen::VectorXd& a, const Eigen::VectorXd& b, double tolerance);

/// A point near a local minimum of the objective under the constraints, starting at `start`. At most about
/// `evaluations` evaluations of the function; some fifteen serve for a dozen constraints.
Eigen::VectorXd minimise_objective(const ModelFunction& function, const Eigen::VectorXd& start, const Box& box,
                                   int evaluations);

/// A point near a local minimum of the objective, the constraints aside.
Eigen::VectorXd minimise_relaxed(const ModelFunction& function, const Eigen::VectorXd& start, const Box& box,
                                 int evaluations);

/// A point near a local minimum of the sum of violations.
Eigen::VectorXd minimise_violation(const ModelFunction& function, const Eigen::VectorXd& start, const Box& box,
                                   int evaluations);

}  // namespace exturbo::bo
