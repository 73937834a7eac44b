// Violations, cost J, worst corner, and what the optimiser is told.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/cost.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace exturbo;
using sizing::violation;

namespace {

problem::Spec spec(const std::string& metric, std::optional<double> min, std::optional<double> max, double scale = 1) {
  return {metric, min, max, scale, false, std::nullopt, std::nullopt};
}

problem::Problem small_problem() {
  problem::Problem problem;
  problem.metrics.push_back({"dc_gain", problem::MetricKind::kMeasure, "b", "dc_gain", "", "", {}, "dB"});
  problem.metrics.push_back({"power", problem::MetricKind::kMeasure, "b", "power", "", "", {}, "W"});
  problem.metrics.push_back(
      {"input_noise", problem::MetricKind::kMeasure, "b", "input_noise", "", "", {}, "V/sqrt(Hz)"});
  problem.specs = {spec("dc_gain", 70, std::nullopt), spec("power", std::nullopt, 300e-6, 1e-6)};
  problem.objective = {"power", 300e-6};
  problem.corners = {{"tt", "tt", 27, {}}, {"ss", "ss", 125, {}}};
  return problem;
}

run::Evaluation measured(double gain_tt, double gain_ss, double power_tt, double power_ss) {
  run::Evaluation evaluation;
  evaluation.index = 1;
  evaluation.status = "ok";
  evaluation.corners = {{"tt", {{"dc_gain", gain_tt}, {"power", power_tt}, {"input_noise", 1e-8}}, {}, {}},
                        {"ss", {{"dc_gain", gain_ss}, {"power", power_ss}, {"input_noise", 9e-8}}, {}, {}}};
  return evaluation;
}

}  // namespace

TEST(Violation, IsRelativeToTheLargerOfBoundAndScaleAndCappedAtOne) {
  const double low = 63;
  EXPECT_DOUBLE_EQ(violation(spec("m", 70, {}), &low), 0.1);
  const double high = 75;
  EXPECT_EQ(violation(spec("m", 70, {}), &high), 0);
  const double far = -1e9;
  EXPECT_EQ(violation(spec("m", 70, {}), &far), 1);
  const double offset = 2e-3;
  EXPECT_DOUBLE_EQ(violation(spec("m", {}, 1e-3), &offset), 1e-3) << "scale 1 unless given";
  EXPECT_DOUBLE_EQ(violation(spec("m", {}, 1e-3, 1e-4), &offset), 1);
  EXPECT_EQ(violation(spec("m", 70, {}), nullptr), 1);
}

TEST(Judge, TakesTheWorstCornerInTheSenseOfTheSpec) {
  const auto problem = small_problem();
  auto evaluation = measured(80, 72, 200e-6, 240e-6);
  sizing::judge(problem, evaluation);
  EXPECT_EQ(evaluation.metrics.at("dc_gain"), 72);
  EXPECT_EQ(evaluation.metrics.at("power"), 240e-6);
  EXPECT_EQ(evaluation.metrics.at("input_noise"), 1e-8) << "without a spec: the first corner";
  EXPECT_TRUE(evaluation.feasible);
  EXPECT_DOUBLE_EQ(evaluation.cost, 0.8);
}

TEST(Judge, CostIsOnePlusTheViolationsWhileASpecIsViolated) {
  const auto problem = small_problem();
  auto evaluation = measured(80, 63, 200e-6, 330e-6);
  sizing::judge(problem, evaluation);
  EXPECT_FALSE(evaluation.feasible);
  EXPECT_DOUBLE_EQ(evaluation.cost, 1 + 0.1 + 0.1);
  EXPECT_EQ(sizing::violated_specs(problem, evaluation), (std::vector<std::string>{"dc_gain", "power"}));
}

TEST(Judge, AnUnmeasurableMetricCountsOneAndSaysWhyAndWhere) {
  const auto problem = small_problem();
  auto evaluation = measured(80, 75, 200e-6, 200e-6);
  evaluation.corners[1].metrics.erase("dc_gain");
  evaluation.corners[1].unmeasured["dc_gain"] = "no output";
  sizing::judge(problem, evaluation);
  EXPECT_DOUBLE_EQ(evaluation.cost, 2);
  EXPECT_EQ(evaluation.unmeasured.at("dc_gain"), "ss: no output");
}

TEST(Judge, AFailedEvaluationCostsOnePlusTheNumberOfSpecs) {
  const auto problem = small_problem();
  auto evaluation = measured(80, 75, 200e-6, 200e-6);
  evaluation.status = "no_convergence";
  sizing::judge(problem, evaluation);
  EXPECT_EQ(evaluation.cost, 3);
  EXPECT_TRUE(sizing::to_outcome(problem, evaluation).failed);
}

TEST(Judge, CostOfAFeasibleDesignIsClipped) {
  auto problem = small_problem();
  problem.objective.reference = 100e-6;
  auto evaluation = measured(80, 75, 200e-6, 200e-6);
  sizing::judge(problem, evaluation);
  EXPECT_EQ(evaluation.cost, 1);
}

TEST(ToOutcome, SlacksHaveTheSignAndTheNaturalUnitOfEachMetric) {
  const auto problem = small_problem();
  auto evaluation = measured(80, 60, 200e-6, 300e-6 * std::exp(1.0));
  sizing::judge(problem, evaluation);
  const bo::Outcome outcome = sizing::to_outcome(problem, evaluation);
  ASSERT_EQ(outcome.constraints.size(), 2U);
  EXPECT_DOUBLE_EQ(outcome.constraints[0], 1) << "10 dB short";
  EXPECT_NEAR(outcome.constraints[1], 1, 1e-12) << "a factor e too much";
  EXPECT_EQ(sizing::constraint_count(problem), 2);
}

TEST(ToOutcome, UnmeasuredIsNotANumber) {
  const auto problem = small_problem();
  auto evaluation = measured(80, 60, 200e-6, 200e-6);
  evaluation.corners[0].metrics.erase("dc_gain");
  sizing::judge(problem, evaluation);
  EXPECT_TRUE(std::isnan(sizing::to_outcome(problem, evaluation).constraints[0]));
}

TEST(RelativeMargin, IsPositiveWhereTheSpecIsMet) {
  EXPECT_DOUBLE_EQ(sizing::relative_margin(spec("m", 70, {}), 77), 0.1);
  EXPECT_DOUBLE_EQ(sizing::relative_margin(spec("m", {}, -60), -66), 0.1);
  EXPECT_DOUBLE_EQ(sizing::relative_margin(spec("m", {}, 1e-3), 2e-3), -1);
}
