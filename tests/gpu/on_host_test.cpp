// The plug-in's kernels and algorithms, run on the host, give what the exact covariance gives.
// SPDX-License-Identifier: BSD-3-Clause
#include <limits>

#include "cuda/cuda_batch.hpp"
#include "cuda/cuda_covariance.hpp"
#include "cuda/measure_profile.hpp"
#include "host_queue.hpp"
#include "same_as_exact.hpp"

namespace exturbo::gp {
namespace {

constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();

class OnHost : public ::testing::TestWithParam<Case> {
 protected:
  void TearDown() override { cuda::set_memory_limit(kUnlimited); }
};

TEST_P(OnHost, IsTheExactMatrix) {
  const Case c = GetParam();
  const Eigen::MatrixXd points = sobol_points(c.d, c.n);
  cuda::CudaCovariance tested;
  ExactCovariance exact(true);
  for (Covariance* covariance : {static_cast<Covariance*>(&tested), static_cast<Covariance*>(&exact)}) {
    covariance->set_points(points);
    ASSERT_TRUE(covariance->factor(some_hyperparameters(c)).ok);
  }
  expect_same(tested, exact, points);
  expect_same_slopes(tested, exact);
}

class OnHostGrowth : public OnHost {};

TEST_P(OnHostGrowth, IsThatOfTheExactMatrix) {
  const Case c = GetParam();
  const Eigen::MatrixXd points = sobol_points(c.d, c.n);
  cuda::CudaCovariance tested;
  ExactCovariance exact(false);
  for (Covariance* covariance : {static_cast<Covariance*>(&tested), static_cast<Covariance*>(&exact)}) {
    covariance->set_points(points.leftCols(c.n - 2));
    ASSERT_TRUE(covariance->factor(some_hyperparameters(c)).ok);
    ASSERT_TRUE(covariance->append(points.rightCols(2)).ok);
  }
  expect_same(tested, exact, points);
  tested.truncate(c.n - 1);
  exact.truncate(c.n - 1);
  expect_same(tested, exact, points);
}

INSTANTIATE_TEST_SUITE_P(Cases, OnHost, ::testing::ValuesIn(cases({1, 2, 63, 64, 65, 200})));

INSTANTIATE_TEST_SUITE_P(Cases, OnHostGrowth, ::testing::ValuesIn(cases({3, 64, 65, 200})));

class OnHostMemory : public OnHost {};

TEST_P(OnHostMemory, LittleOfItMakesNarrowPanelsAndTheSameNumbers) {
  const Case c = GetParam();
  const Eigen::MatrixXd points = sobol_points(c.d, c.n);
  ExactCovariance exact(true);
  exact.set_points(points);
  ASSERT_TRUE(exact.factor(some_hyperparameters(c)).ok);
  const std::int64_t stride = c.n + 64;
  cuda::set_memory_limit(stride * stride + 300 * stride + 192 * 1024);
  cuda::CudaCovariance tested;
  tested.set_points(points);
  ASSERT_TRUE(tested.factor(some_hyperparameters(c)).ok);
  expect_same(tested, exact, points);
  expect_same_slopes(tested, exact);
}

TEST_P(OnHostMemory, TooLittleOfItIsTold) {
  const Case c = GetParam();
  cuda::set_memory_limit(c.n * c.n);
  cuda::CudaCovariance tested;
  tested.set_points(sobol_points(c.d, c.n));
  const linalg::FactorResult result = tested.factor(some_hyperparameters(c));
  EXPECT_FALSE(result.ok);
  EXPECT_TRUE(result.out_of_memory);
  EXPECT_FALSE(tested.factored());
  EXPECT_NE(result.message.find("no memory for a matrix of order"), std::string::npos) << result.message;
}

INSTANTIATE_TEST_SUITE_P(Cases, OnHostMemory, ::testing::ValuesIn(cases({300})));

TEST(OnHostMatrix, OfEqualPointsGetsTheJitterOfTheExactOne) {
  Eigen::MatrixXd points = sobol_points(3, 50);
  points.rightCols(25) = points.leftCols(25);
  Hyperparameters h = some_hyperparameters({50, 3, Kernel::kMatern52, false});
  h.noise_variance = 0;
  cuda::CudaCovariance tested;
  ExactCovariance exact(true);
  tested.set_points(points);
  exact.set_points(points);
  const linalg::FactorResult a = tested.factor(h), b = exact.factor(h);
  ASSERT_TRUE(a.ok);
  ASSERT_TRUE(b.ok);
  EXPECT_GT(a.jitter, 0);
  EXPECT_NEAR(a.jitter, b.jitter, 1e-12 * b.jitter);
  EXPECT_EQ(a.message, b.message);
}

TEST(OnHostMatrix, OfPointsThatAreNotFiniteIsAFailureAndTheNextOneSucceeds) {
  const Eigen::MatrixXd points = sobol_points(3, 20);
  Eigen::MatrixXd bad = points;
  bad(1, 7) = std::numeric_limits<double>::quiet_NaN();
  const Hyperparameters h = some_hyperparameters({20, 3, Kernel::kMatern52, true});
  cuda::CudaCovariance tested;
  tested.set_points(bad);
  const linalg::FactorResult result = tested.factor(h);
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.out_of_memory);
  EXPECT_FALSE(tested.factored());
  tested.set_points(points);
  EXPECT_TRUE(tested.factor(h).ok);
}

TEST(OnHostMatrix, RefusesRowsThatDependOnOthers) {
  const Eigen::MatrixXd points = sobol_points(3, 20);
  Hyperparameters h = some_hyperparameters({20, 3, Kernel::kMatern52, false});
  h.noise_variance = 0;
  cuda::CudaCovariance tested;
  tested.set_points(points);
  ASSERT_TRUE(tested.factor(h).ok);
  const double before = tested.log_determinant();
  EXPECT_FALSE(tested.append(points.leftCols(1)).ok);
  EXPECT_EQ(tested.size(), 20);
  EXPECT_EQ(tested.log_determinant(), before);
}

TEST(OnHostProfile, HasAllFigures) {
  const DeviceProfile profile = cuda::measure_profile(100, 3);
  for (const double rate : {profile.multiply, profile.copy, profile.assemble, profile.factor}) EXPECT_GT(rate, 0);
}

TEST(OnHostBatch, GivesEachProcessWhatItGetsAlone) {
  const Eigen::MatrixXd points = sobol_points(3, 70);
  const Eigen::MatrixXd targets = Eigen::MatrixXd::NullaryExpr(
      70, 3, [](Eigen::Index i, Eigen::Index j) { return std::sin(static_cast<double>(i * (j + 1))); });
  std::vector<Hyperparameters> h(3, some_hyperparameters({70, 3, Kernel::kMatern52, false}));
  h[1] = some_hyperparameters({70, 3, Kernel::kRbf, true});
  h[2].signal_variance = -1;  // cannot be factored
  cuda::CudaBatch batch(points);
  const auto terms = batch.factor({&h[0], &h[1], &h[2]}, targets);
  EXPECT_FALSE(terms[2].factor.ok);
  std::vector<Eigen::VectorXd> alphas;
  for (int k = 0; k < 2; ++k) alphas.push_back(terms[static_cast<std::size_t>(k)].solved.col(0));
  const Eigen::VectorXd first = targets.col(0), second = targets.col(1);
  const auto slopes = batch.slopes({&first, &second, nullptr}, {&alphas[0], &alphas[1], nullptr});
  for (std::size_t k = 0; k < 2; ++k) {
    ExactCovariance exact(true);
    exact.set_points(points);
    ASSERT_TRUE(exact.factor(h[k]).ok);
    Eigen::MatrixXd solved(70, 2);
    solved << targets.col(static_cast<Eigen::Index>(k)), Eigen::VectorXd::Ones(70);
    exact.solve_in_place(solved);
    expect_near(terms[k].solved, solved, 1e-9, "solution");
    EXPECT_NEAR(terms[k].log_determinant, exact.log_determinant(), 1e-10 * std::abs(exact.log_determinant()));
    expect_near(slopes[k], exact.likelihood_slopes(targets.col(static_cast<Eigen::Index>(k)), solved.col(0)), 1e-8,
                "slopes");
  }
}

}  // namespace
}  // namespace exturbo::gp
