// Claims of the candidate points.
// SPDX-License-Identifier: BSD-3-Clause
#include "bo/candidates.hpp"

#include <gtest/gtest.h>

namespace exturbo::bo {
namespace {

TEST(Candidates, LieInTheBoxAndDifferFromTheCentre) {
  const Eigen::VectorXd centre = Eigen::VectorXd::Constant(30, 0.4);
  const Box box{Eigen::VectorXd::Constant(30, 0.3), Eigen::VectorXd::Constant(30, 0.6)};
  core::RandomStream stream(1, 0, core::Purpose::kTest);
  const Eigen::MatrixXd points = candidate_points(box, centre, 200, stream);
  EXPECT_GE(points.minCoeff(), 0.3);
  EXPECT_LE(points.maxCoeff(), 0.6);
  int sparse = 0;
  for (Eigen::Index i = 0; i < 200; ++i) {
    const auto moved = ((points.col(i) - centre).array().abs() > 0).count();
    EXPECT_GE(moved, 1);
    sparse += moved < 15;
  }
  EXPECT_GT(sparse, 60);
  EXPECT_LT(sparse, 130);
}

}  // namespace
}  // namespace exturbo::bo
