// Claims of the search space.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/bo/search_space.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "exturbo/core/fault.hpp"
#include "exturbo/core/random.hpp"

namespace exturbo::bo {
namespace {

SearchSpace mixed_space() {
  return SearchSpace({{"linear", -5, 10},
                      {"log", 1e-7, 1e-3, Scale::kLog},
                      {"grid", 0.18, 20, Scale::kLog, 0.05},
                      {"count", 1, 9, Scale::kLinear, 0, true}});
}

TEST(SearchSpace, MapsEndsAndMiddle) {
  const SearchSpace space = mixed_space();
  const std::vector<double> low = space.to_values({0, 0, 0, 0});
  EXPECT_EQ(low[0], -5);
  EXPECT_DOUBLE_EQ(low[1], 1e-7);
  EXPECT_DOUBLE_EQ(low[2], 0.2);  // first multiple of 0.05 inside
  EXPECT_EQ(low[3], 1);
  const std::vector<double> middle = space.to_values({0.5, 0.5, 0.5, 0.5});
  EXPECT_DOUBLE_EQ(middle[0], 2.5);
  EXPECT_NEAR(middle[1], 1e-5, 1e-17);
  EXPECT_EQ(middle[3], 5);
  EXPECT_EQ(space.to_values({2, -1, 0.5, 0.5})[0], 10);
}

TEST(SearchSpace, RoundedPointsAreFixedPoints) {
  const SearchSpace space = mixed_space();
  core::RandomStream stream(1, 0, core::Purpose::kTest);
  for (int i = 0; i < 500; ++i) {
    const std::vector<double> unit{stream.uniform(), stream.uniform(), stream.uniform(), stream.uniform()};
    const std::vector<double> values = space.to_values(unit);
    const std::vector<double> rounded = space.to_unit(values);
    const std::vector<double> again = space.to_values(rounded);
    EXPECT_EQ(again[2], values[2]);
    EXPECT_EQ(again[3], values[3]);
    EXPECT_NEAR(again[1], values[1], 1e-12 * values[1]);
    EXPECT_NEAR(rounded[0], unit[0], 1e-15);
    const double steps = values[2] / 0.05;
    EXPECT_NEAR(steps, std::round(steps), 1e-9);
    EXPECT_EQ(values[3], std::round(values[3]));
    for (const double u : rounded) {
      EXPECT_GE(u, 0);
      EXPECT_LE(u, 1);
    }
  }
}

TEST(SearchSpace, GridValuesAreTheDoublesThatPeopleWrite) {
  const SearchSpace space({{"w", 1e-6, 1e-4, Scale::kLog, 10e-9}, {"l", 45e-9, 1e-6, Scale::kLog, 5e-9}});
  EXPECT_EQ(space.round_values({19.981e-6, 101e-9})[0], 1.998e-05);
  EXPECT_EQ(space.round_values({19.981e-6, 101e-9})[1], 1e-07);
  EXPECT_EQ(space.round_values({1, 1})[0], 1e-4);
}

TEST(SearchSpace, ValuesAreClippedAndMissingOnesFilled) {
  const SearchSpace space = mixed_space();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> values = space.round_values({99, nan, 0.213, 3.4});
  EXPECT_EQ(values[0], 10);
  EXPECT_NEAR(values[1], 1e-5, 1e-15);
  EXPECT_DOUBLE_EQ(values[2], 0.2);
  EXPECT_EQ(values[3], 3);
}

TEST(SearchSpace, AllFaultsAtOnceWithTheVariablesNames) {
  try {
    SearchSpace space({{"a", 2, 1},
                       {"b", -1, 1, Scale::kLog},
                       {"c", 0, 1, Scale::kLinear, -0.1},
                       {"d", 0.3, 0.4, Scale::kLinear, 0, true}});
    FAIL() << "accepted";
  } catch (const core::InputError& error) {
    ASSERT_EQ(error.faults().size(), 4u);
    EXPECT_EQ(error.faults()[0].place, "a");
    EXPECT_EQ(error.faults()[1].place, "b");
    EXPECT_EQ(error.faults()[2].place, "c");
    EXPECT_EQ(error.faults()[3].place, "d");
  }
  EXPECT_THROW(SearchSpace({}), core::InputError);
  EXPECT_THROW(SearchSpace({{"x", 0, std::numeric_limits<double>::infinity()}}), core::InputError);
}

}  // namespace
}  // namespace exturbo::bo
