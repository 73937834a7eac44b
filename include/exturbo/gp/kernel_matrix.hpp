// Stationary kernels with one length-scale per dimension (ARD), for whole matrices.
// SPDX-License-Identifier: BSD-3-Clause
//
// Points are columns: a set of n points of d variables is d x n. Distances come from one matrix product, O(d) a pair,
// vectorised; nothing of size n x n x d is ever stored. The element-wise functions are those of stationary.hpp. Pure
// functions, thread-safe.
#pragma once

#include <Eigen/Core>

#include "exturbo/gp/stationary.hpp"

namespace exturbo::gp {

/// Points divided by the length-scales: d x n.
Eigen::MatrixXd scale_points(const Eigen::Ref<const Eigen::MatrixXd>& points, const Eigen::VectorXd& lengthscales);

/// Squared distances of scaled points: out(i, j) = |a_i - b_j|^2, never negative. `out` becomes n_a x n_b.
void squared_distances(const Eigen::Ref<const Eigen::MatrixXd>& a, const Eigen::Ref<const Eigen::MatrixXd>& b,
                       Eigen::MatrixXd& out);

/// Lower triangle of the squared distances of scaled points among themselves; the rest of `out` is unspecified.
void squared_distances_lower(const Eigen::Ref<const Eigen::MatrixXd>& a, Eigen::MatrixXd& out);

/// Replaces squared distances by kernel values.
void kernel_in_place(Kernel kernel, Eigen::Ref<Eigen::MatrixXd> squared, double signal_variance);

/// Cross-covariances of scaled points: n_a x n_b.
Eigen::MatrixXd kernel_matrix(Kernel kernel, const Eigen::Ref<const Eigen::MatrixXd>& a,
                              const Eigen::Ref<const Eigen::MatrixXd>& b, double signal_variance);

/// Lower triangles of kernel values and of slopes -2 dk/d(r^2), from squared distances in the lower triangle of
/// `squared`, which receives the kernel values.
void kernel_with_slope_lower(Kernel kernel, Eigen::MatrixXd& squared, Eigen::MatrixXd& slope, double signal_variance);

}  // namespace exturbo::gp
