// Data for the tests of gp.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <numbers>

#include "exturbo/core/random.hpp"
#include "exturbo/gp/sobol.hpp"

namespace exturbo::gp {

struct Data {
  Eigen::MatrixXd points;   // d x n
  Eigen::VectorXd targets;  // n
};

inline Data random_data(Eigen::Index d, Eigen::Index n, std::uint64_t index) {
  core::RandomStream stream(11, index, core::Purpose::kTest);
  Data data{Eigen::MatrixXd(d, n), Eigen::VectorXd(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < d; ++j) data.points(j, i) = stream.uniform();
    data.targets[i] = std::sin(4 * data.points(0, i)) + data.points(d - 1, i) + 0.1 * stream.normal();
  }
  return data;
}

/// Inverse of the standard normal distribution function, by bisection: slow and plain.
inline double normal_quantile(double p) {
  double low = -10, high = 10;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (0.5 * std::erfc(-middle / std::numbers::sqrt2) < p ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

/// y = sum_j a_j sin(6 a_j x_j + j) + x1 x2 - 0.5 x3 x4 + 0.05 Phi^-1(frac(i (sqrt 5 - 1) / 2)), a_j = 2^(-(j-1)/3), at
/// the first n Sobol points after the origin, standardised: the set on which GP libraries were compared.
inline Data comparison_data(Eigen::Index n, Eigen::Index d) {
  Data data{sobol_points(d, n), Eigen::VectorXd(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto x = data.points.col(i);
    double y = x[0] * x[1] - 0.5 * x[2] * x[3];
    for (Eigen::Index j = 0; j < d; ++j) {
      const double a = std::pow(2.0, -static_cast<double>(j) / 3);
      y += a * std::sin(6 * a * x[j] + static_cast<double>(j + 1));
    }
    const double turn = static_cast<double>(i + 1) * (std::sqrt(5.0) - 1) / 2;
    data.targets[i] = y + 0.05 * normal_quantile(turn - std::floor(turn));
  }
  data.targets.array() -= data.targets.mean();
  data.targets /= std::sqrt(data.targets.squaredNorm() / static_cast<double>(n));
  return data;
}

}  // namespace exturbo::gp
