// The benchmark problems have the optima that the literature states.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "function_evaluator.hpp"
#include "problems/benchmark_problems.hpp"
#include "problems/held_out_unconstrained.hpp"

using namespace exturbo;
using namespace exturbo::bench;

TEST(BenchmarkProblems, HaveTheirKnownOptimaInsideTheirBoxes) {
  for (const BenchmarkProblem& problem : benchmark_problems()) {
    SCOPED_TRACE(problem.name);
    ASSERT_EQ(problem.optimum.point.size(), problem.space.size());
    for (std::size_t i = 0; i < problem.space.size(); ++i) {
      EXPECT_GE(problem.optimum.point[i], problem.space[i].lower);
      EXPECT_LE(problem.optimum.point[i], problem.space[i].upper);
    }
    const bo::Outcome outcome = problem.evaluate(problem.optimum.point);
    EXPECT_NEAR(outcome.objective, problem.optimum.objective, problem.optimum.tolerance);
    ASSERT_EQ(outcome.constraints.size(), problem.scales.size());
    for (std::size_t i = 0; i < problem.scales.size(); ++i)
      EXPECT_LE(outcome.constraints[i], 1e-6 * problem.scales[i]) << "constraint " << i + 1;
  }
}

TEST(BenchmarkProblems, HaveNoKnownOptimumAtTheCentreOfTheirBox) {
  for (const BenchmarkProblem& problem : benchmark_problems()) {
    bool central = true;
    for (std::size_t i = 0; i < problem.space.size(); ++i) {
      const double middle = 0.5 * (problem.space[i].lower + problem.space[i].upper);
      central = central && problem.optimum.point[i] == middle;
    }
    EXPECT_FALSE(central) << problem.name;
  }
}

TEST(BenchmarkProblems, AreNamedOnceAndHaveTheBatchOfTheirKind) {
  std::set<std::string> names;
  for (const BenchmarkProblem& problem : benchmark_problems()) {
    EXPECT_TRUE(names.insert(problem.name).second) << problem.name;
    EXPECT_EQ(problem.batch, problem.scales.empty() ? 10 : 4) << problem.name;
  }
  EXPECT_EQ(names.size(), 20U);
}

TEST(TurnedFunctions, AreNoSumOverVariables) {
  // Of a sum, what two steps change is what each changes.
  std::vector<double> x(10, 0.3), both = x, first = x, second = x;
  both[0] = first[0] = 1.7;
  both[1] = second[1] = -0.9;
  const auto value = [](const std::vector<double>& point) { return turned_rastrigin(point).objective; };
  EXPECT_GT(std::abs(value(both) - value(first) - value(second) + value(x)), 1e-3);
}

TEST(ScalarCost, RanksFeasibleBeforeInfeasibleAndThenByObjectiveOrViolation) {
  BenchmarkProblem problem;
  problem.scales = {10, 1};
  problem.reference = 5;
  const auto cost = [&](double objective, double first, double second) {
    return scalar_cost(problem, {false, objective, {first, second}});
  };
  EXPECT_LT(cost(-100, 0, 0), cost(-99, -1, 0));
  EXPECT_LT(cost(-1, 0, 0), cost(1, 0, 0));
  EXPECT_GT(cost(-1e12, 0, 0), 0);
  EXPECT_LE(cost(1e12, 0, 0), 1);
  EXPECT_DOUBLE_EQ(cost(0, 5, -3), 1.5) << "half of its scale";
  EXPECT_DOUBLE_EQ(cost(0, 500, 0.25), 2.25) << "capped at 1";
  EXPECT_DOUBLE_EQ(cost(0, std::nan(""), -1), 2) << "not measured";
  EXPECT_LE(cost(0, 9e-9, 9e-10), 1) << "met to 1e-9 of the scale";
  EXPECT_GT(cost(0, 2e-8, 0), 1);
}
