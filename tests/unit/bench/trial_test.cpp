// A trial hands out its budget and records what was found.
// SPDX-License-Identifier: BSD-3-Clause
#include "trial.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "test_evaluator.hpp"

using namespace exturbo::bench;

TEST(Trial, CutsABatchAtTheEndOfItsBudget) {
  const BenchmarkProblem problem = test_problem(2, sphere);
  TestEvaluator evaluator(problem);
  Trial trial(evaluator, 3, 2, 1);
  EXPECT_EQ(trial.evaluate({{0, 0}, {1, 1}}).size(), 2U);
  EXPECT_EQ(trial.left(), 1);
  EXPECT_EQ(trial.evaluate({{2, 2}, {3, 3}}).size(), 1U);
  EXPECT_EQ(trial.evaluate({{4, 4}}).size(), 0U);
  EXPECT_EQ(evaluator.evaluations, 3);
}

TEST(Trial, RecordsTheFirstFeasiblePointAndEachBetterOne) {
  const BenchmarkProblem problem = test_problem(2, cut_sphere, {4});
  TestEvaluator evaluator(problem);
  Trial trial(evaluator, 10, 4, 1);
  trial.evaluate({{1, 1}, {4, 4}, {5, 5}, {3, 3}});
  EXPECT_EQ(trial.record().first_feasible, 2);
  EXPECT_EQ(trial.record().improvements, (std::vector<std::pair<int, double>>{{2, 18}, {4, 8}}));
  EXPECT_TRUE(std::isinf(trial.record().best_at(1)));
  EXPECT_EQ(trial.record().best_at(3), 18);
  EXPECT_EQ(trial.record().best_at(500), 8);
}

TEST(Trial, RoundsPointsOfTheUnitCubeToTheGrid) {
  BenchmarkProblem problem = test_problem(2, sphere);
  problem.space[0].integer = true;
  TestEvaluator evaluator(problem);
  Trial trial(evaluator, 1, 1, 1);
  trial.evaluate_unit({{0.43, 2.0}});
  EXPECT_EQ(evaluator.first, (std::vector<double>{1, 10}));
}

TEST(TrialRecord, WithoutAFeasiblePointIsInfinitelyLate) {
  TrialRecord record;
  record.add(false, -1);
  EXPECT_TRUE(std::isinf(record.first()));
  EXPECT_TRUE(std::isinf(record.best_at(1)));
}
