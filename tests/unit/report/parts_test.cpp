// Claims about the parts: axes and quantities.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>

#include "axis.hpp"
#include "graphics.hpp"
#include "metric_text.hpp"

namespace exturbo::report::test {
namespace {

TEST(Axis, LinearTicksAreRoundAndInside) {
  const Axis axis(0, 408, 0, 100, false);
  EXPECT_EQ(axis.ticks(8), (std::vector<double>{0, 100, 200, 300, 400}));
  const Axis fraction(0.05, 0.35, 0, 100, false);
  ASSERT_EQ(fraction.ticks(3).size(), 3U);
  EXPECT_DOUBLE_EQ(fraction.ticks(3)[2], 0.3);
}

TEST(Axis, LogTicksAreDecadesWhenThereAreMany) {
  const Axis axis(1e-6, 10, 0, 100, true);
  for (const double tick : axis.ticks(8)) EXPECT_NEAR(std::log10(tick), std::round(std::log10(tick)), 1e-12);
  EXPECT_LE(axis.ticks(5).size(), 5U);
}

TEST(Axis, LogTicksAreOneTwoFiveWhenThereAreFew) {
  const Axis axis(0.4, 13, 0, 100, true);
  EXPECT_EQ(axis.ticks(6), (std::vector<double>{0.5, 1, 2, 5, 10}));
}

TEST(Axis, LogTicksAreDenserWithinADecade) {
  const Axis axis(70, 460, 0, 100, true);
  EXPECT_EQ(axis.ticks(6), (std::vector<double>{70, 100, 150, 200, 300}));
}

TEST(Axis, MapsEndsToEndsEitherWayRound) {
  const Axis axis(1, 100, 250, 10, true);
  EXPECT_DOUBLE_EQ(axis.pixel(1), 250);
  EXPECT_DOUBLE_EQ(axis.pixel(10), 130);
  EXPECT_DOUBLE_EQ(axis.pixel(100), 10);
}

TEST(Axis, SurvivesARangeWithoutWidth) {
  for (const double value : {0.0, 3.0, 1e-9}) {
    const Axis axis(value, value, 0, 100, value > 0);
    EXPECT_TRUE(std::isfinite(axis.pixel(value))) << value;
    EXPECT_FALSE(axis.ticks(5).empty()) << value;
    EXPECT_LT(axis.ticks(5).size(), 20U) << value;
  }
}

TEST(Quantity, WritesUnitsAsPeopleDo) {
  EXPECT_EQ(quantity(5.1e6, "V/s"), "5.1 V/µs");
  EXPECT_EQ(quantity(63.25, "deg"), "63.25°");
  EXPECT_EQ(quantity(0.02, "share of Vdd"), "0.02 Vdd");
  EXPECT_EQ(quantity(2.2e-8, "V/sqrt(Hz)"), "22 nV/√Hz");
  EXPECT_EQ(quantity(3.5e-4, "W"), "350 µW");
  EXPECT_EQ(quantity(NAN, "W"), "not finite");
}

TEST(SignedPercent, ShowsSmallMarginsAndBoundsLargeOnes) {
  EXPECT_EQ(signed_percent(0.0004), "+0.04 %");
  EXPECT_EQ(signed_percent(-0.0334), "-3.3 %");
  EXPECT_EQ(signed_percent(2.5), "+250 %");
  EXPECT_EQ(signed_percent(1e20), ">999 %");
}

TEST(Coordinate, HasNoMinusZeroAndNoTrailingZeros) {
  EXPECT_EQ(coordinate(-0.001), "0");
  EXPECT_EQ(coordinate(12.50), "12.5");
  EXPECT_EQ(coordinate(100), "100");
}

}  // namespace
}  // namespace exturbo::report::test
