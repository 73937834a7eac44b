// Claims of the stationary kernels.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/kernel_matrix.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

double formula(Kernel kernel, double r, double s2) {
  if (kernel == Kernel::kRbf) return s2 * std::exp(-0.5 * r * r);
  const double a = std::sqrt(5.0) * r;
  return s2 * (1 + a + a * a / 3) * std::exp(-a);
}

class KernelMatrix : public ::testing::TestWithParam<Kernel> {};
INSTANTIATE_TEST_SUITE_P(Kernels, KernelMatrix, ::testing::Values(Kernel::kMatern52, Kernel::kRbf));

TEST_P(KernelMatrix, ValuesMatchTheFormulaPairByPair) {
  const Data a = random_data(4, 9, 1);
  const Data b = random_data(4, 7, 2);
  const Eigen::Vector4d lengthscales(0.3, 1.0, 2.5, 0.8);
  const Eigen::MatrixXd k =
      kernel_matrix(GetParam(), scale_points(a.points, lengthscales), scale_points(b.points, lengthscales), 1.7);
  for (Eigen::Index i = 0; i < 9; ++i) {
    for (Eigen::Index j = 0; j < 7; ++j) {
      const double r = (a.points.col(i) - b.points.col(j)).cwiseQuotient(lengthscales).norm();
      EXPECT_NEAR(k(i, j), formula(GetParam(), r, 1.7), 1e-13);
    }
  }
}

TEST(SquaredDistances, OfEqualPointsAreZeroOrRoundOff) {
  const Data a = random_data(6, 20, 3);
  Eigen::MatrixXd r2;
  squared_distances(a.points, a.points, r2);
  EXPECT_GE(r2.minCoeff(), 0);
  EXPECT_LT(r2.diagonal().maxCoeff(), 1e-14);
  Eigen::MatrixXd lower;
  squared_distances_lower(a.points, lower);
  EXPECT_EQ(lower.diagonal().cwiseAbs().maxCoeff(), 0);
  EXPECT_LT((lower - r2).triangularView<Eigen::Lower>().toDenseMatrix().norm(), 1e-13);
}

TEST_P(KernelMatrix, SlopeIsMinusTwiceTheDerivativeInTheSquaredDistance) {
  for (const double r2 : {1e-4, 0.1, 1.0, 9.0}) {
    Eigen::MatrixXd k = Eigen::MatrixXd::Constant(1, 1, r2);
    Eigen::MatrixXd slope;
    kernel_with_slope_lower(GetParam(), k, slope, 1.3);
    const double h = 1e-6 * r2;
    const double difference =
        (formula(GetParam(), std::sqrt(r2 + h), 1.3) - formula(GetParam(), std::sqrt(r2 - h), 1.3)) / (2 * h);
    EXPECT_NEAR(k(0, 0), formula(GetParam(), std::sqrt(r2), 1.3), 1e-14);
    EXPECT_NEAR(slope(0, 0), -2 * difference, 1e-5 * std::abs(difference));
  }
}

}  // namespace
}  // namespace exturbo::gp
