// What the host can tell of the kernels themselves: races, uses of memory, dependence on order.
// SPDX-License-Identifier: BSD-3-Clause
#include "cuda/block.hpp"
#include "cuda/cuda_covariance.hpp"
#include "host_queue.hpp"
#include "same_as_exact.hpp"

namespace exturbo::gp {
namespace {

/// All that a covariance matrix tells, one below the other.
Eigen::VectorXd everything() {
  const Case c{150, 19, Kernel::kMatern52, true};
  const Eigen::MatrixXd points = sobol_points(c.d, c.n);
  cuda::CudaCovariance covariance;
  covariance.set_points(points.leftCols(130));
  EXPECT_TRUE(covariance.factor(some_hyperparameters(c)).ok);
  EXPECT_TRUE(covariance.append(points.rightCols(20)).ok);
  const Eigen::MatrixXd residuals = points.topRows(2).transpose().array() - 0.5;
  const Eigen::MatrixXd weights = covariance.weights(residuals);
  core::RandomStream stream(3, 1, core::Purpose::kTest);
  const FourierFeatures features(c.d, 30, stream);
  Eigen::MatrixXd means, samples;
  Eigen::VectorXd reductions;
  covariance.predict(points.array() + 0.01, weights, means, &reductions);
  covariance.sample(points, features, Eigen::MatrixXd::Ones(30, 2), weights, samples);
  const Eigen::VectorXd slopes = covariance.likelihood_slopes(residuals.col(0), weights.col(0).head(c.n));
  const Eigen::VectorXd diagonal = covariance.inverse_diagonal();
  Eigen::VectorXd all(slopes.size() + diagonal.size() + means.size() + reductions.size() + samples.size());
  all << slopes, diagonal, means.reshaped(), reductions, samples.reshaped();
  return all;
}

TEST(OnHostKernels, DoNotDependOnTheOrderOfThreads) {
  const Eigen::VectorXd forwards = everything();
  cuda::run_backwards(true);
  const Eigen::VectorXd backwards = everything();
  cuda::run_backwards(false);
  EXPECT_TRUE(forwards.allFinite());
  EXPECT_EQ(forwards, backwards);
}

TEST(OnHostKernels, GiveTheSameFromRunToRun) { EXPECT_EQ(everything(), everything()); }

TEST(OnHostKernels, MissNoBarrierUnseen) {
  cuda::Block block{0, 0};
  block.each([](int) {});
  EXPECT_THROW(block.each([](int) {}), std::logic_error);
}

TEST(OnHostKernelsDeathTest, KeepTheirMemoryFromTheHost) {
  cuda::Queue queue;
  cuda::Buffer buffer;
  ASSERT_TRUE(buffer.reserve(3));
  EXPECT_DEATH({ buffer.data()[0] = 1; }, "");
  const double one = 1;
  EXPECT_DEATH(queue.upload(&one, buffer.data() + 3, 1), "");
}

}  // namespace
}  // namespace exturbo::gp
