// Claims of the hyperparameter fit.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/fit.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "exturbo/gp/gaussian_process.hpp"
#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

/// Log marginal likelihoods per point that other libraries reach on these sets: BoTorch without priors at n = 50,
/// scikit-learn at n = 200.
TEST(Fit, MaximumLikelihoodReachesTheFiguresOfOtherLibraries) {
  FitOptions options;
  options.mode = FitMode::kMaximumLikelihood;
  options.max_evaluations = 300;
  const Data small = comparison_data(50, 10);
  EXPECT_GE(fit(small.points, small.targets, options).log_likelihood / 50, -0.520 - 5e-4);
  const Data large = comparison_data(200, 20);
  EXPECT_GE(fit(large.points, large.targets, options).log_likelihood / 200, 0.390 - 5e-4);
}

TEST(Fit, PriorsKeepLengthScalesTogetherWhereDataIsScarce) {
  const Data data = comparison_data(30, 10);
  FitOptions options;
  const FitResult map = fit(data.points, data.targets, options);
  options.mode = FitMode::kMaximumLikelihood;
  const FitResult ml = fit(data.points, data.targets, options);
  const auto ratio = [](const FitResult& r) {
    return r.hyperparameters.lengthscales.maxCoeff() / r.hyperparameters.lengthscales.minCoeff();
  };
  EXPECT_LT(ratio(map), 10);
  EXPECT_GT(ratio(ml), ratio(map));
  EXPECT_GE(ml.log_likelihood, map.log_likelihood - 1e-6);
}

TEST(Fit, WarmStartNeedsFewerEvaluations) {
  const Data data = comparison_data(120, 8);
  const FitResult cold = fit(data.points, data.targets);
  FitOptions options;
  options.starts = {cold.hyperparameters};
  const FitResult warm = fit(data.points, data.targets, options);
  EXPECT_LT(warm.evaluations, cold.evaluations / 2);
  EXPECT_GE(warm.objective, cold.objective - 1e-6);
}

TEST(Fit, EvaluationLimitIsKept) {
  const Data data = comparison_data(60, 8);
  FitOptions options;
  options.max_evaluations = 4;
  options.starts = {Hyperparameters::defaults(8)};
  const FitResult result = fit(data.points, data.targets, options);
  EXPECT_EQ(result.status, FitStatus::kStopped);
  EXPECT_LE(result.evaluations, 4);
}

TEST(Fit, OfMoreDataThanAllowedDrawsTheSameOnesAndPredictsNearlyAsWell) {
  const Data data = comparison_data(900, 5);
  const Data all{data.points.leftCols(600), data.targets.head(600)};
  FitOptions options;
  const FitResult whole = fit(all.points, all.targets, options);
  EXPECT_EQ(whole.points, 600);
  options.max_points = 250;
  const FitResult some = fit(all.points, all.targets, options);
  EXPECT_EQ(some.points, 250);
  EXPECT_EQ(to_log(some.hyperparameters), to_log(fit(all.points, all.targets, options).hyperparameters));
  const auto error = [&](const FitResult& fitted) {
    GaussianProcess process;
    process.condition(all.points, all.targets, fitted.hyperparameters);
    Eigen::VectorXd mean;
    process.posterior(data.points.rightCols(300), mean, nullptr);
    return (mean - data.targets.tail(300)).norm();
  };
  EXPECT_LT(error(some), 1.05 * error(whole));
}

TEST(Fit, OfDataDrawnHardlyChangesWhenDataAreAdded) {
  const Data data = comparison_data(420, 4);
  FitOptions options;
  options.max_points = 150;
  const FitResult before = fit(data.points.leftCols(410), data.targets.head(410), options);
  const FitResult after = fit(data.points, data.targets, options);
  EXPECT_LT((to_log(before.hyperparameters) - to_log(after.hyperparameters)).head(4).cwiseAbs().maxCoeff(), 0.1);
}

TEST(Fit, FailureIsAValueWithUsableHyperparameters) {
  Data data = random_data(3, 10, 5);
  data.targets[4] = std::numeric_limits<double>::quiet_NaN();
  const FitResult bad = fit(data.points, data.targets);
  EXPECT_EQ(bad.status, FitStatus::kFailed);
  EXPECT_FALSE(bad.message.empty());
  EXPECT_TRUE((bad.hyperparameters.lengthscales.array() > 0).all());
  const FitResult one = fit(data.points.leftCols(1), data.targets.head(1));
  EXPECT_EQ(one.status, FitStatus::kFailed);
}

TEST(Fit, RepeatedAndConstantDataAreFitted) {
  Data data = random_data(2, 20, 6);
  for (Eigen::Index i = 0; i < 10; ++i) data.points.col(i) = data.points.col(i + 10);
  EXPECT_NE(fit(data.points, data.targets).status, FitStatus::kFailed);
  EXPECT_NE(fit(data.points, Eigen::VectorXd::Zero(20)).status, FitStatus::kFailed);
}

}  // namespace
}  // namespace exturbo::gp
