// Claims of the search on modelled functions.
// SPDX-License-Identifier: BSD-3-Clause
#include "bo/constrained_search.hpp"

#include <gtest/gtest.h>

namespace exturbo::bo {
namespace {

/// f = |x - (0.9, 0.9)|^2 under x0 + x1 <= 1 and x0 >= 0.2: optimum (0.5, 0.5).
class Toy final : public ModelFunction {
 public:
  int outputs() const override { return 3; }
  void at(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd* gradients) const override {
    const Eigen::Vector2d goal(0.9, 0.9);
    values = Eigen::Vector3d((x - goal).squaredNorm(), x.sum() - 1, 0.2 - x[0]);
    if (gradients == nullptr) return;
    gradients->resize(2, 3);
    gradients->col(0) = 2 * (x - goal);
    gradients->col(1) = Eigen::Vector2d(1, 1);
    gradients->col(2) = Eigen::Vector2d(-1, 0);
  }
};

const Box kCube{Eigen::Vector2d(0, 0), Eigen::Vector2d(1, 1)};

TEST(ConstrainedSearch, FindsTheConstrainedOptimum) {
  const Eigen::VectorXd x = minimise_objective(Toy{}, Eigen::Vector2d(0.1, 0.8), kCube, 300);
  EXPECT_NEAR(x[0], 0.5, 1e-5);
  EXPECT_NEAR(x[1], 0.5, 1e-5);
}

TEST(ConstrainedSearch, BoxLimitsBindToo) {
  const Box box{Eigen::Vector2d(0, 0), Eigen::Vector2d(0.3, 1)};
  const Eigen::VectorXd x = minimise_objective(Toy{}, Eigen::Vector2d(0.1, 0.1), box, 300);
  EXPECT_NEAR(x[0], 0.3, 1e-6);
  EXPECT_NEAR(x[1], 0.7, 1e-5);
}

TEST(ConstrainedSearch, ViolationSearchReachesFeasibility) {
  Eigen::VectorXd values;
  const Toy toy;
  toy.at(minimise_violation(toy, Eigen::Vector2d(0.0, 1.0), kCube, 100), values, nullptr);
  EXPECT_LT(modelled_violation(values), 1e-3);
}

TEST(ConstrainedSearch, RanksByViolationThenObjective) {
  EXPECT_TRUE(ranks_before(Eigen::Vector3d(9, -1, -1), Eigen::Vector3d(0, 0.5, -1), 1e-6));
  EXPECT_TRUE(ranks_before(Eigen::Vector3d(1, -1, -1), Eigen::Vector3d(2, -5, -5), 1e-6));
  EXPECT_FALSE(ranks_before(Eigen::Vector3d(2, -1, -1), Eigen::Vector3d(1, 1e-9, -1), 1e-6));
}

}  // namespace
}  // namespace exturbo::bo
