// Claims of Morris screening.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/morris.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <stdexcept>

#include "support/known_indices.hpp"

namespace exturbo::sensitivity {
namespace {

TEST(Morris, LinearFunctionHasItsCoefficientsAndNoDeviation) {
  const Eigen::Vector4d slopes(3, -2, 0, 0.5);
  const MorrisEffects effects =
      morris_effects([&](const Eigen::MatrixXd& x) -> Eigen::VectorXd { return x.transpose() * slopes; }, 4);
  EXPECT_TRUE(effects.mean.isApprox(slopes, 1e-12));
  EXPECT_TRUE(effects.mean_absolute.isApprox(slopes.cwiseAbs(), 1e-12));
  EXPECT_LT(effects.deviation.maxCoeff(), 1e-12);
  EXPECT_EQ(effects.evaluations, 20 * 5);
}

TEST(Morris, InteractionHasDeviation) {
  MorrisOptions options;
  options.trajectories = 200;
  const auto product = [](const Eigen::MatrixXd& x) -> Eigen::VectorXd {
    return (2 * x.row(0).array() - 1) * (2 * x.row(1).array() - 1) + x.row(2).array();
  };
  const MorrisEffects effects = morris_effects(product, 3, options);
  // The effect of x1 is 2 (2 x2 - 1), x2 on the grid 0, 1/3, 2/3, 1: mean 0, magnitudes 2/3 and 2, deviation
  // sqrt(20)/3.
  EXPECT_NEAR(effects.mean[0], 0, 0.3);
  EXPECT_NEAR(effects.mean_absolute[0], 4.0 / 3, 0.15);
  EXPECT_NEAR(effects.deviation[0], std::sqrt(20.0) / 3, 0.15);
  EXPECT_LT(effects.deviation[2], 1e-12);
}

TEST(Morris, PointsLieOnTheGridAndMoveOneVariableAtATime) {
  Eigen::MatrixXd asked;
  MorrisOptions options;
  options.levels = 6;
  const auto keep = [&](const Eigen::MatrixXd& x) -> Eigen::VectorXd {
    asked = x;
    return x.row(0);
  };
  morris_effects(keep, 5, options);
  ASSERT_EQ(asked.cols(), 20 * 6);
  EXPECT_LT((5 * asked.array() - (5 * asked.array()).round()).abs().maxCoeff(), 1e-12);
  EXPECT_GE(asked.minCoeff(), 0);
  EXPECT_LE(asked.maxCoeff(), 1);
  for (Eigen::Index t = 0; t < 20; ++t) {
    std::set<Eigen::Index> moved;
    for (Eigen::Index k = 0; k < 5; ++k) {
      const Eigen::VectorXd step = (asked.col(6 * t + k + 1) - asked.col(6 * t + k)).cwiseAbs();
      Eigen::Index variable = 0;
      EXPECT_NEAR(step.maxCoeff(&variable), 0.6, 1e-12);
      EXPECT_EQ((step.array() > 0).count(), 1);
      moved.insert(variable);
    }
    EXPECT_EQ(moved.size(), 5U);
  }
}

TEST(Morris, ScreensTheGFunction) {
  const MorrisEffects effects = morris_effects(g_function().function, 8);
  for (Eigen::Index i = 0; i < 3; ++i) EXPECT_GT(effects.mean_absolute[i], effects.mean_absolute[i + 1]);
  EXPECT_LT(effects.mean_absolute.tail(4).maxCoeff(), 0.1 * effects.mean_absolute[2]);
}

TEST(Morris, SameRngSeedGivesTheSameEffects) {
  MorrisOptions options;
  const CubeFunction function = ishigami().function;
  const Eigen::VectorXd first = morris_effects(function, 3, options).mean_absolute;
  EXPECT_EQ(first, morris_effects(function, 3, options).mean_absolute);
  options.rng_seed = 2;
  EXPECT_NE(first, morris_effects(function, 3, options).mean_absolute);
}

TEST(Morris, TrajectoriesWithoutAValueAreLeftOut) {
  const auto partly = [](const Eigen::MatrixXd& x) {
    Eigen::VectorXd values = x.row(0);
    values[0] = std::numeric_limits<double>::quiet_NaN();
    return values;
  };
  const MorrisEffects effects = morris_effects(partly, 2);
  EXPECT_EQ(effects.trajectories, 19);
  EXPECT_NEAR(effects.mean[0], 1, 1e-12);
  const auto nowhere = [](const Eigen::MatrixXd& x) -> Eigen::VectorXd {
    return Eigen::VectorXd::Constant(x.cols(), std::numeric_limits<double>::infinity());
  };
  const MorrisEffects none = morris_effects(nowhere, 2);
  EXPECT_EQ(none.trajectories, 0);
  EXPECT_EQ(none.mean_absolute, Eigen::VectorXd::Zero(2));
}

TEST(Morris, OptionsOutOfRangeAreRefused) {
  const CubeFunction function = ishigami().function;
  EXPECT_THROW(morris_effects(function, 0), std::invalid_argument);
  MorrisOptions options;
  options.levels = 5;
  EXPECT_THROW(morris_effects(function, 3, options), std::invalid_argument);
  options = {};
  options.trajectories = 0;
  EXPECT_THROW(morris_effects(function, 3, options), std::invalid_argument);
}

}  // namespace
}  // namespace exturbo::sensitivity
