// The plug-in's algorithms, run on the host, where memory is short or the device fails.
// SPDX-License-Identifier: BSD-3-Clause
#include <limits>

#include "cuda/cuda_batch.hpp"
#include "cuda/cuda_covariance.hpp"
#include "host_queue.hpp"
#include "same_as_exact.hpp"

namespace exturbo::gp {
namespace {

class OnHostShort : public ::testing::Test {
 protected:
  void TearDown() override {
    cuda::set_memory_limit(std::numeric_limits<std::int64_t>::max());
    cuda::fail_never();
  }

  const Case case_{500, 3, Kernel::kMatern52, true};
  const Eigen::MatrixXd points_ = sobol_points(case_.d, case_.n);
  const Hyperparameters hyperparameters_ = some_hyperparameters(case_);
};

/// Samples of more outputs and with more features than are computed at once.
Eigen::MatrixXd large_samples(const Covariance& covariance, const Eigen::MatrixXd& at) {
  core::RandomStream stream(1, 1, core::Purpose::kTest);
  const FourierFeatures features(at.rows(), 1100, stream);
  const Eigen::MatrixXd residuals = Eigen::MatrixXd::NullaryExpr(
      covariance.size(), 70, [](Eigen::Index i, Eigen::Index j) { return std::sin(static_cast<double>(i * (j + 1))); });
  const Eigen::MatrixXd prior = Eigen::MatrixXd::NullaryExpr(
      features.size(), 70, [](Eigen::Index i, Eigen::Index j) { return std::cos(static_cast<double>(i + 7 * j)); });
  Eigen::MatrixXd values;
  covariance.sample(at, features, prior, covariance.weights(residuals), values);
  return values;
}

TEST_F(OnHostShort, AFactorThatFitsServesAllThatFollows) {
  const Eigen::MatrixXd at = points_.leftCols(200).array() + 0.03;
  ExactCovariance exact(true);
  exact.set_points(points_);
  ASSERT_TRUE(exact.factor(hyperparameters_).ok);
  const Eigen::MatrixXd samples = large_samples(exact, at);
  int served = 0, refused = 0;
  for (std::int64_t limit = 4 << 20; limit > 1 << 18; limit = limit * 4 / 5) {
    cuda::set_memory_limit(limit);
    cuda::CudaCovariance tested;
    tested.set_points(points_);
    const linalg::FactorResult result = tested.factor(hyperparameters_);
    ASSERT_LE(cuda::memory_in_use(), limit);
    EXPECT_NE(result.ok, result.out_of_memory);
    if (!result.ok) {
      ++refused;
      continue;
    }
    EXPECT_EQ(refused, 0) << "what is served now was refused with more memory";
    ++served;
    expect_same(tested, exact, points_);
    expect_same_slopes(tested, exact);
    expect_near(large_samples(tested, at), samples, 1e-8, "samples");
  }
  EXPECT_GE(served, 3);
  EXPECT_GE(refused, 2);
}

TEST_F(OnHostShort, AllMemoryIsGivenBack) {
  const std::int64_t before = cuda::memory_in_use();
  {
    cuda::CudaCovariance covariance;
    covariance.set_points(points_);
    ASSERT_TRUE(covariance.factor(hyperparameters_).ok);
    EXPECT_GT(cuda::memory_in_use(), before);
  }
  EXPECT_EQ(cuda::memory_in_use(), before);
}

TEST_F(OnHostShort, ADeviceThatFailsIsADeviceError) {
  cuda::CudaCovariance covariance;
  covariance.set_points(points_.leftCols(50));
  ASSERT_TRUE(covariance.factor(hyperparameters_).ok);
  cuda::CudaBatch batch(points_);
  const Eigen::MatrixXd targets = Eigen::MatrixXd::Ones(case_.n, 1);
  cuda::fail_after(0);
  EXPECT_THROW(covariance.append(points_.middleCols(50, 2)), DeviceError);
  EXPECT_EQ(covariance.size(), 50);
  EXPECT_THROW(covariance.factor(hyperparameters_), DeviceError);
  EXPECT_FALSE(covariance.factored());
  EXPECT_THROW(batch.factor({&hyperparameters_}, targets), DeviceError);
  cuda::fail_never();
  EXPECT_TRUE(covariance.factor(hyperparameters_).ok);
  EXPECT_TRUE(batch.factor({&hyperparameters_}, targets)[0].factor.ok);
}

TEST_F(OnHostShort, ABatchServesThoseThatItHasRoomFor) {
  cuda::set_memory_limit(3 * 564 * 1000);
  cuda::CudaBatch batch(points_);
  const auto terms = batch.factor({&hyperparameters_, &hyperparameters_, &hyperparameters_, &hyperparameters_},
                                  Eigen::MatrixXd::Ones(case_.n, 4));
  EXPECT_TRUE(terms[0].factor.ok);
  EXPECT_TRUE(terms[3].factor.out_of_memory);
}

}  // namespace
}  // namespace exturbo::gp
