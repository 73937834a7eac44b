// Claims of the box minimiser.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/linalg/minimise_box.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace exturbo::linalg {
namespace {

double rosenbrock(const Eigen::VectorXd& x, Eigen::VectorXd& g) {
  const double a = 1 - x[0];
  const double b = x[1] - x[0] * x[0];
  g[0] = -2 * a - 400 * x[0] * b;
  g[1] = 200 * b;
  return a * a + 100 * b * b;
}

TEST(MinimiseBox, FindsAnInteriorMinimum) {
  const Eigen::Vector2d lower(-2, -2), upper(2, 2), start(-1.2, 1);
  MinimiseOptions options;
  options.max_evaluations = 500;
  options.gradient_tolerance = 1e-8;
  options.relative_decrease = 1e-16;
  const MinimiseResult result = minimise_box(rosenbrock, start, lower, upper, options);
  EXPECT_LT(result.value, 1e-10);
  EXPECT_NEAR(result.x[0], 1, 1e-4);
}

TEST(MinimiseBox, FindsAMinimumOnTheBoundary) {
  const Eigen::Vector2d lower(-2, -2), upper(0.5, 2), start(-1.2, 1);
  const MinimiseResult result = minimise_box(rosenbrock, start, lower, upper, {});
  EXPECT_NEAR(result.x[0], 0.5, 1e-6);
  EXPECT_NEAR(result.x[1], 0.25, 1e-3);
}

TEST(MinimiseBox, EvaluationLimitReturnsTheBestSoFar) {
  const Eigen::Vector2d lower(-2, -2), upper(2, 2), start(-1.2, 1);
  MinimiseOptions options;
  options.max_evaluations = 5;
  Eigen::VectorXd g(2);
  const MinimiseResult result = minimise_box(rosenbrock, start, lower, upper, options);
  EXPECT_EQ(result.termination, Termination::kEvaluationLimit);
  EXPECT_EQ(result.evaluations, 5);
  EXPECT_LT(result.value, rosenbrock(start, g));
}

TEST(MinimiseBox, FunctionWithoutFiniteValuesIsAValueNotAnException) {
  const auto nan = [](const Eigen::VectorXd&, Eigen::VectorXd& g) {
    g.setConstant(std::numeric_limits<double>::quiet_NaN());
    return std::numeric_limits<double>::quiet_NaN();
  };
  const Eigen::Vector2d lower(0, 0), upper(1, 1), start(0.3, 7);
  const MinimiseResult result = minimise_box(nan, start, lower, upper, {});
  EXPECT_EQ(result.termination, Termination::kNoFiniteValue);
  EXPECT_EQ(result.x, Eigen::VectorXd(Eigen::Vector2d(0.3, 1)));
}

}  // namespace
}  // namespace exturbo::linalg
