// Claims of the output transforms.
// SPDX-License-Identifier: BSD-3-Clause
#include "bo/output_transform.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace exturbo::bo {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

TEST(OutputTransform, BilogIsOddMonotoneAndLinearNearZero) {
  EXPECT_EQ(bilog(0), 0);
  EXPECT_EQ(bilog(-3), -bilog(3));
  EXPECT_NEAR(bilog(1e-6), 1e-6, 1e-11);
  EXPECT_LT(bilog(10), bilog(11));
  EXPECT_NEAR(bilog(std::exp(1) - 1), 1, 1e-15);
}

TEST(OutputTransform, ConstraintsKeepTheirSignAndUnmeasuredOnesAreMissed) {
  const std::vector<double> g = transform_constraint({-2, 0, 3, kNoNumber}, 2, Transform::kAuto);
  EXPECT_LT(g[0], 0);
  EXPECT_EQ(g[1], 0);
  EXPECT_NEAR(g[2], std::log1p(1.5), 1e-15);
  EXPECT_GE(g[3], std::log(2.0));
  EXPECT_EQ(transform_constraint({6}, 2, Transform::kLinear)[0], 3);
}

TEST(OutputTransform, ObjectivesAreMonotoneAndTheIncumbentIsOneBelowTheQuartile) {
  const std::vector<double> values{5, 1, 2, 1e6, -4, kNoNumber};
  const std::vector<double> z = transform_objective(values, 1, Transform::kAuto);
  EXPECT_EQ(z[1], -1);
  EXPECT_LT(z[4], z[1]);
  EXPECT_LT(z[1], z[2]);
  EXPECT_LT(z[2], z[0]);
  EXPECT_LT(z[0], z[3]);
  EXPECT_LT(z[3], 20);  // a tail of six decades is compressed
  EXPECT_TRUE(std::isnan(z[5]));
}

TEST(OutputTransform, LogarithmOnlyOfPositiveObjectives) {
  const std::vector<double> decades = transform_objective({1e-6, 1e-5, 1e-4, 1e-3, 1e-2}, 1e-6, Transform::kLog);
  EXPECT_NEAR(decades[1] - decades[0], decades[3] - decades[2], 1e-12);  // equal steps
  const std::vector<double> mixed = transform_objective({-1, 1, 2}, 1, Transform::kLog);
  EXPECT_LT(mixed[0], mixed[1]);
}

TEST(OutputTransform, WithoutAReferenceTheLeastValueServes) {
  const std::vector<double> z = transform_objective({1, 2, 3}, kNoNumber, Transform::kAuto);
  EXPECT_EQ(z[0], -1);
}

}  // namespace
}  // namespace exturbo::bo
