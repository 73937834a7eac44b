// A run as numbers: best first, holes kept, and how many make the tuning set.
// SPDX-License-Identifier: BSD-3-Clause
#include "sensitivity/run_data.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sensitivity/limits.hpp"

using namespace exturbo;

namespace {

problem::Problem small_problem() {
  problem::Problem problem;
  problem.variables = {{"w", 1, 100, problem::Scale::kLog, 0, false, "", 1, {}},
                       {"v", 0, 0, problem::Scale::kLinear, 0, false, "w", 2, {}},
                       {"c", 0, 10, problem::Scale::kLinear, 0, false, "", 1, {}}};
  problem.metrics.push_back({"power", problem::MetricKind::kMeasure, "b", "power", "", "", {}, "W"});
  problem.objective = {"power", 1};
  return problem;
}

run::Evaluation evaluation(int index, double w, double c, double cost, bool feasible, const char* status = "ok") {
  run::Evaluation e;
  e.index = index;
  e.variables = {{"w", w}, {"v", 2 * w}, {"c", c}};
  e.status = status;
  e.cost = cost;
  e.feasible = feasible;
  if (!e.failed()) e.metrics["power"] = cost;
  return e;
}

TEST(RunData, IsBestFirstInTheUnitCube) {
  const auto data = sensitivity::collect(
      small_problem(), {evaluation(1, 1, 0, 3, false, "no_convergence"), evaluation(2, 10, 5, 2, false),
                        evaluation(3, 100, 10, 0.5, true), evaluation(4, 1, 2.5, 0.4, true)});
  ASSERT_EQ(data.size(), 4);
  EXPECT_EQ(data.variables, (std::vector<std::string>{"w", "c"}));
  EXPECT_EQ(data.metrics, (std::vector<std::string>{"power", "J"}));
  EXPECT_NEAR(data.points(0, 0), 0, 1e-12);  // evaluation 4
  EXPECT_NEAR(data.points(1, 0), 0.25, 1e-12);
  EXPECT_NEAR(data.points(0, 2), 0.5, 1e-12);  // evaluation 2
  EXPECT_EQ(data.values(1, 0), 0.5);
  EXPECT_TRUE(std::isnan(data.values(3, 0)));
  EXPECT_EQ(data.values(3, 1), 3);
  EXPECT_EQ(data.metric("J"), 1);
  EXPECT_EQ(data.metric("gain"), -1);
}

TEST(RunData, TuningSetIsAFewPerCentOrWhatModelsNeed) {
  sensitivity::RunData data;
  data.points.resize(20, 400);
  EXPECT_EQ(sensitivity::tuning_size(data), 60);
  data.points.resize(20, 200);
  EXPECT_EQ(sensitivity::tuning_size(data), 40);
  data.points.resize(5, 100);
  EXPECT_EQ(sensitivity::tuning_size(data), 30);
  data.points.resize(5, 12);
  EXPECT_EQ(sensitivity::tuning_size(data), 12);
}

TEST(TightenedBound, TakesTheStepOfTheUnit) {
  EXPECT_DOUBLE_EQ(sensitivity::tightened_bound("dB", 70, true), 71);
  EXPECT_DOUBLE_EQ(sensitivity::tightened_bound("dB", -60, false), -61);
  EXPECT_DOUBLE_EQ(sensitivity::tightened_bound("deg", 60, true), 63);
  EXPECT_DOUBLE_EQ(sensitivity::tightened_bound("share of Vdd", 0.85, true), 0.87);
  EXPECT_DOUBLE_EQ(sensitivity::tightened_bound("share of Vdd", 0.2, false), 0.18);
  EXPECT_DOUBLE_EQ(sensitivity::tightened_bound("Hz", 1e7, true), 1.1e7);
  EXPECT_DOUBLE_EQ(sensitivity::tightened_bound("V", 1e-3, false), 0.9e-3);
}

}  // namespace
