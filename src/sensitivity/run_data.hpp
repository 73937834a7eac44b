// The evaluations of a run as numbers: points of the unit cube and metrics, best first.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/run/evaluation.hpp"

namespace exturbo::sensitivity {

inline const std::string kCost = "J";  ///< The cost among the metrics.

struct RunData {
  std::vector<std::string> variables;  ///< Free ones, in the problem's order.
  std::vector<std::string> metrics;    ///< The problem's, then kCost.
  Eigen::MatrixXd points;              ///< d x n, in the unit cube: what was simulated, failed evaluations included.
  Eigen::MatrixXd values;              ///< n x metrics; NaN where not measured.
  std::vector<bool> ratios;            ///< Metrics that are compared by factors: frequencies, powers, ..., J.

  Eigen::Index size() const { return points.cols(); }
  Eigen::Index dimensions() const { return points.rows(); }
  /// Column of a metric, or -1.
  Eigen::Index metric(const std::string& id) const;
};

/// NaN where it was not measured.
double metric_value(const run::Evaluation& evaluation, const std::string& metric);

std::vector<double> to_vector(const Eigen::VectorXd& values);

/// Evaluations best first: feasible ones by the objective, then the others by J, then failed ones; equals by index.
RunData collect(const problem::Problem& problem, const std::vector<run::Evaluation>& evaluations);

/// How many of the best make the tuning set: 15 % of n, at least max(30, 2 d), at most n.
Eigen::Index tuning_size(const RunData& data);
/// What max(30, 2 d) asks for: fewer points are told as low data.
Eigen::Index least_tuning_size(Eigen::Index dimensions);

}  // namespace exturbo::sensitivity
