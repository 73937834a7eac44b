// Claims of the quadratic trend.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/trend.hpp"

#include <gtest/gtest.h>

#include "exturbo/gp/fit.hpp"
#include "exturbo/gp/gaussian_process.hpp"
#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

const TrendVariances kVariances{0.7, 1.3, 0.4};

TEST(Trend, IsItsFeaturesTimesItsCoefficients) {
  const Eigen::VectorXd u = Eigen::Vector3d(0.3, -0.2, 0.45);
  const Eigen::VectorXd c = Eigen::VectorXd::LinSpaced(7, -1, 2);
  const Eigen::MatrixXd features = trend_features(u, kVariances);
  ASSERT_EQ(features.rows(), 7);
  EXPECT_NEAR(trend_at(u, c, kVariances, nullptr), c.dot(features.col(0)), 1e-14);
  EXPECT_NEAR(trend_variance(u, kVariances, nullptr), features.squaredNorm(), 1e-14);
  EXPECT_EQ(trend_features(u, {}).rows(), 0);
  EXPECT_EQ(trend_at(u, Eigen::VectorXd(0), {}, nullptr), 0);
}

TEST(Trend, GradientsMatchFiniteDifferences) {
  const Eigen::VectorXd u = Eigen::Vector3d(0.3, -0.2, 0.45);
  const Eigen::VectorXd c = Eigen::VectorXd::LinSpaced(7, -1, 2);
  Eigen::VectorXd slope = Eigen::VectorXd::Zero(3), variance_slope = Eigen::VectorXd::Zero(3);
  trend_at(u, c, kVariances, &slope);
  trend_variance(u, kVariances, &variance_slope);
  for (Eigen::Index j = 0; j < 3; ++j) {
    Eigen::VectorXd up = u, down = u;
    up[j] += 1e-5;
    down[j] -= 1e-5;
    EXPECT_NEAR(slope[j], (trend_at(up, c, kVariances, nullptr) - trend_at(down, c, kVariances, nullptr)) / 2e-5, 1e-9);
    EXPECT_NEAR(variance_slope[j],
                (trend_variance(up, kVariances, nullptr) - trend_variance(down, kVariances, nullptr)) / 2e-5, 1e-9);
  }
}

/// A bowl in 20 variables from fewer points than the 41 coefficients: what the common term is for.
TEST(Trend, FindsACommonBowlFromFewerPointsThanCoefficients) {
  const Data data = random_data(20, 40, 1);
  const Data test = random_data(20, 40, 2);
  const auto bowl = [](const Eigen::MatrixXd& points) {
    // 20 variables: mean 2.12, deviation 0.42
    return Eigen::VectorXd(((points.array() - 0.35).square().colwise().sum().transpose() - 2.12) / 0.42);
  };
  double error[2];
  for (const bool trend : {false, true}) {
    FitOptions options;
    options.trend = trend;
    GaussianProcess process;
    process.condition(data.points, bowl(data.points), fit(data.points, bowl(data.points), options).hyperparameters);
    Eigen::VectorXd mean;
    process.posterior(test.points, mean, nullptr);
    error[trend] = (mean - bowl(test.points)).norm();
  }
  EXPECT_LT(error[1], 0.5 * error[0]);
}

}  // namespace
}  // namespace exturbo::gp
