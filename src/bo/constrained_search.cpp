// Local constrained minimum of modelled functions: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "constrained_search.hpp"

#include <algorithm>
#include <cmath>

#include "exturbo/linalg/minimise_constrained.hpp"
#include "scaled_box.hpp"

namespace exturbo::bo {
namespace {

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
  const int constraints = function.outputs() - 1;
  if (constraints == 0) return minimise_relaxed(function, start, box, evaluations);
  const ScaledBox scaled(box);
  const Eigen::VectorXd t = scaled.from_unit(start);
  const auto all = [&](const Eigen::VectorXd& at, Eigen::VectorXd& values, Eigen::MatrixXd& gradients) {
    function.at(scaled.to_unit(at), values, &gradients);
    gradients = scaled.width().asDiagonal() * gradients;
  };
  linalg::ConstrainedOptions options;
  options.max_evaluations = evaluations;
  options.constraint_tolerance = kSlack;
  options.step_tolerance = 1e-8;
  const Eigen::VectorXd lower = Eigen::VectorXd::Zero(t.size()), upper = Eigen::VectorXd::Ones(t.size());
  return scaled.to_unit(linalg::minimise_constrained(all, constraints, t, lower, upper, options).x);
}

Eigen::VectorXd minimise_relaxed(const ModelFunction& function, const Eigen::VectorXd& start, const Box& box,
                                 int evaluations) {
  const ScaledBox scaled(box);
  Eigen::VectorXd values;
  Eigen::MatrixXd gradients;
  const auto objective = [&](const Eigen::VectorXd& t, Eigen::VectorXd& gradient) {
    function.at(scaled.to_unit(t), values, &gradients);
    gradient = gradients.col(0).cwiseProduct(scaled.width());
    return values[0];
  };
  return scaled.to_unit(solve(objective, scaled.from_unit(start), evaluations).x);
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
