// Matern-5/2 kernel with one length-scale per dimension (ARD).
// SPDX-License-Identifier: BSD-3-Clause
//
// k(x, x') = s2 (1 + a + a^2 / 3) exp(-a), a = sqrt(5) r, r^2 = sum_j ((x_j - x'_j) / l_j)^2  (Rasmussen & Williams
// 2006, eq. 4.17). Points are columns: a set of n points of d variables is d x n. Distances come from one matrix
// product, O(d) a pair, vectorised; nothing of size n x n x d is ever stored. Pure functions, thread-safe.
#pragma once

#include <Eigen/Core>

#include "exturbo/gp/trend.hpp"

namespace exturbo::gp {

/// Hyperparameters of a GP with this kernel, a quadratic trend, Gaussian noise and a constant mean that is solved for.
struct Hyperparameters {
  Eigen::VectorXd lengthscales;  ///< d, all > 0.
  double signal_variance = 1;    ///< s2 > 0.
  double noise_variance = 1e-6;  ///< >= 0, added on the diagonal.
  TrendVariances trend;          ///< None by default.

  /// A start and fallback: length-scales 0.5 sqrt(d), signal variance 1, noise variance 1e-4, for standardised targets.
  static Hyperparameters defaults(Eigen::Index dimensions);
};

/// Points divided by the length-scales: d x n.
Eigen::MatrixXd scale_points(const Eigen::Ref<const Eigen::MatrixXd>& points, const Eigen::VectorXd& lengthscales);

/// Squared distances of scaled points: out(i, j) = |a_i - b_j|^2, never negative. `out` becomes n_a x n_b.
void squared_distances(const Eigen::Ref<const Eigen::MatrixXd>& a, const Eigen::Ref<const Eigen::MatrixXd>& b,
                       Eigen::MatrixXd& out);

/// Lower triangle of the squared distances of scaled points among themselves; the rest of `out` is unspecified.
void squared_distances_lower(const Eigen::Ref<const Eigen::MatrixXd>& a, Eigen::MatrixXd& out);

/// Replaces squared distances by kernel values.
void matern52_in_place(Eigen::Ref<Eigen::MatrixXd> squared, double signal_variance);

/// Cross-covariances of scaled points: n_a x n_b.
Eigen::MatrixXd matern52(const Eigen::Ref<const Eigen::MatrixXd>& a, const Eigen::Ref<const Eigen::MatrixXd>& b,
                         double signal_variance);

/// Lower triangles of kernel values and of slopes -2 dk/d(r^2) = (5/3) s2 (1 + a) exp(-a), from squared distances in
/// the lower triangle of `squared`, which receives the kernel values.
void matern52_with_slope_lower(Eigen::MatrixXd& squared, Eigen::MatrixXd& slope, double signal_variance);

}  // namespace exturbo::gp
