// Claims of the Matern-5/2 kernel.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/matern52.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

double matern52_of(double r, double s2) {
  const double a = std::sqrt(5.0) * r;
  return s2 * (1 + a + a * a / 3) * std::exp(-a);
}

TEST(Matern52, ValuesMatchTheFormulaPairByPair) {
  const Data a = random_data(4, 9, 1);
  const Data b = random_data(4, 7, 2);
  const Eigen::Vector4d lengthscales(0.3, 1.0, 2.5, 0.8);
  const Eigen::MatrixXd k = matern52(scale_points(a.points, lengthscales), scale_points(b.points, lengthscales), 1.7);
  for (Eigen::Index i = 0; i < 9; ++i) {
    for (Eigen::Index j = 0; j < 7; ++j) {
      const double r = (a.points.col(i) - b.points.col(j)).cwiseQuotient(lengthscales).norm();
      EXPECT_NEAR(k(i, j), matern52_of(r, 1.7), 1e-13);
    }
  }
}

TEST(Matern52, DistancesOfEqualPointsAreZeroOrRoundOff) {
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

TEST(Matern52, SlopeIsMinusTwiceTheDerivativeInTheSquaredDistance) {
  for (const double r2 : {1e-4, 0.1, 1.0, 9.0}) {
    Eigen::MatrixXd k = Eigen::MatrixXd::Constant(1, 1, r2);
    Eigen::MatrixXd slope;
    matern52_with_slope_lower(k, slope, 1.3);
    const double h = 1e-6 * r2;
    const double difference = (matern52_of(std::sqrt(r2 + h), 1.3) - matern52_of(std::sqrt(r2 - h), 1.3)) / (2 * h);
    EXPECT_NEAR(k(0, 0), matern52_of(std::sqrt(r2), 1.3), 1e-14);
    EXPECT_NEAR(slope(0, 0), -2 * difference, 1e-5 * std::abs(difference));
  }
}

}  // namespace
}  // namespace exturbo::gp
