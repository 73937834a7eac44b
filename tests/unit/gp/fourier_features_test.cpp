// Claims of the random Fourier features.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/fourier_features.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "exturbo/gp/kernel_matrix.hpp"
#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

TEST(SineCosineOfTurns, MatchTheStandardLibrary) {
  const Eigen::ArrayXd turns = Eigen::ArrayXd::LinSpaced(4001, -7.3, 9.1);
  Eigen::ArrayXd sine(turns.size()), cosine(turns.size());
  sine_cosine_of_turns(turns, sine, cosine);
  for (Eigen::Index i = 0; i < turns.size(); ++i) {
    const double reduced = turns[i] - std::round(turns[i]);
    EXPECT_NEAR(sine[i], std::sin(2 * std::numbers::pi * reduced), 1e-15);
    EXPECT_NEAR(cosine[i], std::cos(2 * std::numbers::pi * reduced), 1e-15);
  }
}

TEST(FourierFeatures, ProductsApproachTheKernel) {
  core::RandomStream stream(5, 0, core::Purpose::kTest);
  const FourierFeatures features(3, 40000, stream);
  const Data data = random_data(3, 12, 1);
  const Eigen::MatrixXd phi = features.evaluate(data.points);
  const Eigen::MatrixXd k = kernel_matrix(Kernel::kMatern52, data.points, data.points, 1.0);
  // Each entry is a mean of 20,000 cosines of deviation < 0.71: a limit of 5 standard errors, 66 pairs, false alarm <
  // 4e-5.
  EXPECT_LT((phi * phi.transpose() - k).cwiseAbs().maxCoeff(), 5 * 0.71 / std::sqrt(20000.0));
}

TEST(FourierFeatures, WeightedSumAndGradientMatchTheFeatures) {
  core::RandomStream stream(5, 1, core::Purpose::kTest);
  const FourierFeatures features(4, 64, stream);
  Eigen::VectorXd weights(64);
  for (Eigen::Index i = 0; i < 64; ++i) weights[i] = stream.normal();
  const Eigen::VectorXd x = Eigen::Vector4d(0.1, -0.7, 1.3, 0.4);
  Eigen::VectorXd gradient = Eigen::VectorXd::Zero(4);
  const double value = features.dot_at(x, weights, &gradient);
  EXPECT_NEAR(value, features.evaluate(x).row(0).dot(weights), 1e-12);
  for (Eigen::Index j = 0; j < 4; ++j) {
    Eigen::VectorXd up = x, down = x;
    up[j] += 1e-5;
    down[j] -= 1e-5;
    EXPECT_NEAR(gradient[j], (features.dot_at(up, weights, nullptr) - features.dot_at(down, weights, nullptr)) / 2e-5,
                1e-7);
  }
}

}  // namespace
}  // namespace exturbo::gp
