// Claims of the log marginal likelihood.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/marginal_likelihood.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <numbers>
#include <tuple>

#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

Eigen::VectorXd some_theta(Eigen::Index d) {
  Eigen::VectorXd theta(d + 2);
  for (Eigen::Index j = 0; j < d; ++j) theta[j] = -0.5 + 0.3 * static_cast<double>(j);
  theta[d] = 0.4;
  theta[d + 1] = -3.0;
  return theta;
}

Eigen::MatrixXd dense_kernel(const Data& data, const Hyperparameters& h) {
  const Eigen::MatrixXd z = scale_points(data.points, h.lengthscales);
  Eigen::MatrixXd k = kernel_matrix(Kernel::kMatern52, z, z, h.signal_variance);
  k.diagonal().array() += h.noise_variance;
  return k;
}

TEST(MarginalLikelihood, MatchesTheDenseFormula) {
  const Data data = random_data(3, 25, 1);
  const Eigen::VectorXd theta = some_theta(3);
  MarginalLikelihood likelihood(data.points, data.targets);
  const double value = likelihood.evaluate(theta, nullptr);
  const Eigen::MatrixXd k = dense_kernel(data, from_log(theta, data.points.rows()));
  const Eigen::MatrixXd inverse = k.inverse();
  const double mean = (inverse * data.targets).sum() / inverse.sum();
  const Eigen::VectorXd residual = data.targets.array() - mean;
  const double expected =
      -0.5 * residual.dot(inverse * residual) - 0.5 * std::log(k.determinant()) - 12.5 * std::log(2 * std::numbers::pi);
  EXPECT_NEAR(likelihood.mean(), mean, 1e-9);
  EXPECT_NEAR(value, expected, 1e-8);
}

TEST(MarginalLikelihood, ConstantMeanMaximisesTheLikelihood) {
  const Data data = random_data(2, 15, 2);
  const Eigen::VectorXd theta = some_theta(2);
  MarginalLikelihood likelihood(data.points, data.targets);
  const double value = likelihood.evaluate(theta, nullptr);
  const Eigen::MatrixXd k = dense_kernel(data, from_log(theta, data.points.rows()));
  for (const double shift : {-0.05, 0.05}) {
    const Eigen::VectorXd r = data.targets.array() - (likelihood.mean() + shift);
    EXPECT_LT(-0.5 * r.dot(k.inverse() * r) - 0.5 * std::log(k.determinant()) - 7.5 * std::log(2 * std::numbers::pi),
              value);
  }
}

class MarginalLikelihoodGradient : public ::testing::TestWithParam<std::tuple<bool, bool>> {};

TEST_P(MarginalLikelihoodGradient, MatchesFiniteDifferences) {
  const Eigen::Index d = 5;
  const Data data = random_data(d, 60, 3);
  const Prior prior = Prior::defaults(d);
  const Prior* used = std::get<0>(GetParam()) ? &prior : nullptr;
  const bool with_trend = std::get<1>(GetParam());
  MarginalLikelihood likelihood(data.points, data.targets, with_trend);
  Eigen::VectorXd theta = some_theta(d);
  if (with_trend) {
    theta.conservativeResize(d + 5);
    theta.tail<3>() << -1.0, 0.5, -0.3;
  }
  Eigen::VectorXd gradient;
  likelihood.evaluate(theta, &gradient, used);
  for (Eigen::Index j = 0; j < theta.size(); ++j) {
    const double h = 1e-5;
    Eigen::VectorXd up = theta, down = theta;
    up[j] += h;
    down[j] -= h;
    const double difference =
        (likelihood.evaluate(up, nullptr, used) - likelihood.evaluate(down, nullptr, used)) / (2 * h);
    EXPECT_NEAR(gradient[j], difference, 1e-5 * (1 + std::abs(difference))) << "log parameter " << j;
  }
}

INSTANTIATE_TEST_SUITE_P(PriorsAndTrend, MarginalLikelihoodGradient,
                         ::testing::Combine(::testing::Bool(), ::testing::Bool()));

TEST(MarginalLikelihood, LogParametersRoundTrip) {
  Eigen::VectorXd theta = some_theta(4);
  EXPECT_LT((to_log(from_log(theta, 4)) - theta).norm(), 1e-14);
  theta.conservativeResize(9);
  theta.tail<3>() << -1.0, 0.5, -0.3;
  EXPECT_LT((to_log(from_log(theta, 4)) - theta).norm(), 1e-14);
}

}  // namespace
}  // namespace exturbo::gp
