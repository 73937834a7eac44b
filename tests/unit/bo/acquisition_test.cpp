// Claims of the logarithmic acquisition functions.
// SPDX-License-Identifier: BSD-3-Clause
#include "bo/acquisition.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "exturbo/core/random.hpp"

namespace exturbo::bo {
namespace {

/// Far tails against the bounds of Mills' ratio, z / (1 + z^2) < Q / phi < 1 / z, near ones against erfc.
TEST(LogNormalCdf, IsExactInBothTails) {
  for (const double z : {-15.0, -5.0, -1.0, 0.0, 2.0, 9.0}) {
    EXPECT_NEAR(log_normal_cdf(z, nullptr), std::log(0.5 * std::erfc(-z / std::numbers::sqrt2)), 1e-12);
  }
  for (const double z : {-21.0, -40.0, -1e3, -1e6}) {
    const double log_density = -0.5 * z * z - 0.5 * std::log(2 * std::numbers::pi);
    EXPECT_LE(log_normal_cdf(z, nullptr), log_density - std::log(-z));
    EXPECT_GE(log_normal_cdf(z, nullptr), log_density + std::log(-z / (1 + z * z)));
  }
  EXPECT_NEAR(log_normal_cdf(-20 - 1e-9, nullptr), log_normal_cdf(-20 + 1e-9, nullptr), 1e-6);
}

/// h'(z) = Phi(z), so that h is the integral of Phi from minus infinity.
TEST(LogImprovement, IsTheIntegralOfTheNormalCdf) {
  for (const double z : {-30.0, -12.0, -6.0, -5.01, -4.99, -2.0, 0.0, 3.0}) {
    double integral = 0;  // relative to Phi(z), by Simpson's rule over a reach that decays by e^-40
    const double reach = z < -2 ? -40 / z : z + 12;
    const int steps = 4000;
    const double end = log_normal_cdf(z, nullptr);
    for (int i = 0; i <= steps; ++i) {
      const double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      integral += weight * std::exp(log_normal_cdf(z - reach * i / steps, nullptr) - end);
    }
    integral *= reach / steps / 3;
    EXPECT_NEAR(log_improvement(z, nullptr), end + std::log(integral), 1e-6) << z;
  }
}

TEST(LogImprovement, SlopesMatchFiniteDifferences) {
  for (const double z : {-50.0, -21.0, -8.0, -3.0, 0.5, 4.0}) {
    double slope = 0;
    log_improvement(z, &slope);
    const double h = 1e-5 * std::max(1.0, std::abs(z));
    EXPECT_NEAR(slope / ((log_improvement(z + h, nullptr) - log_improvement(z - h, nullptr)) / (2 * h)), 1, 1e-5) << z;
    log_normal_cdf(z, &slope);
    EXPECT_NEAR(slope, (log_normal_cdf(z + h, nullptr) - log_normal_cdf(z - h, nullptr)) / (2 * h), 1e-5 * (1 + slope));
  }
}

class Acquisitions : public ::testing::Test {
 protected:
  Acquisitions() : models_(2, 2, Options{}) {
    History history;
    core::RandomStream stream(9, 0, core::Purpose::kTest);
    for (int i = 0; i < 25; ++i) {
      Evaluation e;
      e.suggestion.id = history.next_id();
      e.unit = Eigen::Vector2d(stream.uniform(), stream.uniform());
      e.suggestion.values = {e.unit[0], e.unit[1]};
      e.told = true;
      e.outcome = {false, std::sin(5 * e.unit[0]) + e.unit[1], {e.unit[0] - 0.7, 0.2 - e.unit[1]}};
      history.add(e);
    }
    models_.update(history, Ranking(history, {}, 2, 10), history.at(1), Eigen::Vector2d(1, 1));
  }
  SurrogateSet models_;
};

TEST_F(Acquisitions, GradientsMatchFiniteDifferences) {
  const Eigen::VectorXd x = Eigen::Vector2d(0.66, 0.24);
  Eigen::VectorXd feasibility, improvement, unused;
  log_feasibility(models_, x, feasibility);
  log_expected_improvement(models_, -0.5, x, improvement);
  for (Eigen::Index j = 0; j < 2; ++j) {
    Eigen::VectorXd up = x, down = x;
    up[j] += 1e-6;
    down[j] -= 1e-6;
    const double f = (log_feasibility(models_, up, unused) - log_feasibility(models_, down, unused)) / 2e-6;
    const double i =
        (log_expected_improvement(models_, -0.5, up, unused) - log_expected_improvement(models_, -0.5, down, unused)) /
        2e-6;
    EXPECT_NEAR(feasibility[j], f, 1e-4 * (1 + std::abs(f)));
    EXPECT_NEAR(improvement[j], i, 1e-4 * (1 + std::abs(i)));
  }
}

TEST_F(Acquisitions, MostProbableFeasiblePointIsFeasible) {
  const Box box{Eigen::Vector2d(0, 0), Eigen::Vector2d(1, 1)};
  const Eigen::VectorXd x = maximise_feasibility(models_, box, Eigen::Vector2d(0.95, 0.05), Eigen::Vector2d(0.9, 0.1));
  EXPECT_LT(x[0], 0.7);
  EXPECT_GT(x[1], 0.2);
}

}  // namespace
}  // namespace exturbo::bo
