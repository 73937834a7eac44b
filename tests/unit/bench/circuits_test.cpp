// Circuits as problems of the benches: a common-source stage through the real simulator.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>

#include "circuit_evaluator.hpp"
#include "exturbo/sizing/simulate.hpp"
#include "exturbo/sizing/size.hpp"
#include "methods/method.hpp"
#include "sizing_trial.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;

namespace {

class CircuitsBench : public ::testing::Test {
 protected:
  void SetUp() override { problem_ = sizing::open_problem(test::write_tiny(folder_)); }
  test::TemporaryFolder folder_;
  problem::Problem problem_;
};

}  // namespace

TEST_F(CircuitsBench, TheCostIsTheProjectsJ) {
  bench::CircuitEvaluator evaluator(problem_, 2);
  const std::vector<std::vector<double>> points{{10e-6, 10e3}, {90e-6, 50e3}, {2e-6, 1e3}};
  const std::vector<bench::Measured> results = evaluator.evaluate(points);
  ASSERT_EQ(results.size(), points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const run::Json exact = sizing::simulate(problem_, {{"w1", points[i][0]}, {"rl", points[i][1]}});
    EXPECT_NEAR(results[i].cost, exact.at("cost").get<double>(), 1e-6);
    EXPECT_EQ(results[i].feasible, exact.at("status") == "feasible");
    EXPECT_EQ(results[i].outcome.constraints.size(), evaluator.scales().size());
  }
}

TEST_F(CircuitsBench, ResultsAreInTheOrderOfThePointsForAnyNumberOfWorkers) {
  std::vector<std::vector<double>> points;
  for (int i = 1; i <= 8; ++i) points.push_back({i * 10e-6, 5e3});
  const auto costs = [&](int workers) {
    bench::CircuitEvaluator evaluator(problem_, workers);
    std::vector<double> values;
    for (const bench::Measured& measured : evaluator.evaluate(points)) values.push_back(measured.outcome.objective);
    return values;
  };
  const std::vector<double> one = costs(1);
  EXPECT_EQ(one, costs(3));
  EXPECT_TRUE(std::is_sorted(one.begin(), one.end())) << "a wider transistor draws more";
}

TEST_F(CircuitsBench, ASizingRunIsATrialThatAnotherNumberOfWorkersRepeats) {
  sizing::SizeOptions options;
  options.budget = 16;
  const bench::TrialRecord one = bench::run_sizing(problem_, options, 1);
  EXPECT_EQ(one.evaluations, 16);
  ASSERT_GT(one.first_feasible, 0);
  EXPECT_EQ(one.improvements.front().first, one.first_feasible);
  EXPECT_EQ(bench::run_sizing(problem_, options, 2).improvements, one.improvements);
}

TEST_F(CircuitsBench, MethodsThatKnowNoCircuitsRunOnThem) {
  for (const char* name : {"scalar_turbo", "cma_es", "differential_evolution", "sobol"}) {
    bench::CircuitEvaluator evaluator(problem_, 2);
    bench::Trial trial(evaluator, 24, problem_.batch, 1);
    const bench::TrialRecord record = bench::run_method(bench::method(name), trial, {});
    EXPECT_EQ(record.evaluations, 24) << name;
    EXPECT_GT(record.first_feasible, 0) << name;
  }
}
