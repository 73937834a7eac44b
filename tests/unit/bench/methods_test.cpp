// The methods that the optimiser is compared with converge as their papers say, and keep to the rules of comparison.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "methods/method.hpp"
#include "problems/unconstrained.hpp"
#include "quartiles.hpp"
#include "test_evaluator.hpp"

using namespace exturbo::bench;

namespace {

/// The worst of three rng seeds.
double worst_best(const std::string& name, const BenchmarkProblem& problem, int budget) {
  double worst = 0;
  for (const std::uint64_t rng_seed : {1, 2, 3}) {
    TestEvaluator evaluator(problem);
    Trial trial(evaluator, budget, 10, rng_seed);
    worst = std::max(worst, run_method(method(name), trial, {}).best_at(budget));
  }
  return worst;
}

}  // namespace

TEST(CmaEs, ConvergesOnTheSphere) { EXPECT_LT(worst_best("cma_es", test_problem(10, sphere), 2500), 1e-9); }

TEST(CmaEs, LearnsTheValleyOfRosenbrock) { EXPECT_LT(worst_best("cma_es", test_problem(6, rosenbrock), 8000), 1e-9); }

TEST(DifferentialEvolution, ConvergesOnTheSphere) {
  EXPECT_LT(worst_best("differential_evolution", test_problem(10, sphere), 8000), 1e-6);
}

TEST(DifferentialEvolution, FollowsTheValleyOfRosenbrock) {
  EXPECT_LT(worst_best("differential_evolution", test_problem(3, rosenbrock), 10000), 1e-6);
}

TEST(Bobyqa, ConvergesOnTheSphereWithinTensOfEvaluations) {
  EXPECT_LT(worst_best("bobyqa", test_problem(10, sphere), 60), 1e-9);
}

TEST(Cobyla, HasTheConstraintsThemselves) {
  EXPECT_NEAR(worst_best("cobyla", test_problem(5, cut_sphere, {10}), 300), 5, 1e-4);
}

TEST(Methods, WithoutConstraintsOfTheirOwnHandleTheCost) {
  for (const char* name : {"cma_es", "differential_evolution"})
    EXPECT_NEAR(worst_best(name, test_problem(3, cut_sphere, {6}), 3000), 3, 1e-3) << name;
}

TEST(Methods, SpendTheBudgetExactlyInsideTheBox) {
  const BenchmarkProblem problem = test_problem(4, ackley);
  for (const Method& each : methods()) {
    TestEvaluator evaluator(problem);
    Trial trial(evaluator, 37, 10, 1);
    const TrialRecord record = run_method(each, trial, {});
    EXPECT_EQ(record.evaluations, 37) << each.name;
    EXPECT_EQ(evaluator.evaluations, 37) << each.name;
    EXPECT_TRUE(evaluator.all_inside) << each.name;
    EXPECT_EQ(each.sequential, evaluator.largest_batch == 1) << each.name;
  }
}

TEST(Methods, DoTheSameWithTheSameRngSeedAndStartElsewhereWithAnother) {
  const BenchmarkProblem problem = test_problem(4, ackley, {});
  for (const Method& each : methods()) {
    const auto run = [&](std::uint64_t rng_seed) {
      TestEvaluator evaluator(problem);
      Trial trial(evaluator, 40, 10, rng_seed);
      return std::pair(run_method(each, trial, {}).improvements, evaluator.first);
    };
    EXPECT_EQ(run(1), run(1)) << each.name;
    EXPECT_NE(run(1).second, run(2).second) << each.name;
    EXPECT_NE(run(1).second, std::vector<double>(4, 2.5)) << each.name << " starts at the centre";
  }
}

TEST(Exturbo, AsksRollingOnceTheResultsOneBatchBackAreTold) {
  const BenchmarkProblem problem = test_problem(4, ackley);
  TestEvaluator evaluator(problem);
  Trial trial(evaluator, 30, 10, 1);
  run_exturbo(trial, {1, true});
  EXPECT_EQ(evaluator.evaluations, 30);
  EXPECT_EQ(evaluator.largest_batch, 1U);
}

TEST(Quantile, IsLinearBetweenOrderStatistics) {
  EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 0.25), 1.75);
  EXPECT_DOUBLE_EQ(median({3, 1, 2}), 2);
  const double never = std::numeric_limits<double>::infinity();
  EXPECT_EQ(median({1, never, never}), never);
  EXPECT_EQ(median({1, 2, never}), 2);
  EXPECT_TRUE(std::isnan(median({})));
}
