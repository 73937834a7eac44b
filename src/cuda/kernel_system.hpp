// The covariance matrix of a set of points, factored, on a device.
// SPDX-License-Identifier: BSD-3-Clause
//
// Memory: n^2 doubles for the factor, and a panel of n x b for the inverse or a tile of candidates, b as large as there
// is room for. All of it is there from the factorisation on: what follows one does not fail for memory. The inverse is
// made panel by panel, L^-T (L^-1 I) below the panel's first row: n^3 / 3 multiply-adds in all, as of an inverse as a
// whole. Points go up scaled at each factorisation, O(n d); nothing of order n^2 comes down.
#pragma once

#include <Eigen/Core>

#include "exturbo/gp/fourier_features.hpp"
#include "exturbo/gp/hyperparameters.hpp"
#include "exturbo/linalg/cholesky.hpp"
#include "kernels.hpp"

namespace exturbo::cuda {

/// Doubles of a point on the device: its coordinates over the length-scales and a 1, and two norms.
constexpr std::int64_t point_size(std::int64_t dimensions) { return dimensions + 3; }
/// Takes centred points (d x n) there, to point_size() doubles each.
PointSet upload_points(Queue& queue, const Eigen::Ref<const Eigen::MatrixXd>& centred,
                       const Eigen::VectorXd& lengthscales, double* to);

class KernelSystem {
 public:
  /// \param predicts whether predict() is to have memory. \throws gp::DeviceError.
  explicit KernelSystem(bool predicts) : predicts_(predicts) {}

  /// Begins to assemble and factor for centred points (d x n); end_factor() tells what came of it. Two calls, so that
  /// several systems keep a device busy at once.
  void begin_factor(const Eigen::MatrixXd& centred, const gp::Hyperparameters& hyperparameters);
  linalg::FactorResult end_factor();
  /// The rows of further points, given all centred points (d x (n + m)). False where the system is to be factored anew.
  bool append(const Eigen::MatrixXd& centred);
  void truncate(std::int64_t n);

  bool factored() const { return factored_; }
  std::int64_t order() const { return order_; }
  double jitter() const { return jitter_; }
  double log_determinant() const { return log_determinant_; }
  /// B <- K^-1 B, n x k.
  void solve(Eigen::Ref<Eigen::MatrixXd> b);
  Eigen::VectorXd inverse_diagonal();
  /// As gp::Covariance::likelihood_slopes().
  Eigen::VectorXd likelihood_slopes(const Eigen::MatrixXd& centred, const Eigen::VectorXd& residual,
                                    const Eigen::VectorXd& alpha);
  /// As gp::Covariance::predict(), at centred points and for the weights' first n rows; with features also its
  /// sample().
  void predict(const Eigen::MatrixXd& centred, const Eigen::Ref<const Eigen::MatrixXd>& weights, Eigen::MatrixXd& means,
               Eigen::VectorXd* reductions, const gp::FourierFeatures* features, const Eigen::MatrixXd& prior_weights);

 private:
  KernelTerms terms() const;
  double diagonal() const { return hyperparameters_.noise_variance + jitter_; }
  void try_rung();
  bool read_diagonal();
  bool reserve(std::int64_t d);
  /// The points of the factor's rows.
  PointSet points() const { return {points_.points, points_.norms, order_}; }
  /// The trailing rows of K^-1, or of L^-1 alone, for columns `first` to `first + columns`.
  void invert_panel(std::int64_t first, std::int64_t columns, bool whole);

  bool predicts_;
  Queue queue_;
  gp::Hyperparameters hyperparameters_;
  PointSet points_;
  Buffer squared_lengthscales_, point_memory_, factor_, panel_, vectors_, products_, tile_;
  std::int64_t order_ = 0, stride_ = 0, width_ = 0;  // width_: columns of a panel
  std::size_t rung_ = 0;
  double scale_ = 1, jitter_ = 0, log_determinant_ = 0;
  bool factored_ = false, out_of_memory_ = false, hopeless_ = false;
};

}  // namespace exturbo::cuda
