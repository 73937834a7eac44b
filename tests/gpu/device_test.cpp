// The plug-in on a real device gives what the exact covariance of the CPU gives.
// SPDX-License-Identifier: BSD-3-Clause
#include <thread>

#include "exturbo/gp/fit_all.hpp"
#include "exturbo/gp/make_covariance.hpp"
#include "same_as_exact.hpp"

namespace exturbo::gp {
namespace {

class OnDevice : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    const AcceleratorState state = accelerator_state();
    if (!state.usable) GTEST_SKIP() << "no CUDA device: " << state.detail;
  }
  static constexpr Compute kCuda{Device::kCuda};
};

TEST_P(OnDevice, IsTheExactMatrix) {
  const Case c = GetParam();
  const Eigen::MatrixXd points = sobol_points(c.d, c.n);
  const auto tested = make_covariance(kCuda, Purpose::kFit, c.n);
  ExactCovariance exact(true);
  for (Covariance* covariance : {tested.get(), static_cast<Covariance*>(&exact)}) {
    covariance->set_points(points);
    ASSERT_TRUE(covariance->factor(some_hyperparameters(c)).ok);
  }
  expect_same(*tested, exact, points);
  expect_same_slopes(*tested, exact);
  if (c.n < 3) return;
  tested->truncate(c.n - 2);
  exact.truncate(c.n - 2);
  ASSERT_TRUE(tested->append(points.rightCols(2)).ok);
  ASSERT_TRUE(exact.append(points.rightCols(2)).ok);
  expect_same(*tested, exact, points);
}

/// Slopes of a likelihood, of one covariance matrix after another.
Eigen::VectorXd slopes_of(const Case& c, const Compute& compute) {
  const auto covariance = make_covariance(compute, Purpose::kFit, c.n);
  covariance->set_points(sobol_points(c.d, c.n));
  EXPECT_TRUE(covariance->factor(some_hyperparameters(c)).ok);
  const Eigen::VectorXd residual = Eigen::VectorXd::LinSpaced(c.n, -1, 1);
  Eigen::MatrixXd alpha = residual;
  covariance->solve_in_place(alpha);
  return covariance->likelihood_slopes(residual, alpha);
}

TEST_P(OnDevice, ResultsAreTheSameFromRunToRunAndInThreads) {
  const Case c = GetParam();
  const Eigen::VectorXd first = slopes_of(c, kCuda);
  std::vector<Eigen::VectorXd> results(4);
  std::vector<std::thread> threads;
  for (Eigen::VectorXd& result : results) threads.emplace_back([&] { result = slopes_of(c, kCuda); });
  for (std::thread& thread : threads) thread.join();
  for (const Eigen::VectorXd& result : results) EXPECT_EQ(result, first);
}

TEST_P(OnDevice, AFactorThatFailsIsAValueAndTheNextOneSucceeds) {
  const Case c = GetParam();
  const Eigen::MatrixXd points = sobol_points(c.d, c.n);
  Hyperparameters h = some_hyperparameters(c);
  const auto covariance = make_covariance(kCuda, Purpose::kFit, c.n);
  covariance->set_points(points);
  h.lengthscales[0] = std::nan("");
  const linalg::FactorResult result = covariance->factor(h);
  EXPECT_TRUE(c.n == 1 || !result.ok);  // one point is at no distance
  EXPECT_FALSE(result.out_of_memory);
  EXPECT_TRUE(covariance->factor(some_hyperparameters(c)).ok);
}

TEST_P(OnDevice, FitsOfSeveralOutputsAreThoseOfTheCpu) {
  const Case c = GetParam();
  if (c.n != 200 || c.kernel != Kernel::kMatern52) GTEST_SKIP() << "once is enough";
  std::vector<FitTask> tasks(3);
  for (std::size_t k = 0; k < tasks.size(); ++k) {
    tasks[k].points = sobol_points(c.d, c.n);
    tasks[k].targets = (tasks[k].points.row(0) * (3.0 + static_cast<double>(k))).array().sin().matrix().transpose();
    tasks[k].targets.array() -= tasks[k].targets.mean();
    tasks[k].options.trend = c.trend;
  }
  const std::vector<FitResult> expected = fit_all(tasks, 1);
  for (FitTask& task : tasks) task.options.compute = kCuda;
  const std::vector<FitResult> found = fit_all(tasks, 1);
  for (std::size_t k = 0; k < tasks.size(); ++k)
    EXPECT_NEAR(found[k].objective, expected[k].objective, 1e-3 * (1 + std::abs(expected[k].objective)));
}

INSTANTIATE_TEST_SUITE_P(Cases, OnDevice, ::testing::ValuesIn(cases({1, 2, 63, 64, 65, 200, 1500})));

}  // namespace
}  // namespace exturbo::gp
