// Claims of the ranking of outcomes.
// SPDX-License-Identifier: BSD-3-Clause
#include "bo/ranking.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace exturbo::bo {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

Outcome outcome(double objective, std::vector<double> constraints) {
  return {false, objective, std::move(constraints)};
}

History history_of(const std::vector<Outcome>& outcomes) {
  History history;
  for (const Outcome& o : outcomes) {
    Evaluation e;
    e.suggestion.id = history.next_id();
    e.suggestion.values = {static_cast<double>(e.suggestion.id)};
    e.told = true;
    e.outcome = o;
    history.add(e);
  }
  return history;
}

TEST(Ranking, FeasibilityThenObjectiveThenViolation) {
  const History history = history_of({outcome(1, {-1, 2}), outcome(1, {3, -1})});
  const Ranking ranking(history, {}, 2, 10);
  const Outcome good = outcome(5, {-1, 0});
  const Outcome better = outcome(4, {-0.1, -0.1});
  const Outcome bad = outcome(0, {0.1, -1});
  const Outcome worse = outcome(-9, {0.1, 0.1});
  EXPECT_TRUE(ranking.better(better, good));
  EXPECT_TRUE(ranking.better(good, bad));
  EXPECT_TRUE(ranking.better(bad, worse));
  EXPECT_TRUE(ranking.better(worse, Outcome::failure()));
  EXPECT_FALSE(ranking.better(Outcome::failure(), worse));
  EXPECT_FALSE(ranking.better(good, good));
}

TEST(Ranking, ScalesAreHintsOrMediansOfTheFirstEvaluations) {
  const History history = history_of(
      {outcome(0, {1, 10}), outcome(0, {2, -30}), Outcome::failure(), outcome(0, {3, 20}), outcome(0, {900, 900})});
  const Ranking ranking(history, {{Transform::kAuto, 7}, {}}, 2, 3);
  EXPECT_EQ(ranking.scales()[0], 7);
  EXPECT_EQ(ranking.scales()[1], 20);
  EXPECT_NEAR(ranking.violation(outcome(0, {7, 20})), 2 * std::log(2.0), 1e-15);
}

TEST(Ranking, UnmeasuredNumbersCountAsMissed) {
  const Ranking ranking(history_of({outcome(0, {1})}), {}, 1, 3);
  EXPECT_FALSE(Ranking::feasible(outcome(1, {kUnknown})));
  EXPECT_FALSE(Ranking::feasible(outcome(kUnknown, {-1})));
  EXPECT_FALSE(Ranking::feasible(Outcome::failure()));
  EXPECT_EQ(ranking.violation(outcome(1, {kUnknown})), kUnmeasured);
  EXPECT_TRUE(ranking.better(outcome(1, {0.5}), outcome(1, {kUnknown})));
}

}  // namespace
}  // namespace exturbo::bo
