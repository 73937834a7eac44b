// Local constrained minimum of modelled functions: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "constrained_search.hpp"

#include <algorithm>
#include <cmath>

#include "scaled_box.hpp"

namespace exturbo::bo {
namespace {

constexpr int kOuterIterations = 6;
constexpr double kFirstPenalty = 10;
constexpr double kPenaltyGrowth = 5;
constexpr double kTolerance = 3e-8;   // on constraints, in model units
constexpr double kHingeWidth = 0.02;  // smoothing of max(0, g), in model units

linalg::MinimiseResult solve(const linalg::SmoothFunction& function, const Eigen::VectorXd& start, int evaluations) {
  linalg::MinimiseOptions options;
  options.max_evaluations = evaluations;
  options.gradient_tolerance = 1e-7;
  options.relative_decrease = 1e-11;
  return minimise_in_unit_box(function, start, options);
}

}  // namespace

double modelled_violation(const Eigen::VectorXd& values) { return values.tail(values.size() - 1).cwiseMax(0.0).sum(); }

bool ranks_before(const Eigen::VectorXd& a, const Eigen::VectorXd& b, double tolerance) {
  const double violation_a = std::max(0.0, modelled_violation(a) - tolerance);
  const double violation_b = std::max(0.0, modelled_violation(b) - tolerance);
  return violation_a != violation_b ? violation_a < violation_b : a[0] < b[0];
}

Eigen::VectorXd minimise_objective(const ModelFunction& function, const Eigen::VectorXd& start, const Box& box,
                                   int evaluations) {
  const ScaledBox scaled(box);
  const int constraints = function.outputs() - 1;
  Eigen::VectorXd multipliers = Eigen::VectorXd::Zero(constraints);
  double penalty = kFirstPenalty;
  Eigen::VectorXd values;
  Eigen::MatrixXd gradients;
  const auto lagrangian = [&](const Eigen::VectorXd& t, Eigen::VectorXd& gradient) {
    function.at(scaled.to_unit(t), values, &gradients);
    double value = values[0];
    gradient = gradients.col(0);
    for (int j = 0; j < constraints; ++j) {
      const double shifted = values[j + 1] + multipliers[j] / penalty;
      if (shifted <= 0) continue;
      value += 0.5 * penalty * shifted * shifted;
      gradient += penalty * shifted * gradients.col(j + 1);
    }
    gradient = gradient.cwiseProduct(scaled.width());
    return value;
  };
  Eigen::VectorXd t = scaled.from_unit(start);
  int left = evaluations;
  for (int outer = 0; outer < kOuterIterations && left > 5; ++outer) {
    const auto result = solve(lagrangian, t, std::max(10, left / 2));
    left -= result.evaluations;
    t = result.x;
    function.at(scaled.to_unit(t), values, nullptr);
    double worst = 0;  // of infeasibility and complementarity
    for (int j = 0; j < constraints; ++j) {
      const double g = values[j + 1];
      worst = std::max(worst, std::abs(std::max(g, -multipliers[j] / penalty)));
      multipliers[j] = std::max(0.0, multipliers[j] + penalty * g);
    }
    if (worst < kTolerance) break;
    penalty *= kPenaltyGrowth;
  }
  return scaled.to_unit(t);
}

Eigen::VectorXd minimise_violation(const ModelFunction& function, const Eigen::VectorXd& start, const Box& box,
                                   int evaluations) {
  const ScaledBox scaled(box);
  Eigen::VectorXd values;
  Eigen::MatrixXd gradients;
  const auto violation = [&](const Eigen::VectorXd& t, Eigen::VectorXd& gradient) {
    function.at(scaled.to_unit(t), values, &gradients);
    double sum = 0;
    gradient.setZero(t.size());
    for (int j = 1; j < function.outputs(); ++j) {
      const double g = values[j];
      const double root = std::hypot(g, kHingeWidth);
      sum += 0.5 * (root + g);
      gradient += 0.5 * (g / root + 1) * gradients.col(j);
    }
    gradient = gradient.cwiseProduct(scaled.width());
    return sum;
  };
  return scaled.to_unit(solve(violation, scaled.from_unit(start), evaluations).x);
}

}  // namespace exturbo::bo
