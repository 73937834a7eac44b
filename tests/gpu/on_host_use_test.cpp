// The plug-in's algorithms, run on the host, as optimisers use them: data that grow and shrink, unusual requests.
// SPDX-License-Identifier: BSD-3-Clause
#include <limits>
#include <thread>

#include "cuda/cuda_batch.hpp"
#include "cuda/cuda_covariance.hpp"
#include "same_as_exact.hpp"

namespace exturbo::gp {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// A matrix and its exact twin, which see the same.
struct Twins {
  Twins(const Eigen::MatrixXd& points, const Case& c) : all(points), h(some_hyperparameters(c)) {}

  void begin(Eigen::Index n) {
    for (Covariance* covariance : both()) {
      covariance->set_points(all.leftCols(n));
      ASSERT_TRUE(covariance->factor(h).ok);
    }
  }
  /// As GaussianProcess::append(): anew where rows are refused.
  void append(Eigen::Index m) {
    const Eigen::Index n = exact.size();
    bool appended = true;
    for (Covariance* covariance : both()) appended = covariance->append(all.middleCols(n, m)).ok && appended;
    if (!appended) begin(n + m);
  }
  void truncate(Eigen::Index n) {
    for (Covariance* covariance : both()) covariance->truncate(n);
  }
  std::vector<Covariance*> both() { return {&tested, &exact}; }

  Eigen::MatrixXd all;
  Hyperparameters h;
  cuda::CudaCovariance tested;
  ExactCovariance exact{true};
};

TEST(OnHostUse, DataGrowAndShrink) {
  for (const bool trend : {false, true}) {
    Twins twins(sobol_points(4, 400), {400, 4, Kernel::kMatern52, trend});
    twins.begin(90);
    for (const Eigen::Index m : {1, 5, 58, 64, 100}) {
      twins.append(m);
      expect_same(twins.tested, twins.exact, twins.all);
    }
    for (const Eigen::Index n : {200, 65, 64, 1}) {
      twins.truncate(n);
      expect_same(twins.tested, twins.exact, twins.all);
      twins.append(2);
      expect_same(twins.tested, twins.exact, twins.all);
    }
  }
}

TEST(OnHostUse, SlopesAfterGrowthAndTruncationAreThoseOfTheRest) {
  Twins twins(sobol_points(3, 200), {200, 3, Kernel::kRbf, false});
  twins.begin(150);
  twins.append(20);
  twins.truncate(110);
  // Without a trend the centre does not matter.
  twins.exact.set_points(twins.all.leftCols(110));
  ASSERT_TRUE(twins.exact.factor(twins.h).ok);
  expect_same_slopes(twins.tested, twins.exact);
}

TEST(OnHostUse, SlopesMatchFiniteDifferences) {
  const Case c{80, 3, Kernel::kRbf, true};
  const Eigen::VectorXd theta = to_log(some_hyperparameters(c));
  const Eigen::VectorXd residual =
      Eigen::VectorXd::NullaryExpr(c.n, [](Eigen::Index i) { return std::sin(0.7 * static_cast<double>(i)); });
  cuda::CudaCovariance covariance;
  covariance.set_points(sobol_points(c.d, c.n));
  Eigen::VectorXd slopes;
  const auto value = [&](const Eigen::VectorXd& at) {
    EXPECT_TRUE(covariance.factor(from_log(at, c.d, c.kernel)).ok);
    Eigen::MatrixXd alpha = residual;
    covariance.solve_in_place(alpha);
    slopes = covariance.likelihood_slopes(residual, alpha);
    return -0.5 * residual.dot(alpha.col(0)) - 0.5 * covariance.log_determinant();
  };
  value(theta);
  const Eigen::VectorXd expected = slopes;
  for (Eigen::Index j = 0; j < theta.size(); ++j) {
    const Eigen::VectorXd step = 1e-5 * Eigen::VectorXd::Unit(theta.size(), j);
    const double difference = (value(theta + step) - value(theta - step)) / 2e-5;
    EXPECT_NEAR(expected[j], difference, 1e-5 * expected.cwiseAbs().maxCoeff()) << "parameter " << j;
  }
}

TEST(OnHostUse, NewPointsHaveNoFactorYet) {
  const Case c{20, 3, Kernel::kMatern52, false};
  const Eigen::MatrixXd points = sobol_points(c.d, c.n);
  cuda::CudaCovariance covariance;
  EXPECT_FALSE(covariance.factored());
  EXPECT_THROW(covariance.log_determinant(), std::logic_error);
  covariance.set_points(points);
  ASSERT_TRUE(covariance.factor(some_hyperparameters(c)).ok);
  covariance.set_points(points.array() * 2);
  EXPECT_FALSE(covariance.factored());
  EXPECT_FALSE(covariance.append(points.leftCols(1)).ok);
}

TEST(OnHostUse, NotANumberFails) {
  const Case c{70, 3, Kernel::kMatern52, true};
  const Hyperparameters good = some_hyperparameters(c);
  cuda::CudaCovariance covariance;
  covariance.set_points(sobol_points(c.d, c.n));
  std::vector<Hyperparameters> bad(6, good);
  bad[0].lengthscales[1] = kNaN;
  bad[5].lengthscales[1] = kNaN;
  bad[5].trend = {};
  bad[1].signal_variance = kNaN;
  bad[2].noise_variance = kNaN;
  bad[3].trend.bowl = kNaN;
  bad[4].signal_variance = std::numeric_limits<double>::infinity();
  for (const Hyperparameters& h : bad) {
    const linalg::FactorResult result = covariance.factor(h);
    EXPECT_FALSE(result.ok);
    EXPECT_FALSE(result.out_of_memory);
    EXPECT_FALSE(result.message.empty());
    EXPECT_FALSE(covariance.factored());
  }
  EXPECT_TRUE(covariance.factor(good).ok);
}

TEST(OnHostUse, PredictionsAtNoPointOrOfNoOutputAreEmpty) {
  Twins twins(sobol_points(3, 40), {40, 3, Kernel::kMatern52, true});
  twins.begin(40);
  Eigen::MatrixXd means, expected;
  Eigen::VectorXd reductions, expected_reductions;
  twins.tested.predict(Eigen::MatrixXd(3, 0), twins.tested.weights(Eigen::MatrixXd::Ones(40, 2)), means, &reductions);
  EXPECT_EQ(means.rows(), 0);
  EXPECT_EQ(means.cols(), 2);
  EXPECT_EQ(reductions.size(), 0);
  const Eigen::MatrixXd at = sobol_points(3, 4200);  // more than one tile
  const Eigen::MatrixXd none = twins.tested.weights(Eigen::MatrixXd(40, 0));
  twins.tested.predict(at, none, means, &reductions);
  twins.exact.predict(at, none, expected, &expected_reductions);
  EXPECT_EQ(means.rows(), 4200);
  EXPECT_EQ(means.cols(), 0);
  expect_near(reductions, expected_reductions, 1e-9, "reductions");
}

TEST(OnHostUse, ConstCallsOfSeveralThreadsDoNotDisturbOneAnother) {
  Twins twins(sobol_points(3, 120), {120, 3, Kernel::kMatern52, false});
  twins.begin(120);
  std::vector<std::thread> threads;
  for (int k = 0; k < 4; ++k) threads.emplace_back([&] { expect_same(twins.tested, twins.exact, twins.all); });
  for (std::thread& thread : threads) thread.join();
}

TEST(OnHostUse, ABatchLeavesOutThoseNotAskedForAndTakesOthersTheNextTime) {
  const Case c{70, 3, Kernel::kMatern52, false};
  const std::vector<Hyperparameters> h{some_hyperparameters(c), some_hyperparameters({70, 3, Kernel::kRbf, true})};
  cuda::CudaBatch batch(sobol_points(c.d, c.n));
  const Eigen::MatrixXd targets = Eigen::MatrixXd::Random(c.n, 3);
  const auto first = batch.factor({&h[0], nullptr, &h[1]}, targets);
  EXPECT_TRUE(first[0].factor.ok);
  EXPECT_EQ(first[1].solved.size(), 0);
  EXPECT_TRUE(first[2].factor.ok);
  const auto second = batch.factor({&h[1]}, targets.rightCols(1));
  EXPECT_EQ(second[0].solved, first[2].solved);
  EXPECT_EQ(second[0].log_determinant, first[2].log_determinant);
}

}  // namespace
}  // namespace exturbo::gp
