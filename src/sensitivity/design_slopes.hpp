// Simulated slopes of all metrics at the final design: central differences with two step sizes.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/run/run_folder.hpp"
#include "run_data.hpp"
#include "sizing/design_evaluator.hpp"

namespace exturbo::sensitivity {

/// Slope of one metric with one variable, u its position (0 .. 1) in its range.
struct Slope {
  double derivative = 0;             ///< d metric / d u, at the design.
  std::optional<double> elasticity;  ///< d ln |metric| / d ln x; nothing for a metric in dB or degrees, or a zero.
  double error = 0;                  ///< Of `derivative`, from the two step sizes.
  char side = 0;                     ///< 0: central; +1 or -1: one-sided, as the design is at an end of the range.
};

struct DesignSlopes {
  /// Metric -> a slope per free variable; nothing where a simulation failed or did not measure it.
  std::map<std::string, std::vector<std::optional<Slope>>> metrics;
  run::Evaluation design;               ///< The design itself, simulated again.
  std::vector<run::Evaluation> around;  ///< What was simulated for it.
  Eigen::MatrixXd points;               ///< d x around: where, in the unit cube.
};

/// 4 d + 1 simulations. The steps are 0.5 % and 2 % of each range; the derivative is Richardson's extrapolation of both
/// central differences where they agree within a tenth, else that of the long step, which noise disturbs less.
DesignSlopes design_slopes(const problem::Problem& problem, sizing::DesignEvaluator& evaluator,
                           const Eigen::VectorXd& unit);

}  // namespace exturbo::sensitivity
