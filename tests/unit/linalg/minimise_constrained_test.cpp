// Claims of the minimiser under constraints.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/linalg/minimise_constrained.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace exturbo::linalg {
namespace {

/// Hock & Schittkowski 1981, problem 43 (Rosen-Suzuki): minimum -44 at (0, 1, 2, -1), two of three constraints active.
void rosen_suzuki(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd& gradients) {
  const Eigen::Vector4d curvature[] = {{1, 1, 2, 1}, {1, 1, 1, 1}, {1, 2, 1, 2}, {2, 1, 1, 0}};
  const Eigen::Vector4d slope[] = {{-5, -5, -21, 7}, {1, -1, 1, -1}, {-1, 0, 0, -1}, {2, -1, 0, -1}};
  const double bound[] = {0, 8, 10, 5};
  values.resize(4);
  gradients.resize(4, 4);
  for (int k = 0; k < 4; ++k) {
    values[k] = curvature[k].dot(x.cwiseAbs2()) + slope[k].dot(x) - bound[k];
    gradients.col(k) = 2 * curvature[k].cwiseProduct(x) + slope[k];
  }
}

const Eigen::Vector4d kLower = Eigen::Vector4d::Constant(-5), kUpper = Eigen::Vector4d::Constant(5);

TEST(MinimiseConstrained, FindsAnOptimumWhereConstraintsAreActive) {
  const MinimiseResult result = minimise_constrained(rosen_suzuki, 3, Eigen::Vector4d::Zero(), kLower, kUpper);
  EXPECT_EQ(result.termination, Termination::kConverged) << result.message;
  EXPECT_NEAR(result.value, -44, 1e-6);
  EXPECT_LT((result.x - Eigen::Vector4d(0, 1, 2, -1)).norm(), 1e-4);
  EXPECT_LT(result.evaluations, 30);
}

TEST(MinimiseConstrained, BoundsBindToo) {
  Eigen::Vector4d upper = kUpper;
  upper[2] = 1.5;
  const MinimiseResult result = minimise_constrained(rosen_suzuki, 3, Eigen::Vector4d::Zero(), kLower, upper);
  Eigen::VectorXd values;
  Eigen::MatrixXd gradients;
  rosen_suzuki(result.x, values, gradients);
  EXPECT_LE(values.tail(3).maxCoeff(), 1e-7);
  EXPECT_NEAR(result.x[2], 1.5, 1e-9);
  EXPECT_GT(result.value, -44);
  EXPECT_LT(result.value, -40);
}

TEST(MinimiseConstrained, WithoutConstraintsIsAPlainMinimum) {
  const auto bowl = [](const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd& gradients) {
    values = Eigen::VectorXd::Constant(1, (x.array() - 1).square().sum());
    gradients = 2 * (x.array() - 1).matrix();
  };
  const MinimiseResult result = minimise_constrained(bowl, 0, Eigen::Vector4d::Zero(), kLower, kUpper);
  EXPECT_LT((result.x.array() - 1).matrix().norm(), 1e-5);
}

TEST(MinimiseConstrained, LimitAndValuesThatAreNotFiniteKeepTheBestSeen) {
  ConstrainedOptions options;
  options.max_evaluations = 3;
  const MinimiseResult cut = minimise_constrained(rosen_suzuki, 3, Eigen::Vector4d::Zero(), kLower, kUpper, options);
  EXPECT_EQ(cut.termination, Termination::kEvaluationLimit);
  EXPECT_LE(cut.evaluations, 3);
  EXPECT_LE(cut.value, 0);
  int left = 2;
  const auto ends = [&](const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd& gradients) {
    rosen_suzuki(x, values, gradients);
    if (--left < 0) values[2] = std::numeric_limits<double>::quiet_NaN();
  };
  const MinimiseResult result = minimise_constrained(ends, 3, Eigen::Vector4d::Zero(), kLower, kUpper);
  EXPECT_EQ(result.termination, Termination::kStalled);
  EXPECT_FALSE(result.message.empty());
  EXPECT_TRUE(result.x.allFinite());
  const MinimiseResult none = minimise_constrained(ends, 3, Eigen::Vector4d::Ones(), kLower, kUpper);
  EXPECT_EQ(none.termination, Termination::kNoFiniteValue);
  EXPECT_EQ(none.x, Eigen::VectorXd(Eigen::Vector4d::Ones()));
}

TEST(MinimiseConstrained, WhatTheFunctionThrowsIsThrownOn) {
  const auto throws = [](const Eigen::VectorXd&, Eigen::VectorXd&, Eigen::MatrixXd&) {
    throw std::runtime_error("the device is gone");
  };
  EXPECT_THROW(minimise_constrained(throws, 3, Eigen::Vector4d::Zero(), kLower, kUpper), std::runtime_error);
}

}  // namespace
}  // namespace exturbo::linalg
