// Compares a covariance matrix with the exact one of the CPU.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "exturbo/core/random.hpp"
#include "exturbo/gp/exact_covariance.hpp"
#include "exturbo/gp/sobol.hpp"

namespace exturbo::gp {

/// What is compared.
struct Case {
  Eigen::Index n = 1, d = 1;
  Kernel kernel = Kernel::kMatern52;
  bool trend = false;
};

inline std::vector<Case> cases(const std::vector<Eigen::Index>& orders) {
  std::vector<Case> all;
  for (const Eigen::Index n : orders) {
    for (const Eigen::Index d : {1, 3, 20}) {
      for (const Kernel kernel : {Kernel::kMatern52, Kernel::kRbf})
        for (const bool trend : {false, true}) all.push_back({n, d, kernel, trend});
    }
  }
  return all;
}

inline Hyperparameters some_hyperparameters(const Case& c) {
  Hyperparameters h = Hyperparameters::defaults(c.d);
  for (Eigen::Index j = 0; j < c.d; ++j) h.lengthscales[j] *= 0.5 + 0.1 * static_cast<double>(j % 7);
  h.signal_variance = 1.7;
  h.noise_variance = 1e-2;
  h.kernel = c.kernel;
  if (c.trend) h.trend = {0.7, 0.4, 0.2};
  return h;
}

inline void expect_near(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, double relative, const char* what) {
  ASSERT_EQ(a.rows(), b.rows()) << what;
  ASSERT_EQ(a.cols(), b.cols()) << what;
  EXPECT_LE((a - b).norm(), relative * (b.norm() + 1e-300)) << what;
}

/// All that a covariance matrix tells, of one that has the points and the factor of `exact`.
inline void expect_same(const Covariance& tested, const Covariance& exact, const Eigen::MatrixXd& points) {
  const Eigen::Index n = exact.size(), d = points.rows();
  ASSERT_TRUE(tested.factored());
  ASSERT_EQ(tested.size(), n);
  EXPECT_EQ(tested.jitter(), exact.jitter());
  EXPECT_NEAR(tested.log_determinant(), exact.log_determinant(), 1e-10 * (1 + std::abs(exact.log_determinant())));
  const Eigen::MatrixXd right = Eigen::MatrixXd::NullaryExpr(
      n, 3, [](Eigen::Index i, Eigen::Index j) { return std::sin(1.0 + static_cast<double>(i * (j + 2))); });
  Eigen::MatrixXd a = right, b = right;
  tested.solve_in_place(a);
  exact.solve_in_place(b);
  expect_near(a, b, 1e-9, "solve");
  expect_near(tested.inverse_diagonal(), exact.inverse_diagonal(), 1e-9, "inverse diagonal");
  const Eigen::MatrixXd at = points.leftCols(std::min<Eigen::Index>(n, 9)).array() + 0.05;
  const Eigen::MatrixXd w = tested.weights(right), v = exact.weights(right);
  Eigen::MatrixXd means, expected;
  Eigen::VectorXd reductions, expected_reductions;
  tested.predict(at, w, means, &reductions);
  exact.predict(at, v, expected, &expected_reductions);
  expect_near(means, expected, 1e-8, "means");
  expect_near(reductions, expected_reductions, 1e-9, "reductions");
  core::RandomStream stream(1, 1, core::Purpose::kTest);
  const FourierFeatures features(d, 64, stream, exact.hyperparameters().kernel);
  const Eigen::MatrixXd prior = Eigen::MatrixXd::NullaryExpr(
      64, 3, [](Eigen::Index i, Eigen::Index j) { return std::cos(static_cast<double>(3 * i + j)); });
  tested.sample(at, features, prior, w, means);
  exact.sample(at, features, prior, v, expected);
  expect_near(means, expected, 1e-8, "samples");
  Eigen::VectorXd slope, expected_slope;
  EXPECT_NEAR(tested.predict_at(at.col(0), w.col(0), &slope), exact.predict_at(at.col(0), v.col(0), &expected_slope),
              1e-8);
  expect_near(slope, expected_slope, 1e-7, "slope of the mean");
  EXPECT_NEAR(tested.reduction_at(at.col(0), &slope), exact.reduction_at(at.col(0), &expected_slope), 1e-9);
  expect_near(slope, expected_slope, 1e-7, "slope of the reduction");
}

/// The likelihood's slopes, relative to the largest.
inline void expect_same_slopes(const Covariance& tested, const Covariance& exact) {
  const Eigen::Index n = exact.size();
  const Eigen::VectorXd residual =
      Eigen::VectorXd::NullaryExpr(n, [](Eigen::Index i) { return std::sin(2.0 + 0.37 * static_cast<double>(i)); });
  Eigen::MatrixXd alpha = residual;
  exact.solve_in_place(alpha);
  expect_near(tested.likelihood_slopes(residual, alpha), exact.likelihood_slopes(residual, alpha), 1e-8, "slopes");
}

}  // namespace exturbo::gp
