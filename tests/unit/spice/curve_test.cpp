// Interpolation of sampled curves.
// SPDX-License-Identifier: BSD-3-Clause
#include "spice/measures/curve.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace exturbo::spice {
namespace {

Curve sampled(double (*function)(double), double from, double to, int count) {
  Curve curve;
  for (int i = 0; i < count; ++i) {
    curve.x.push_back(from + (to - from) * i / (count - 1));
    curve.y.push_back(function(curve.x.back()));
  }
  return curve;
}

TEST(Curve, CubicIsReproducedExactlyEverywhere) {
  const Curve curve = sampled([](double x) { return 1 + x * (2 + x * (3 - x)); }, -1, 2, 7);
  for (double x = -1; x <= 2; x += 0.05) EXPECT_NEAR(curve.value(x), 1 + x * (2 + x * (3 - x)), 1e-12);
}

TEST(Curve, FewPointsGiveLowerOrders) {
  EXPECT_EQ((Curve{{1}, {5}}.value(3)), 5);
  EXPECT_NEAR((Curve{{1, 2}, {5, 7}}.value(3)), 9, 1e-12);
}

TEST(Curve, CrossingsAreFirstAndLastOfTheirSide) {
  const Curve curve = sampled([](double x) { return std::sin(x); }, 0.5, 12, 200);
  EXPECT_NEAR(curve.crossing(0, 0.5).value(), M_PI, 1e-6);
  EXPECT_NEAR(curve.crossing(0, 4).value(), 2 * M_PI, 1e-6);
  EXPECT_NEAR(curve.crossing_before(0, 9).value(), 2 * M_PI, 1e-6);
  EXPECT_FALSE(curve.crossing(2, 0.5));
  EXPECT_FALSE(curve.crossing_before(0, 2));
}

TEST(Curve, SortingDropsRepeatedPoints) {
  const Curve curve = sorted_curve({2, 1, 1, 0}, {20, 10, 11, 0});
  EXPECT_EQ(curve.x, (std::vector<double>{0, 1, 2}));
  EXPECT_EQ(curve.y, (std::vector<double>{0, 10, 20}));
}

TEST(Curve, SlopesStandAtTheMidpoints) {
  const Curve slopes = Curve{{0, 1, 3}, {0, 2, 4}}.slopes();
  EXPECT_EQ(slopes.x, (std::vector<double>{0.5, 2}));
  EXPECT_EQ(slopes.y, (std::vector<double>{2, 1}));
}

}  // namespace
}  // namespace exturbo::spice
