// Claims of the exact Gaussian process.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/gaussian_process.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <limits>

#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

Hyperparameters some_hyperparameters(Eigen::Index d) {
  Hyperparameters h;
  h.lengthscales = Eigen::VectorXd::LinSpaced(d, 0.4, 1.5);
  h.signal_variance = 1.4;
  h.noise_variance = 1e-3;
  return h;
}

/// Without and with a quadratic trend.
class EveryProcess : public ::testing::TestWithParam<bool> {
 protected:
  static Hyperparameters some(Eigen::Index d) {
    Hyperparameters h = some_hyperparameters(d);
    if (GetParam()) h.trend = {0.8, 2.0, 0.5};
    return h;
  }
  /// Kernel of f + t at points of the cube, from the formulas.
  static Eigen::MatrixXd dense(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, const Hyperparameters& h,
                               const Eigen::VectorXd& centre) {
    Eigen::MatrixXd k = kernel_matrix(Kernel::kMatern52, scale_points(a, h.lengthscales),
                                      scale_points(b, h.lengthscales), h.signal_variance);
    for (Eigen::Index i = 0; i < a.cols(); ++i) {
      for (Eigen::Index j = 0; j < b.cols(); ++j) {
        const Eigen::VectorXd u = a.col(i) - centre, v = b.col(j) - centre;
        k(i, j) += h.trend.linear * u.dot(v) + h.trend.square * u.cwiseAbs2().dot(v.cwiseAbs2()) +
                   h.trend.bowl * u.squaredNorm() * v.squaredNorm();
      }
    }
    return k;
  }
};
INSTANTIATE_TEST_SUITE_P(WithoutAndWithTrend, EveryProcess, ::testing::Bool());

TEST_P(EveryProcess, PosteriorMatchesTheDenseFormula) {
  const Data data = random_data(3, 20, 1);
  const Data test = random_data(3, 8, 2);
  const Hyperparameters h = some(3);
  GaussianProcess process;
  ASSERT_TRUE(process.condition(data.points, data.targets, h, 0.7).ok);
  const Eigen::VectorXd centre = data.points.rowwise().mean();
  Eigen::MatrixXd k = dense(data.points, data.points, h, centre);
  k.diagonal().array() += h.noise_variance;
  const Eigen::MatrixXd inverse = k.inverse();
  const double mu = (inverse * data.targets).sum() / (inverse.sum() + 1 / (0.7 * 0.7));
  const Eigen::MatrixXd cross = dense(test.points, data.points, h, centre);
  const Eigen::VectorXd mean = (cross * inverse * (data.targets.array() - mu).matrix()).array() + mu;
  const Eigen::VectorXd variance =
      (dense(test.points, test.points, h, centre) - cross * inverse * cross.transpose()).diagonal();
  Eigen::VectorXd got_mean, got_variance;
  process.posterior(test.points, got_mean, &got_variance);
  EXPECT_LT((got_mean - mean).norm(), 1e-9);
  EXPECT_LT((got_variance - variance).norm(), 1e-9);
  for (Eigen::Index i = 0; i < 8; ++i) {
    EXPECT_NEAR(process.mean_at(test.points.col(i), nullptr), mean[i], 1e-9);
    EXPECT_NEAR(process.variance_at(test.points.col(i), nullptr), variance[i], 1e-9);
  }
}

TEST_P(EveryProcess, GradientsMatchFiniteDifferences) {
  const Data data = random_data(4, 30, 3);
  GaussianProcess process;
  ASSERT_TRUE(process.condition(data.points, data.targets, some(4)).ok);
  const Eigen::VectorXd x = Eigen::Vector4d(0.3, 0.8, 0.45, 0.6);
  Eigen::VectorXd mean_gradient, variance_gradient;
  process.mean_at(x, &mean_gradient);
  process.variance_at(x, &variance_gradient);
  for (Eigen::Index j = 0; j < 4; ++j) {
    const double h = 1e-5;
    Eigen::VectorXd up = x, down = x;
    up[j] += h;
    down[j] -= h;
    EXPECT_NEAR(mean_gradient[j], (process.mean_at(up, nullptr) - process.mean_at(down, nullptr)) / (2 * h), 1e-6);
    EXPECT_NEAR(variance_gradient[j], (process.variance_at(up, nullptr) - process.variance_at(down, nullptr)) / (2 * h),
                1e-6);
  }
}

TEST(GaussianProcess, AppendedDataEqualsConditioningOnAll) {
  const Data data = random_data(3, 25, 4);
  const Hyperparameters h = some_hyperparameters(3);
  GaussianProcess grown, whole;
  ASSERT_TRUE(grown.condition(data.points.leftCols(15), data.targets.head(15), h).ok);
  ASSERT_TRUE(grown.append(data.points.middleCols(15, 6), data.targets.segment(15, 6)).ok);
  ASSERT_TRUE(grown.append(data.points.rightCols(4), data.targets.tail(4)).ok);
  ASSERT_TRUE(whole.condition(data.points, data.targets, h).ok);
  const Data test = random_data(3, 10, 5);
  Eigen::VectorXd mean1, mean2, variance1, variance2;
  grown.posterior(test.points, mean1, &variance1);
  whole.posterior(test.points, mean2, &variance2);
  EXPECT_LT((mean1 - mean2).norm(), 1e-9);
  EXPECT_LT((variance1 - variance2).norm(), 1e-9);
}

TEST_P(EveryProcess, TruncatedDataAreForgotten) {
  const Data data = random_data(3, 25, 4);
  GaussianProcess cut, whole;
  ASSERT_TRUE(cut.condition(data.points.leftCols(20), data.targets.head(20), some(3)).ok);
  Eigen::VectorXd before, after;
  const Data test = random_data(3, 10, 5);
  cut.posterior(test.points, before, nullptr);
  ASSERT_TRUE(cut.append(data.points.rightCols(5), data.targets.tail(5)).ok);
  cut.truncate(20);
  cut.posterior(test.points, after, nullptr);
  EXPECT_EQ(cut.size(), 20);
  EXPECT_LT((before - after).norm(), 1e-12);
}

TEST(GaussianProcess, BelievedPointsLeaveTheMeanAndShrinkTheVariance) {
  const Data data = random_data(2, 12, 6);
  GaussianProcess process;
  ASSERT_TRUE(process.condition(data.points, data.targets, some_hyperparameters(2)).ok);
  const Eigen::MatrixXd pending = Eigen::Vector2d(0.5, 0.5);
  Eigen::VectorXd believed, before, variance_before, after, variance_after;
  process.posterior(pending, believed, &variance_before);
  const Eigen::MatrixXd elsewhere = Eigen::Vector2d(0.7, 0.4);
  process.posterior(elsewhere, before, nullptr);
  ASSERT_TRUE(process.append(pending, believed).ok);
  process.posterior(pending, after, &variance_after);
  EXPECT_LT(variance_after[0], 0.5 * variance_before[0]);
  process.posterior(elsewhere, after, nullptr);
  EXPECT_NEAR(after[0], before[0], 1e-2);
}

TEST(GaussianProcess, NewTargetsAreUsed) {
  const Data data = random_data(2, 10, 7);
  GaussianProcess process, other;
  process.condition(data.points, data.targets, some_hyperparameters(2));
  process.set_targets(2 * data.targets);
  other.condition(data.points, 2 * data.targets, some_hyperparameters(2));
  const Eigen::VectorXd x = Eigen::Vector2d(0.2, 0.9);
  EXPECT_NEAR(process.mean_at(x, nullptr), other.mean_at(x, nullptr), 1e-12);
}

TEST(GaussianProcess, DuplicatePointsWithoutNoiseFactorByJitter) {
  Data data = random_data(2, 10, 8);
  data.points.col(1) = data.points.col(0);
  Hyperparameters h = some_hyperparameters(2);
  h.noise_variance = 0;
  GaussianProcess process;
  const linalg::FactorResult result = process.condition(data.points, data.targets, h);
  EXPECT_TRUE(result.ok);
  EXPECT_GT(result.jitter, 0);
  EXPECT_TRUE(process.append(data.points.col(2), data.targets.segment(2, 1)).ok);
  EXPECT_EQ(process.size(), 11);
}

TEST(GaussianProcess, WithoutFactorItPredictsThePrior) {
  Data data = random_data(2, 6, 9);
  Hyperparameters h = some_hyperparameters(2);
  h.signal_variance = std::numeric_limits<double>::quiet_NaN();
  GaussianProcess process;
  EXPECT_FALSE(process.condition(data.points, data.targets, h).ok);
  GaussianProcess empty;
  EXPECT_FALSE(empty.condition(Eigen::MatrixXd(2, 0), Eigen::VectorXd(0), some_hyperparameters(2)).ok &&
               empty.size() > 0);
  Eigen::VectorXd mean, variance;
  empty.posterior(data.points, mean, &variance);
  EXPECT_TRUE((mean.array() == 0).all());
  EXPECT_TRUE((variance.array() == 1.4).all());
}

}  // namespace
}  // namespace exturbo::gp
