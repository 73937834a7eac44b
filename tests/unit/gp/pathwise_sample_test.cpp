// Claims of pathwise posterior samples.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/pathwise_sample.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "exturbo/gp/kernel_matrix.hpp"
#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

GaussianProcess some_process(bool with_trend = false) {
  const Data data = random_data(2, 8, 1);
  Hyperparameters h;
  h.lengthscales = Eigen::Vector2d(0.5, 0.9);
  h.signal_variance = 1.2;
  h.noise_variance = 0.02;
  if (with_trend) h.trend = {0.5, 1.5, 0.8};
  GaussianProcess process;
  process.condition(data.points, data.targets, h);
  return process;
}

/// Means and covariances of 4000 samples at 5 points against the exact posterior. Limits of 4.8 standard errors; 2 x 20
/// comparisons at 1.6e-6 each: a false alarm in 6e-5 of rng seeds. Fresh features a sample, so that no bias remains.
class EverySample : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(WithoutAndWithTrend, EverySample, ::testing::Bool());

TEST_P(EverySample, StatisticsMatchTheExactPosterior) {
  const GaussianProcess process = some_process(GetParam());
  const Data test = random_data(2, 5, 2);
  constexpr int kSamples = 4000;
  Eigen::MatrixXd values(5, kSamples);
  for (int s = 0; s < kSamples; ++s) {
    core::RandomStream stream(3, static_cast<std::uint64_t>(s), core::Purpose::kTest);
    const FourierFeatures features(2, 32, stream);
    values.col(s) = PathwiseSample(process, features, stream).evaluate(test.points);
  }
  Eigen::VectorXd mean, variance;
  process.posterior(test.points, mean, &variance);
  const Hyperparameters& h = process.hyperparameters();
  const Eigen::VectorXd& centre = process.covariance().centre();
  const auto prior = [&](const Eigen::MatrixXd& x, const Eigen::MatrixXd& y) -> Eigen::MatrixXd {
    const Eigen::MatrixXd k = kernel_matrix(Kernel::kMatern52, scale_points(x.colwise() - centre, h.lengthscales),
                                            scale_points(y.colwise() - centre, h.lengthscales), h.signal_variance);
    return k +
           trend_features(x.colwise() - centre, h.trend).transpose() * trend_features(y.colwise() - centre, h.trend);
  };
  const Eigen::MatrixXd cross = prior(process.points(), test.points);
  Eigen::MatrixXd solved = cross;
  process.covariance().solve_in_place(solved);
  const Eigen::MatrixXd covariance = prior(test.points, test.points) - cross.transpose() * solved;
  const Eigen::VectorXd sample_mean = values.rowwise().mean();
  const Eigen::MatrixXd centred = values.colwise() - sample_mean;
  const Eigen::MatrixXd sample_covariance = centred * centred.transpose() / (kSamples - 1);
  for (Eigen::Index i = 0; i < 5; ++i) {
    EXPECT_NEAR(sample_mean[i], mean[i], 4.8 * std::sqrt(variance[i] / kSamples));
    for (Eigen::Index j = 0; j <= i; ++j) {
      // With few random features a prior draw is not quite Gaussian: the standard error is taken from the samples.
      const Eigen::ArrayXd products = centred.row(i).array() * centred.row(j).array();
      const double error = std::sqrt((products - products.mean()).square().mean() / kSamples);
      EXPECT_NEAR(sample_covariance(i, j), covariance(i, j), 4.8 * error) << i << "," << j;
    }
  }
}

TEST_P(EverySample, TemperatureZeroIsThePosteriorMean) {
  const GaussianProcess process = some_process(GetParam());
  const Data test = random_data(2, 5, 3);
  core::RandomStream stream(3, 1, core::Purpose::kTest);
  const FourierFeatures features(2, 32, stream);
  Eigen::VectorXd mean;
  process.posterior(test.points, mean, nullptr);
  EXPECT_LT((PathwiseSample(process, features, stream, 0).evaluate(test.points) - mean).norm(), 1e-12);
}

TEST_P(EverySample, IsOneFunctionWithAGradient) {
  const GaussianProcess process = some_process(GetParam());
  core::RandomStream stream(3, 2, core::Purpose::kTest);
  const FourierFeatures features(2, 64, stream);
  const PathwiseSample sample(process, features, stream);
  const Eigen::VectorXd x = Eigen::Vector2d(0.35, 0.6);
  Eigen::VectorXd gradient;
  const double value = sample.at(x, &gradient);
  EXPECT_NEAR(value, sample.evaluate(x)[0], 1e-12);
  EXPECT_NEAR(value, sample.at(x, nullptr), 1e-12);
  for (Eigen::Index j = 0; j < 2; ++j) {
    Eigen::VectorXd up = x, down = x;
    up[j] += 1e-5;
    down[j] -= 1e-5;
    EXPECT_NEAR(gradient[j], (sample.at(up, nullptr) - sample.at(down, nullptr)) / 2e-5, 1e-6);
  }
}

TEST(PathwiseSample, WithoutDataItIsADrawOfThePrior) {
  GaussianProcess process;
  process.condition(Eigen::MatrixXd(2, 0), Eigen::VectorXd(0), Hyperparameters::defaults(2));
  core::RandomStream stream(3, 3, core::Purpose::kTest);
  const FourierFeatures features(2, 32, stream);
  const PathwiseSample sample(process, features, stream);
  const Eigen::VectorXd x = Eigen::Vector2d(0.2, 0.7);
  Eigen::VectorXd gradient;
  EXPECT_NEAR(sample.at(x, &gradient), sample.evaluate(x)[0], 1e-12);
  EXPECT_TRUE(gradient.allFinite());
}

}  // namespace
}  // namespace exturbo::gp
