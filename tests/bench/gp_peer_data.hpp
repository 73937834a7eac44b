// The function on which Gaussian-process libraries were compared.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>

namespace exturbo::bench {

/// y_i = sum_j a_j sin(6 a_j x_j + j) + x1 x2 - 0.5 x3 x4 + 0.05 Phi^-1(frac(i (sqrt 5 - 1) / 2)), a_j = 2^(-(j-1)/3),
/// i = first, first + 1, ... >= 1, at points of the unit cube (d x n, d >= 4).
inline Eigen::VectorXd gp_peer_values(const Eigen::MatrixXd& points, Eigen::Index first = 1) {
  Eigen::VectorXd values(points.cols());
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    const auto x = points.col(i);
    double y = x[0] * x[1] - 0.5 * x[2] * x[3];
    for (Eigen::Index j = 0; j < points.rows(); ++j) {
      const double a = std::exp2(-static_cast<double>(j) / 3.0);
      y += a * std::sin(6 * a * x[j] + static_cast<double>(j) + 1);
    }
    double whole = 0;
    const double share = std::modf(static_cast<double>(first + i) * (std::sqrt(5.0) - 1) / 2, &whole);
    values[i] = y + 0.05 * std::sqrt(2.0) * boost::math::erf_inv(2 * share - 1);
  }
  return values;
}

}  // namespace exturbo::bench
