// Claims of the trust region.
// SPDX-License-Identifier: BSD-3-Clause
#include "bo/trust_region.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace exturbo::bo {
namespace {

TEST(TrustRegion, GrowsOnSuccessesShrinksOnFailuresAndEnds) {
  Options options;
  options.success_tolerance = 2;
  options.failure_tolerance = 3;
  options.initial_length = 0.8;
  options.min_length = 0.15;
  TrustRegion region(options, 4);
  region.record(true);
  EXPECT_EQ(region.length(), 0.8);
  region.record(true);
  EXPECT_EQ(region.length(), 1.6);
  region.record(true);
  region.record(true);
  EXPECT_EQ(region.length(), 1.6);  // max_length
  for (int i = 0; i < 2; ++i) region.record(false);
  region.record(true);  // breaks the series
  for (int i = 0; i < 3; ++i) region.record(false);
  EXPECT_EQ(region.length(), 0.8);
  for (int i = 0; i < 9; ++i) region.record(false);
  EXPECT_TRUE(region.exhausted());
}

TEST(TrustRegion, JudgesABatchAsOne) {
  Options options;
  options.batch = 4;
  options.success_tolerance = 2;
  options.failure_tolerance = 8;  // evaluations: two rounds
  TrustRegion region(options, 4);
  const auto round = [&](bool improved) {
    for (int i = 0; i < 4; ++i) region.record(improved && i == 2);
  };
  round(true);
  round(true);
  EXPECT_EQ(region.length(), 1.6);
  round(false);
  EXPECT_EQ(region.length(), 1.6);
  round(false);
  EXPECT_EQ(region.length(), 0.8);
}

TEST(TrustRegion, BoxStaysInTheCubeAndHoldsTheCentre) {
  const TrustRegion region(Options{}, 3);
  const Eigen::Vector3d centre(0.05, 0.5, 1.0);
  const Eigen::Vector3d weights(0.5, 1, 2);
  const Box box = region.box(centre, weights);
  EXPECT_EQ(box.lower[0], 0);
  EXPECT_EQ(box.upper[2], 1);
  EXPECT_NEAR(box.upper[1] - box.lower[1], 0.8, 1e-12);
  EXPECT_TRUE((box.lower.array() <= centre.array()).all() && (box.upper.array() >= centre.array()).all());
}

TEST(TrustRegion, WeightsFollowLengthScalesWithinLimits) {
  Eigen::MatrixXd lengthscales(3, 2);
  lengthscales << 0.2, 0.2, 0.4, 0.4, 0.8, 0.8;
  const Eigen::VectorXd weights = side_weights(lengthscales);
  EXPECT_NEAR(weights[1], 1, 1e-12);
  EXPECT_NEAR(weights[2] / weights[0], 4, 1e-12);
  lengthscales(0, 0) = lengthscales(0, 1) = 1e-6;
  EXPECT_NEAR(side_weights(lengthscales)[0], 0.25, 1e-12);
}

}  // namespace
}  // namespace exturbo::bo
