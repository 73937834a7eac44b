// Claims of optima on a grid.
// SPDX-License-Identifier: BSD-3-Clause
#include "bo/grid_search.hpp"

#include <gtest/gtest.h>

#include "bo/constrained_search.hpp"

namespace exturbo::bo {
namespace {

/// f = |x|^2 under x0 + x1 + x2 >= 1: optimum (1, 1, 1) / 3.
class Sphere final : public ModelFunction {
 public:
  int outputs() const override { return 2; }
  void at(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd* gradients) const override {
    values = Eigen::Vector2d(x.squaredNorm(), 1 - x.sum());
    if (gradients == nullptr) return;
    gradients->resize(3, 2);
    gradients->col(0) = 2 * x;
    gradients->col(1).setConstant(-1);
  }
};

Dimension dimension(const char* name, double grid, bool integer = false) {
  return {name, 0, integer ? 4.0 : 1.0, Scale::kLinear, grid, integer};
}

const Box kWhole{Eigen::Vector3d::Zero(), Eigen::Vector3d::Ones()};

Eigen::VectorXd search_sphere(const Eigen::VectorXd& start, const Box& box) {
  return minimise_objective(Sphere{}, start, box, 300);
}

TEST(GridSearch, FinerVariablesMakeUpForCoarserOnes) {
  const SearchSpace space({dimension("coarse", 0, true), dimension("medium", 0.01), dimension("fine", 1e-4)});
  const Eigen::VectorXd free = search_sphere(Eigen::Vector3d(0.9, 0.1, 0.5), kWhole);
  EXPECT_NEAR(free[0], 1.0 / 3, 1e-4);
  const Eigen::VectorXd x = settle_on_grid(space, free, kWhole, search_sphere);
  EXPECT_EQ(x[0], 0.25);
  EXPECT_NEAR(x[1], 0.375, 0.006);
  EXPECT_NEAR(x.sum(), 1, 1.01e-4);
  Eigen::MatrixXd at_once = free;
  round_to_grid(space, at_once);
  EXPECT_LT(at_once.sum(), 0.92);
  Eigen::MatrixXd again = x;
  round_to_grid(space, again);
  EXPECT_EQ(again, x);
}

TEST(GridSearch, KeepsTheBox) {
  const SearchSpace space({dimension("coarse", 0.05), dimension("medium", 0.01), dimension("fine", 1e-4)});
  const Box box{Eigen::Vector3d(0, 0, 0), Eigen::Vector3d(1, 0.3, 1)};
  const Eigen::VectorXd x =
      settle_on_grid(space, search_sphere(Eigen::Vector3d(0.5, 0.1, 0.5), box), box, search_sphere);
  EXPECT_NEAR(x[1], 0.3, 1e-9);
  EXPECT_NEAR(x.sum(), 1, 1.01e-4);
}

TEST(GridSearch, WithoutAGridNothingMovesAndNothingIsSearched) {
  const SearchSpace space({dimension("a", 0), dimension("b", 0), dimension("c", 0)});
  const Eigen::Vector3d x(0.1, 0.2, 0.3);
  EXPECT_EQ(settle_on_grid(space, x, kWhole,
                           [](const Eigen::VectorXd& start, const Box&) {
                             ADD_FAILURE();
                             return start;
                           }),
            x);
  Eigen::MatrixXd points = x;
  round_to_grid(space, points);
  EXPECT_EQ(points, x);
}

}  // namespace
}  // namespace exturbo::bo
