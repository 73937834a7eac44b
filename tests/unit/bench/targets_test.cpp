// Targets are compared to the digits they are printed with.
// SPDX-License-Identifier: BSD-3-Clause
#include "targets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "problems/benchmark_problems.hpp"

using namespace exturbo::bench;

TEST(Targets, AreComparedToTheirDigits) {
  EXPECT_TRUE(meets({"", 100, "3.0"}, 3.049));
  EXPECT_FALSE(meets({"", 100, "3.0"}, 3.06));
  EXPECT_TRUE(meets({"", 200, "2996.35"}, 2996.3549));
  EXPECT_FALSE(meets({"", 200, "2996.35"}, 2996.3551));
  EXPECT_TRUE(meets({"", 100, "-3.322"}, -3.3218));
  EXPECT_FALSE(meets({"", 100, "-3.322"}, -3.3212));
  EXPECT_TRUE(meets({"", 0, "17"}, 17));
  EXPECT_FALSE(meets({"", 0, "17"}, 17.5));
  EXPECT_FALSE(meets({"", 0, "17"}, std::numeric_limits<double>::infinity()));
}

TEST(Targets, AreOfProblemsThatAreThereAndReachTheirBudget) {
  for (const BenchmarkProblem& problem : benchmark_problems()) {
    for (const Target& target : targets_of(problem.name)) EXPECT_LE(target.at, problem.budget) << problem.name;
    EXPECT_EQ(targets_of(problem.name).empty(), problem.group == "held_out" || problem.name == "rosenbrock14")
        << problem.name;
  }
}
