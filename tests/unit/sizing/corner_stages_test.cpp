// On which corners a design is simulated first, and when it goes on to the others.
// SPDX-License-Identifier: BSD-3-Clause
#include "sizing/corner_stages.hpp"

#include <gtest/gtest.h>

#include "exturbo/sizing/cost.hpp"

using namespace exturbo;
using sizing::CornerStages;
using sizing::CornerStrategy;
using Corners = std::vector<std::size_t>;

namespace {

constexpr std::size_t kCorners = 9;

/// Nine corners c0 .. c8; gain >= 70 dB and power <= 300 uW.
problem::Problem nine_corners() {
  problem::Problem problem;
  problem.metrics.push_back({"dc_gain", problem::MetricKind::kMeasure, "b", "dc_gain", "", "", {}, "dB"});
  problem.metrics.push_back({"power", problem::MetricKind::kMeasure, "b", "power", "", "", {}, "W"});
  problem.specs = {{"dc_gain", 70, {}, 1, false, {}, {}}, {"power", {}, 300e-6, 1e-6, false, {}, {}}};
  problem.objective = {"power", 300e-6};
  for (std::size_t i = 0; i < kCorners; ++i) problem.corners.push_back({"c" + std::to_string(i), "tt", 27, {}});
  return problem;
}

/// An evaluation on `corners` whose gain and power are good but at one corner each.
run::Evaluation evaluation(const problem::Problem& problem, int index, const Corners& corners, std::size_t low_gain,
                           double gain, std::size_t high_power, double power) {
  run::Evaluation result;
  result.index = index;
  result.status = "ok";
  for (const std::size_t i : corners) {
    result.corners.push_back({problem.corners[i].name,
                              {{"dc_gain", i == low_gain ? gain : 80}, {"power", i == high_power ? power : 200e-6}},
                              {},
                              {}});
  }
  sizing::judge(problem, result);
  return result;
}

class Stages : public ::testing::Test {
 protected:
  run::Evaluation whole(int index, std::size_t low_gain, double gain, std::size_t high_power, double power) const {
    return evaluation(problem_, index, all_, low_gain, gain, high_power, power);
  }
  const problem::Problem problem_ = nine_corners();
  const CornerStages stages_{problem_, CornerStrategy::kWorst};
  const Corners all_{0, 1, 2, 3, 4, 5, 6, 7, 8};
};

}  // namespace

TEST_F(Stages, TheFirstSlotIsSimulatedOnAllCorners) { EXPECT_EQ(stages_.active(1, 0, {}), all_); }

TEST_F(Stages, WithoutAWholeEvaluationOnlyTheNominalCornerIsActive) {
  EXPECT_EQ(stages_.active(2, 0, {}), Corners{0});
  EXPECT_EQ(stages_.active(6, 1, {{1, evaluation(problem_, 1, {0, 4}, 4, 60, 4, 400e-6)}}), Corners{0})
      << "one on some corners says nothing of the others";
}

TEST_F(Stages, TheWorstCornerOfEachSpecIsActiveBesidesTheNominalOne) {
  EXPECT_EQ(stages_.active(5, 1, {{1, whole(1, 7, 65, 3, 250e-6)}}), (Corners{0, 3, 7}));
  EXPECT_EQ(stages_.active(5, 1, {{1, whole(1, 0, 65, 3, 250e-6)}}), (Corners{0, 3}));
}

TEST_F(Stages, OnlySlotsUpToTheLastOneCount) {
  const std::map<int, run::Evaluation> evaluations{{1, whole(1, 7, 65, 3, 250e-6)}, {2, whole(2, 5, 65, 6, 250e-6)}};
  EXPECT_EQ(stages_.active(5, 1, evaluations), (Corners{0, 3, 7}));
  EXPECT_EQ(stages_.active(6, 2, evaluations), (Corners{0, 3, 5, 6, 7}));
}

TEST_F(Stages, AViolatedCornerFoundInTheSecondStageEntersAndTheOldestLooserOneLeaves) {
  std::map<int, run::Evaluation> evaluations{{1, whole(1, 7, 69, 3, 450e-6)},
                                             {2, whole(2, 5, 65, 6, 250e-6)},
                                             {3, evaluation(problem_, 3, {0, 3, 5}, 3, 10, 3, 1)},
                                             {4, whole(4, 1, 69, 6, 210e-6)}};
  // Slot 4 gives c1, c6; slot 2 c5; slot 1 first c3, missed by far more than c7.
  EXPECT_EQ(stages_.active(8, 4, evaluations), (Corners{0, 1, 3, 5, 6, 7}));
  evaluations[5] = whole(5, 8, 60, 6, 250e-6);
  EXPECT_EQ(stages_.active(9, 5, evaluations), (Corners{0, 1, 3, 5, 6, 8}));
}

TEST_F(Stages, ACornerThatGivesNoValueIsTheWorst) {
  auto failed = whole(1, 7, 20, 3, 250e-6);
  failed.corners[4].metrics.clear();
  failed.status = "no_convergence";
  sizing::judge(problem_, failed);
  EXPECT_EQ(stages_.active(5, 1, {{1, failed}}), (Corners{0, 4}));
}

TEST_F(Stages, TheStrategyAllTakesAllCornersEachTime) {
  const CornerStages every(problem_, CornerStrategy::kAll);
  EXPECT_EQ(every.active(5, 1, {{1, whole(1, 7, 65, 3, 250e-6)}}), all_);
  EXPECT_EQ(every.others(all_), Corners{});
}

TEST_F(Stages, OnlyADesignThatMeetsAllSpecsOnItsCornersGoesOnAndNoneIsFeasibleBefore) {
  const auto good = evaluation(problem_, 2, {0, 3, 7}, 3, 71, 7, 290e-6);
  EXPECT_FALSE(good.feasible);
  EXPECT_TRUE(stages_.must_go_on(good));
  const auto missed = evaluation(problem_, 2, {0, 3, 7}, 3, 69.999, 7, 290e-6);
  EXPECT_FALSE(stages_.must_go_on(missed));
  const auto everywhere = whole(2, 3, 71, 7, 290e-6);
  EXPECT_TRUE(everywhere.feasible);
  EXPECT_FALSE(stages_.must_go_on(everywhere));
}

TEST_F(Stages, BothStagesJoinInTheOrderOfTheCorners) {
  const auto outcome_of = [](const Corners& corners, double seconds, int attempts) {
    spice::Outcome outcome;
    for (const std::size_t corner : corners) {
      outcome.corners.emplace_back();
      outcome.corners.back().metrics["corner"] = static_cast<double>(corner);
    }
    outcome.seconds = seconds;
    outcome.attempts = attempts;
    return outcome;
  };
  const Corners active{0, 3, 7};
  const auto both = stages_.joined(outcome_of(active, 1, 2), active, outcome_of(stages_.others(active), 2, 1));
  ASSERT_EQ(both.corners.size(), kCorners);
  for (std::size_t i = 0; i < kCorners; ++i) EXPECT_EQ(both.corners[i].metrics.at("corner"), static_cast<double>(i));
  EXPECT_EQ(both.seconds, 3);
  EXPECT_EQ(both.attempts, 2);
}

TEST_F(Stages, AJournalLineAgreesWithItsActiveCornersOrWithAllAndWithNoOthers) {
  EXPECT_TRUE(stages_.agrees(evaluation(problem_, 2, {0, 3}, 3, 60, 3, 290e-6), {0, 3}));
  EXPECT_TRUE(stages_.agrees(whole(2, 3, 60, 3, 290e-6), {0, 3}));
  EXPECT_FALSE(stages_.agrees(evaluation(problem_, 2, {0, 4}, 3, 60, 3, 290e-6), {0, 3}));
  EXPECT_FALSE(stages_.agrees(evaluation(problem_, 2, {0}, 3, 60, 3, 290e-6), {0, 3}));
}
