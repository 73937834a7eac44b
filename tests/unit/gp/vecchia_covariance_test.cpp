// Claims of Vecchia's approximation.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/vecchia_covariance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "dense_process.hpp"
#include "exturbo/gp/fit.hpp"
#include "exturbo/gp/gaussian_process.hpp"
#include "exturbo/gp/pathwise_sample.hpp"
#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

constexpr int kAll = 1000;  // neighbours: more than there are data

double log_density(const VecchiaCovariance& covariance, const Eigen::VectorXd& r) {
  Eigen::MatrixXd alpha = r;
  covariance.solve_in_place(alpha);
  return -0.5 * r.dot(alpha.col(0)) - 0.5 * covariance.log_determinant();
}

/// Kernel; without and with the trend.
class EveryVecchia : public ::testing::TestWithParam<std::tuple<Kernel, bool>> {
 protected:
  static Hyperparameters some(Eigen::Index d) {
    Hyperparameters h;
    h.lengthscales = Eigen::VectorXd::LinSpaced(d, 0.4, 1.5);
    h.signal_variance = 1.4;
    h.noise_variance = 1e-3;
    h.kernel = std::get<Kernel>(GetParam());
    if (std::get<bool>(GetParam())) h.trend = {0.8, 2.0, 0.5};
    return h;
  }
  /// Slopes of a function by central differences.
  template <class Function>
  static Eigen::VectorXd differences(const Function& function, Eigen::VectorXd x, double step) {
    Eigen::VectorXd result(x.size());
    for (Eigen::Index j = 0; j < x.size(); ++j) {
      const double at = x[j];
      x[j] = at + step;
      const double above = function(x);
      x[j] = at - step;
      result[j] = (above - function(x)) / (2 * step);
      x[j] = at;
    }
    return result;
  }
};
INSTANTIATE_TEST_SUITE_P(KernelsWithoutAndWithTrend, EveryVecchia,
                         ::testing::Combine(::testing::Values(Kernel::kMatern52, Kernel::kRbf), ::testing::Bool()));

TEST_P(EveryVecchia, WithAllNeighboursEqualsTheExactMatrix) {
  const Data data = random_data(3, 40, 1);
  const DenseProcess dense(data.points, some(3));
  VecchiaCovariance covariance(kAll);
  covariance.set_points(data.points);
  ASSERT_TRUE(covariance.factor(dense.h).ok);
  EXPECT_EQ(covariance.jitter(), 0);
  EXPECT_LT((covariance.centre() - dense.centre).norm(), 1e-15);
  EXPECT_NEAR(covariance.log_determinant(), dense.log_determinant(), 1e-9);
  const Eigen::MatrixXd b = Eigen::MatrixXd::Random(40, 3);
  Eigen::MatrixXd solved = b;
  covariance.solve_in_place(solved);
  EXPECT_LT((dense.matrix * solved - b).norm(), 1e-9);
  const Eigen::VectorXd diagonal = dense.matrix.inverse().diagonal();
  EXPECT_LT((covariance.inverse_diagonal() - diagonal).norm(), 1e-9 * diagonal.norm());
}

TEST_P(EveryVecchia, WithAllNeighboursPredictsAsTheExactProcess) {
  const Data data = random_data(3, 40, 3);
  const Data test = random_data(3, 9, 4);
  const DenseProcess dense(data.points, some(3));
  VecchiaCovariance covariance(kAll);
  covariance.set_points(data.points);
  ASSERT_TRUE(covariance.factor(dense.h).ok);
  Eigen::MatrixXd residuals(40, 2);
  residuals << data.targets, Eigen::VectorXd::LinSpaced(40, -1, 1);
  const Eigen::MatrixXd cross = dense_kernel(test.points, data.points, dense.h, dense.centre);
  const Eigen::MatrixXd expected = cross * dense.llt.solve(residuals);
  const Eigen::VectorXd expected_reductions = (cross * dense.llt.solve(cross.transpose())).diagonal();
  const Eigen::MatrixXd weights = covariance.weights(residuals);
  Eigen::MatrixXd means;
  Eigen::VectorXd reductions;
  covariance.predict(test.points, weights, means, &reductions);
  EXPECT_LT((means - expected).norm(), 1e-9);
  EXPECT_LT((reductions - expected_reductions).norm(), 1e-9);
  covariance.predict(test.points, covariance.weights(Eigen::MatrixXd(40, 0)), means, &reductions);
  EXPECT_EQ(means.cols(), 0);
  EXPECT_LT((reductions - expected_reductions).norm(), 1e-9);
  for (Eigen::Index i = 0; i < 9; ++i) {
    EXPECT_NEAR(covariance.predict_at(test.points.col(i), weights.col(0), nullptr), expected(i, 0), 1e-9);
    EXPECT_NEAR(covariance.reduction_at(test.points.col(i), nullptr), expected_reductions[i], 1e-9);
  }
}

TEST_P(EveryVecchia, GradientsOfPredictionsMatchFiniteDifferences) {
  const Data data = random_data(4, 150, 6);
  VecchiaCovariance covariance(12);
  covariance.set_points(data.points);
  ASSERT_TRUE(covariance.factor(some(4)).ok);
  const Eigen::VectorXd weights = covariance.weights(data.targets);
  const Eigen::VectorXd x = Eigen::Vector4d(0.3, 0.8, 0.45, 0.6);
  Eigen::VectorXd mean_gradient, reduction_gradient;
  covariance.predict_at(x, weights, &mean_gradient);
  covariance.reduction_at(x, &reduction_gradient);
  const auto mean = [&](const Eigen::VectorXd& at) { return covariance.predict_at(at, weights, nullptr); };
  const auto reduction = [&](const Eigen::VectorXd& at) { return covariance.reduction_at(at, nullptr); };
  EXPECT_LT((mean_gradient - differences(mean, x, 1e-6)).norm(), 1e-6);
  EXPECT_LT((reduction_gradient - differences(reduction, x, 1e-6)).norm(), 1e-6);
}

TEST_P(EveryVecchia, AppendedPointsWithAllNeighboursGiveTheExactMatrix) {
  const Data data = random_data(3, 40, 7);
  Data first{data.points.leftCols(33), data.targets.head(33)};
  VecchiaCovariance covariance(kAll);
  covariance.set_points(first.points);
  ASSERT_TRUE(covariance.factor(some(3)).ok);
  ASSERT_TRUE(covariance.append(data.points.middleCols(33, 2)).ok);
  ASSERT_TRUE(covariance.append(data.points.rightCols(5)).ok);
  DenseProcess dense(first.points, some(3));  // for its centre, which stays
  Eigen::MatrixXd matrix = dense_kernel(data.points, data.points, dense.h, dense.centre);
  matrix.diagonal().array() += dense.h.noise_variance;
  Eigen::MatrixXd solved = data.targets;
  covariance.solve_in_place(solved);
  EXPECT_LT((matrix * solved - data.targets).norm(), 1e-9);
}

TEST_P(EveryVecchia, TruncateUndoesAppendBitByBit) {
  const Data data = random_data(4, 130, 8);
  VecchiaCovariance covariance(15);
  covariance.set_points(data.points.leftCols(120));
  ASSERT_TRUE(covariance.factor(some(4)).ok);
  Eigen::MatrixXd before = data.targets.head(120);
  covariance.solve_in_place(before);
  const double determinant = covariance.log_determinant();
  ASSERT_TRUE(covariance.append(data.points.rightCols(10)).ok);
  EXPECT_EQ(covariance.size(), 130);
  EXPECT_NE(covariance.log_determinant(), determinant);
  covariance.truncate(120);
  EXPECT_EQ(covariance.size(), 120);
  EXPECT_EQ(covariance.log_determinant(), determinant);
  Eigen::MatrixXd after = data.targets.head(120);
  covariance.solve_in_place(after);
  EXPECT_EQ(before, after);
}

TEST_P(EveryVecchia, TruncateKeepsTheFirstPointsAndTheCentre) {
  const Data data = random_data(3, 40, 9);
  VecchiaCovariance covariance(kAll);
  covariance.set_points(data.points.leftCols(35));
  ASSERT_TRUE(covariance.factor(some(3)).ok);
  ASSERT_TRUE(covariance.append(data.points.rightCols(5)).ok);
  covariance.truncate(20);
  ASSERT_TRUE(covariance.factored());
  Eigen::MatrixXd matrix = dense_kernel(data.points.leftCols(20), data.points.leftCols(20), some(3),
                                        data.points.leftCols(35).rowwise().mean());
  matrix.diagonal().array() += some(3).noise_variance;
  Eigen::MatrixXd solved = data.targets.head(20);
  covariance.solve_in_place(solved);
  EXPECT_LT((matrix * solved - data.targets.head(20)).norm(), 1e-9);
}

TEST_P(EveryVecchia, PointsEqualToEachOtherFactorWithoutNoise) {
  Data data = random_data(3, 60, 10);
  for (Eigen::Index i = 30; i < 60; ++i) data.points.col(i) = data.points.col(i - 30 - i % 2);
  Hyperparameters h = some(3);
  h.noise_variance = 0;
  VecchiaCovariance covariance(15);
  covariance.set_points(data.points);
  const linalg::FactorResult result = covariance.factor(h);
  ASSERT_TRUE(result.ok);
  EXPECT_GT(result.jitter, 0);
  EXPECT_EQ(result.jitter, covariance.jitter());
  EXPECT_TRUE(std::isfinite(log_density(covariance, data.targets)));
  Eigen::VectorXd gradient;
  const Eigen::VectorXd weights = covariance.weights(data.targets);
  EXPECT_TRUE(std::isfinite(covariance.predict_at(data.points.col(3), weights, &gradient)));
  EXPECT_TRUE(gradient.allFinite());
  EXPECT_LE(covariance.reduction_at(data.points.col(3), nullptr),
            1.001 * dense_kernel(data.points.col(3), data.points.col(3), h, covariance.centre())(0, 0));
}

TEST(VecchiaCovariance, WhatIsNotFiniteIsAFailureAndNoException) {
  Data data = random_data(3, 30, 11);
  Hyperparameters h;
  h.lengthscales = Eigen::Vector3d(0.5, 0.5, 0.5);
  VecchiaCovariance covariance(5);
  covariance.set_points(data.points);
  ASSERT_TRUE(covariance.factor(h).ok);
  const double determinant = covariance.log_determinant();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(covariance.append(Eigen::Vector3d(0.1, nan, 0.2)).ok);
  EXPECT_EQ(covariance.size(), 30);
  EXPECT_EQ(covariance.log_determinant(), determinant);
  Hyperparameters wrong = h;
  wrong.lengthscales[1] = nan;
  EXPECT_FALSE(covariance.factor(wrong).ok);
  EXPECT_FALSE(covariance.factored());
  wrong = h;
  wrong.signal_variance = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(covariance.factor(wrong).ok);
  EXPECT_TRUE(covariance.factor(h).ok);
  data.points(1, 7) = nan;
  covariance.set_points(data.points);
  const linalg::FactorResult result = covariance.factor(h);
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.message.empty());
}

TEST(VecchiaCovariance, NoPointsAndOnePointAreData) {
  Hyperparameters h;
  h.lengthscales = Eigen::Vector2d(0.5, 0.5);
  h.signal_variance = 2;
  h.noise_variance = 1;
  VecchiaCovariance covariance(5);
  covariance.set_points(Eigen::MatrixXd(2, 0));
  ASSERT_TRUE(covariance.factor(h).ok);
  EXPECT_EQ(covariance.log_determinant(), 0);
  EXPECT_EQ(covariance.reduction_at(Eigen::Vector2d(0, 0), nullptr), 0);
  ASSERT_TRUE(covariance.append(Eigen::Vector2d(0.3, 0.3)).ok);
  EXPECT_NEAR(covariance.log_determinant(), std::log(3), 1e-12);
  EXPECT_NEAR(covariance.reduction_at(Eigen::Vector2d(0.3, 0.3), nullptr), 4.0 / 3, 1e-12);
}

/// What the fit of 250 points of the comparison data gives.
Hyperparameters fitted(const Data& data) {
  FitOptions options;
  options.max_evaluations = 40;
  return fit(data.points.leftCols(250), data.targets.head(250), options).hyperparameters;
}

TEST(VecchiaCovariance, LogDensityAPointIsNearTheExactOne) {
  for (const auto& [d, tolerance] : {std::pair{5, 0.15}, std::pair{20, 0.45}}) {
    const Data data = comparison_data(800, d);
    const Hyperparameters h = fitted(data);
    const DenseProcess dense(data.points, h);
    VecchiaCovariance covariance(40);
    covariance.set_points(data.points);
    ASSERT_TRUE(covariance.factor(h).ok);
    const double exact = dense.log_density(data.targets) / 800;
    const double got = log_density(covariance, data.targets) / 800;
    EXPECT_NEAR(got, exact, tolerance) << d;
    // The divergence of the densities: half the expectation of what the log determinants differ by.
    EXPECT_GT(covariance.log_determinant(), dense.log_determinant());
    EXPECT_LT((covariance.log_determinant() - dense.log_determinant()) / 1600, tolerance) << d;
  }
}

TEST(VecchiaCovariance, PredictsUnseenPointsNearlyAsTheExactProcess) {
  for (const auto& [d, factor] : {std::pair{5, 1.05}, std::pair{20, 1.15}}) {
    const Data data = comparison_data(2300, d);
    const Hyperparameters h = fitted(data);
    const auto error = [&](const Compute& compute) {
      GaussianProcess process(compute);
      EXPECT_TRUE(process.condition(data.points.leftCols(2000), data.targets.head(2000), h).ok);
      Eigen::VectorXd mean;
      process.posterior(data.points.rightCols(300), mean, nullptr);
      return (mean - data.targets.tail(300)).norm();
    };
    Compute approximate;
    approximate.exact_points = 1000;
    EXPECT_LT(error(approximate), factor * error({})) << d;
  }
}

TEST(VecchiaCovariance, ServesProcessesAndSamplesWithAnExactFitOfDataDrawn) {
  const Data data = comparison_data(200, 4);
  FitOptions options;
  options.compute.exact_points = 100;
  options.trend = true;
  const FitResult result = fit(data.points, data.targets, options);
  EXPECT_EQ(result.status, FitStatus::kConverged) << result.message;
  EXPECT_EQ(result.points, 100);
  GaussianProcess process(options.compute);
  ASSERT_TRUE(process.condition(data.points.leftCols(190), data.targets.head(190), result.hyperparameters).ok);
  ASSERT_TRUE(process.append(data.points.rightCols(10), data.targets.tail(10)).ok);
  Eigen::VectorXd mean, variance;
  process.posterior(data.points, mean, &variance);
  EXPECT_LT((mean - data.targets).norm(), 0.1 * data.targets.norm());
  core::RandomStream stream(1, 0, core::Purpose::kTest);
  const FourierFeatures features(4, 512, stream);
  const PathwiseSample sample(process, features, stream);
  const Eigen::VectorXd values = sample.evaluate(data.points);
  EXPECT_LT(((values - mean).array() / (variance.array() + 1e-4).sqrt()).square().mean(), 3);
  EXPECT_NEAR(sample.at(data.points.col(7), nullptr), values[7], 1e-8);
  process.truncate(190);
  EXPECT_TRUE(process.conditioned());
}

}  // namespace
}  // namespace exturbo::gp
