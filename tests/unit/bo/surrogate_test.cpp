// Claims of the set of models.
// SPDX-License-Identifier: BSD-3-Clause
#include "bo/surrogate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "exturbo/core/random.hpp"

namespace exturbo::bo {
namespace {

/// Two variables, one constraint c = x0 - 0.5, objective (x1 - 0.3)^2.
Evaluation& add(History& history, double x0, double x1, bool told = true) {
  Evaluation e;
  e.suggestion.id = history.next_id();
  e.suggestion.values = {x0, x1};
  e.unit = Eigen::Vector2d(x0, x1);
  e.told = told;
  e.outcome = {false, (x1 - 0.3) * (x1 - 0.3), {x0 - 0.5}};
  return history.add(e);
}

History random_history(int count) {
  History history;
  core::RandomStream stream(4, 0, core::Purpose::kTest);
  for (int i = 0; i < count; ++i) {
    const double x0 = stream.uniform();
    add(history, x0, stream.uniform());
  }
  return history;
}

const Eigen::Vector2d kEven(1, 1);

TEST(SurrogateSet, PredictsObjectiveAndConstraintInModelUnits) {
  const History history = random_history(40);
  SurrogateSet models(2, 1, Options{});
  models.update(history, Ranking(history, {{Transform::kAuto, 1}}, 1, 10), history.at(1), kEven);
  ASSERT_EQ(models.size(), 2);
  const Surrogate& constraint = models.outputs()[1];
  const Eigen::VectorXd x = Eigen::Vector2d(0.7, 0.5);
  EXPECT_NEAR(constraint.offset + constraint.deviation * constraint.process.mean_at(x, nullptr), std::log1p(0.2), 0.01);
  const gp::GaussianProcess& objective = models.outputs()[0].process;
  EXPECT_LT(objective.mean_at(Eigen::Vector2d(0.5, 0.3), nullptr),
            objective.mean_at(Eigen::Vector2d(0.5, 0.8), nullptr));
}

TEST(SurrogateSet, TakesTheNearestEvaluationsUpToTheLimit) {
  const History history = random_history(60);
  Options options;
  options.max_model_points = 25;
  SurrogateSet models(2, 1, options);
  const Evaluation& incumbent = history.at(7);
  models.update(history, Ranking(history, {}, 1, 10), incumbent, kEven);
  const Eigen::MatrixXd& points = models.outputs()[0].process.points();
  ASSERT_EQ(points.cols(), 25);
  const double farthest = (points.colwise() - incumbent.unit).colwise().norm().maxCoeff();
  int nearer = 0;
  for (const Evaluation& e : history.all()) nearer += (e.unit - incumbent.unit).norm() <= farthest;
  EXPECT_EQ(nearer, 25);
}

TEST(SurrogateSet, HalfOfThePlacesAreForTheRunsOwnHoweverManyWereLearned) {
  History history = random_history(30);
  const Evaluation& incumbent = history.at(7);
  for (int i = 0; i < 500; ++i) {
    const std::vector<double> unit{incumbent.unit[0] + 1e-4 * (i % 25 - 12), incumbent.unit[1] + 1e-4 * (i / 25 - 9.5)};
    history.learned().add(unit, unit, {false, 1, {1}});
  }
  Options options;
  options.max_model_points = 21;
  SurrogateSet models(2, 1, options);
  models.update(history, Ranking(history, {}, 1, 10), incumbent, kEven);
  const std::vector<int>& ids = models.outputs()[0].ids;
  EXPECT_EQ(ids.size(), 21U);
  EXPECT_EQ(std::count_if(ids.begin(), ids.end(), [](int id) { return id > 0; }), 10);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  options.max_model_points = 10000;
  SurrogateSet all(2, 1, options);
  all.update(history, Ranking(history, {}, 1, 10), incumbent, kEven);
  EXPECT_EQ(all.outputs()[0].ids.size(), 530U);
  history.learned().replace({incumbent.unit[0] - 12e-4, incumbent.unit[1] - 9.5e-4});
  all.update(history, Ranking(history, {}, 1, 10), incumbent, kEven);
  EXPECT_EQ(all.outputs()[0].ids.size(), 529U);
}

TEST(SurrogateSet, PendingPointsLowerTheVarianceOnly) {
  History history = random_history(12);
  SurrogateSet without(2, 1, Options{});
  without.update(history, Ranking(history, {}, 1, 10), history.at(1), kEven);
  add(history, 0.05, 0.95, false);
  SurrogateSet with(2, 1, Options{});
  with.update(history, Ranking(history, {}, 1, 10), history.at(1), kEven);
  const Eigen::VectorXd x = Eigen::Vector2d(0.05, 0.95);
  EXPECT_EQ(with.outputs()[0].process.size(), 13);
  EXPECT_LT(with.outputs()[0].process.variance_at(x, nullptr),
            0.5 * without.outputs()[0].process.variance_at(x, nullptr));
  EXPECT_NEAR(with.outputs()[0].process.mean_at(x, nullptr), without.outputs()[0].process.mean_at(x, nullptr), 1e-3);
}

TEST(SurrogateSet, FailuresGetAModelOfTheirOwn) {
  History history = random_history(30);
  for (int i = 0; i < 6; ++i) {
    Evaluation& failed = add(history, 0.95, 0.1 + 0.15 * i);
    failed.outcome = Outcome::failure();
  }
  SurrogateSet models(2, 1, Options{});
  models.update(history, Ranking(history, {}, 1, 10), history.at(1), kEven);
  ASSERT_TRUE(models.models_failures());
  const Surrogate& failure = models.outputs()[2];
  const auto value = [&](double x0) {
    return failure.offset + failure.deviation * failure.process.mean_at(Eigen::Vector2d(x0, 0.5), nullptr);
  };
  EXPECT_GT(value(0.95), 0);
  EXPECT_LT(value(0.3), 0);
  EXPECT_EQ(models.outputs()[0].process.size(), 30);
}

TEST(SurrogateSet, RefitsOnlyAfterEnoughNewEvaluations) {
  History history = random_history(48);
  Options options;
  options.batch = 4;
  SurrogateSet models(2, 1, options);
  const auto update = [&] { models.update(history, Ranking(history, {}, 1, 10), history.at(1), kEven); };
  update();
  EXPECT_EQ(models.outputs()[0].fits, 1);
  add(history, 0.11, 0.22);
  update();
  EXPECT_EQ(models.outputs()[0].fits, 1);
  EXPECT_EQ(models.outputs()[0].process.size(), 49);
  for (int i = 0; i < 3; ++i) add(history, 0.2 + 0.1 * i, 0.9);
  update();
  EXPECT_EQ(models.outputs()[0].fits, 2);
}

}  // namespace
}  // namespace exturbo::bo
