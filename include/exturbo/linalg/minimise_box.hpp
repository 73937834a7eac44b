// Minimum of a smooth function in a box by L-BFGS-B (Byrd, Lu, Nocedal & Zhu 1995; the LBFGSpp library).
// SPDX-License-Identifier: BSD-3-Clause
//
// Promises: never throws because of the function's values; returns the best point it saw, so that a line search that
// fails (common near round-off) costs nothing. Deterministic. A non-finite value counts as very bad.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <string>

namespace exturbo::linalg {

/// Value at x; writes the gradient (same size as x).
using SmoothFunction = std::function<double(const Eigen::VectorXd& x, Eigen::VectorXd& gradient)>;

struct MinimiseOptions {
  int max_evaluations = 100;
  int memory = 8;                    ///< Correction pairs of L-BFGS-B, >= 3.
  double gradient_tolerance = 1e-5;  ///< On the largest entry of the projected gradient.
  double relative_decrease = 1e-9;   ///< Stops when one iteration gains less than this share of max(1, |f|).
};

/// | termination | what it means |
/// |---|---|
/// | kConverged | a tolerance was met |
/// | kEvaluationLimit | stopped by max_evaluations; `x` is the best so far |
/// | kStalled | the line search found nothing better; `x` is the best so far |
/// | kNoFiniteValue | no evaluation was finite; `x` is the start |
enum class Termination { kConverged, kEvaluationLimit, kStalled, kNoFiniteValue };

struct MinimiseResult {
  Termination termination = Termination::kNoFiniteValue;
  Eigen::VectorXd x;
  double value = 0;
  int evaluations = 0;
  std::string message;  ///< The solver's words when it stalled.
};

/// \param start is clipped to [lower, upper]; all of one size.
MinimiseResult minimise_box(const SmoothFunction& function, const Eigen::VectorXd& start, const Eigen::VectorXd& lower,
                            const Eigen::VectorXd& upper, const MinimiseOptions& options = {});

}  // namespace exturbo::linalg
