// Claims of the Sobol points.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/sobol.hpp"

#include <gtest/gtest.h>

namespace exturbo::gp {
namespace {

TEST(Sobol, FirstPointsAreTheJoeKuoSequence) {
  const Eigen::MatrixXd points = sobol_points(6, 4);
  Eigen::MatrixXd expected(6, 4);
  expected << 0.5, 0.75, 0.25, 0.375,  //
      0.5, 0.25, 0.75, 0.375,          //
      0.5, 0.25, 0.75, 0.625,          //
      0.5, 0.25, 0.75, 0.875,          //
      0.5, 0.75, 0.25, 0.375,          //
      0.5, 0.75, 0.25, 0.125;
  EXPECT_EQ(points, expected);
}

TEST(Sobol, ShiftedPointsStayEvenAndInsideTheCube) {
  core::RandomStream stream(9, 0, core::Purpose::kTest);
  const Eigen::MatrixXd points = shifted_sobol_points(5, 64, stream);
  EXPECT_GT(points.minCoeff(), 0);
  EXPECT_LT(points.maxCoeff(), 1);
  // One missing point (the origin's image) of a net of 64: every eighth of each axis holds 8 points, or 7.
  for (Eigen::Index j = 0; j < 5; ++j) {
    for (int slab = 0; slab < 8; ++slab) {
      const auto inside = (points.row(j).array() * 8).floor() == slab;
      EXPECT_GE(inside.count(), 7);
      EXPECT_LE(inside.count(), 9);
    }
  }
}

TEST(Sobol, ShiftFollowsTheStream) {
  core::RandomStream a(9, 0, core::Purpose::kTest), b(9, 0, core::Purpose::kTest), c(9, 1, core::Purpose::kTest);
  const Eigen::MatrixXd first = shifted_sobol_points(3, 8, a);
  EXPECT_EQ(first, shifted_sobol_points(3, 8, b));
  EXPECT_NE(first, shifted_sobol_points(3, 8, c));
}

}  // namespace
}  // namespace exturbo::gp
