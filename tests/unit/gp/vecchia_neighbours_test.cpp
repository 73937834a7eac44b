// Claims of the nearest neighbours.
// SPDX-License-Identifier: BSD-3-Clause
#include "gp/vecchia_neighbours.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

/// Of the first `limit` points, ascending, by sorting.
std::vector<int> sorted_nearest(const Eigen::MatrixXd& points, const Eigen::VectorXd& query, Eigen::Index limit,
                                std::size_t count) {
  std::vector<std::pair<double, int>> all;
  for (Eigen::Index i = 0; i < limit; ++i) all.push_back({(points.col(i) - query).squaredNorm(), static_cast<int>(i)});
  std::sort(all.begin(), all.end());
  all.resize(std::min(count, all.size()));
  std::vector<int> result;
  for (const auto& [distance, index] : all) result.push_back(index);
  std::sort(result.begin(), result.end());
  return result;
}

std::vector<int> column(const Eigen::MatrixXi& matrix, Eigen::Index j) {
  const Eigen::VectorXi entries = matrix.col(j);
  return {entries.data(), entries.data() + (entries.array() >= 0).count()};
}

TEST(VecchiaNeighbours, AreThoseThatSortingFinds) {
  const Eigen::MatrixXd points = random_data(6, 700, 1).points;
  const Eigen::MatrixXi earlier = nearest_earlier_points(points, 9, 0);
  for (Eigen::Index i = 0; i < 700; ++i) {
    ASSERT_EQ(column(earlier, i), sorted_nearest(points, points.col(i), i, 9)) << i;
  }
  EXPECT_EQ(nearest_earlier_points(points, 9, 633), earlier.rightCols(67));
  const Eigen::MatrixXd queries = random_data(6, 90, 2).points;
  const Eigen::MatrixXi near = nearest_points(points, points.colwise().squaredNorm().transpose(), queries, 20);
  for (Eigen::Index q = 0; q < 90; ++q) {
    ASSERT_EQ(column(near, q), sorted_nearest(points, queries.col(q), 700, 20)) << q;
  }
}

TEST(VecchiaNeighbours, OfFewPointsAreAll) {
  const Eigen::MatrixXd points = random_data(2, 4, 3).points;
  const Eigen::VectorXd norms = points.colwise().squaredNorm();
  EXPECT_EQ(column(nearest_points(points, norms, points.leftCols(1), 10), 0), (std::vector<int>{0, 1, 2, 3}));
  EXPECT_EQ(column(nearest_earlier_points(points, 10, 0), 3), (std::vector<int>{0, 1, 2}));
}

}  // namespace
}  // namespace exturbo::gp
