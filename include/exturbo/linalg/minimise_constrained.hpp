// Minimum of a smooth function under smooth inequalities in a box by sequential quadratic programming (SLSQP: Kraft
// 1988, 1994; the NLopt library).
// SPDX-License-Identifier: BSD-3-Clause
//
// Promises: returns the best point it saw, least violation first, so that a line search that fails (common near
// round-off) costs nothing; deterministic. A value that is not finite ends the search. What the functions throw is
// thrown on. For n variables and m constraints a step costs O((n + m) n^2) beside the evaluation.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "exturbo/linalg/minimise_box.hpp"

namespace exturbo::linalg {

/// At x (n): the objective and then the constraints g_j, met where g_j <= 0, as `values` (1 + m), and their gradients
/// as the columns of `gradients` (n x (1 + m)).
using ConstrainedFunction =
    std::function<void(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd& gradients)>;

struct ConstrainedOptions {
  int max_evaluations = 100;
  double constraint_tolerance = 1e-8;  ///< A g_j up to it is met.
  double step_tolerance = 1e-7;        ///< Stops when a step is shorter in every variable.
  double relative_decrease = 1e-9;     ///< Stops when a step gains less than this share of |f|.
};

/// `value` of the result is the objective's. \param constraints m >= 0. \param start is clipped to [lower, upper];
/// lower < upper in every variable.
MinimiseResult minimise_constrained(const ConstrainedFunction& function, int constraints, const Eigen::VectorXd& start,
                                    const Eigen::VectorXd& lower, const Eigen::VectorXd& upper,
                                    const ConstrainedOptions& options = {});

}  // namespace exturbo::linalg
