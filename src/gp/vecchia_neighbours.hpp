// Nearest neighbours for Vecchia's approximation.
// SPDX-License-Identifier: BSD-3-Clause
//
// Brute force in tiles of matrix products, never an n x n matrix: n q d multiply-adds for q queries among n points,
// half of that among the points themselves. A tree would be no faster: beyond ten dimensions or so it visits nearly all
// points. Pure functions, deterministic: of equal distances the earlier point is taken.
#pragma once

#include <Eigen/Core>

namespace exturbo::gp {

/// Indices of the `count` nearest of all points (d x n) to each query (d x q), ascending: min(count, n) x q.
/// \param norms squared norms of the points (n).
Eigen::MatrixXi nearest_points(const Eigen::Ref<const Eigen::MatrixXd>& points,
                               const Eigen::Ref<const Eigen::VectorXd>& norms,
                               const Eigen::Ref<const Eigen::MatrixXd>& queries, Eigen::Index count);

/// For the points (d x n) from `first` on, the indices of the `count` nearest before each, ascending:
/// count x (n - first). A point with fewer before it has them all, in the upper rows; -1 follows.
Eigen::MatrixXi nearest_earlier_points(const Eigen::Ref<const Eigen::MatrixXd>& points, Eigen::Index count,
                                       Eigen::Index first);

}  // namespace exturbo::gp
