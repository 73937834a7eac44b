// The covariance matrix of a process's data, factored: the one seam behind which a device or an approximation does the
// work of order n^2 and n^3.
// SPDX-License-Identifier: BSD-3-Clause
//
//   K = s2 k(Z, Z) + phi(U) phi(U)^T + (noise + jitter) I,   U = points - centre,  Z = U / length-scales,
//
// k the kernel and phi the trend's features (trend.hpp). Siblings: ExactCovariance (Eigen, one thread), the CUDA
// plug-in's (src/cuda), VecchiaCovariance (an approximation for predictions from many points). What is of size n x n
// never leaves the sibling; what goes in and out is O(n). A matrix that cannot be factored is a value, never an
// exception. Deterministic. Objects are not thread-safe, const calls on one may run at the same time; different ones
// are independent.
#pragma once

#include <Eigen/Core>

#include "exturbo/gp/fourier_features.hpp"
#include "exturbo/gp/hyperparameters.hpp"
#include "exturbo/linalg/cholesky.hpp"

namespace exturbo::gp {

class Covariance {
 public:
  virtual ~Covariance() = default;

  /// Takes the points (d x n) and their centre; nothing is factored then.
  virtual void set_points(const Eigen::Ref<const Eigen::MatrixXd>& points) = 0;
  /// Assembles and factors K, with jitter where it must (linalg::Cholesky). On failure factored() is false.
  virtual linalg::FactorResult factor(const Hyperparameters& hyperparameters) = 0;
  /// Adds points (d x m) under the same centre, hyperparameters and jitter, O(n^2 m). On failure nothing is added: the
  /// caller sets all points and factors anew.
  virtual linalg::FactorResult append(const Eigen::Ref<const Eigen::MatrixXd>& points) = 0;
  /// Keeps the first n points and their factor.
  virtual void truncate(Eigen::Index n) = 0;

  virtual bool factored() const = 0;
  Eigen::Index size() const { return centred_.cols(); }
  const Eigen::VectorXd& centre() const { return centre_; }
  /// Of the last factor().
  const Hyperparameters& hyperparameters() const { return hyperparameters_; }
  /// Jitter in the factor (absolute).
  virtual double jitter() const = 0;
  virtual double log_determinant() const = 0;
  /// B <- K^-1 B, for B of n x k.
  virtual void solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const = 0;
  /// The diagonal of K^-1 (n).
  virtual Eigen::VectorXd inverse_diagonal() const = 0;
  /// Of -1/2 r^T K^-1 r - 1/2 log det K, the slopes in the logarithms of the hyperparameters, in the order of to_log():
  /// d + 2, of a factor with a trend d + 5. Of a matrix made for fits (make_covariance()); \throws std::logic_error
  /// where a sibling serves predictions alone. \param alpha K^-1 r, as solve_in_place() gives it.
  virtual Eigen::VectorXd likelihood_slopes(const Eigen::VectorXd& residual, const Eigen::VectorXd& alpha) const;

  /// What predict() and sample() take for residuals R (n x s) of the data: exact siblings give K^-1 R and the trend's
  /// coefficients below it. Its rows mean nothing to the caller.
  virtual Eigen::MatrixXd weights(const Eigen::Ref<const Eigen::MatrixXd>& residuals) const = 0;
  /// k(x, X) K^-1 R at points (d x N), the trend's part included: `means` becomes N x s. Unless null, `reductions` (N)
  /// becomes k(x, X) K^-1 k(X, x): how far the data lower the prior variance of f + t. \param weights of R; may have no
  /// columns.
  virtual void predict(const Eigen::Ref<const Eigen::MatrixXd>& points,
                       const Eigen::Ref<const Eigen::MatrixXd>& weights, Eigen::MatrixXd& means,
                       Eigen::VectorXd* reductions) const = 0;
  /// The same at one point x (d) for s = 1, with its gradient (d) unless null. O(n d).
  virtual double predict_at(const Eigen::VectorXd& x, const Eigen::Ref<const Eigen::VectorXd>& weights,
                            Eigen::VectorXd* gradient) const = 0;
  /// The reduction at one point x (d), with its gradient (d) unless null. O(n^2).
  virtual double reduction_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const = 0;
  /// Sample functions at points (d x N): a prior's draws, features of Z times `prior_weights` (m x s), and predict().
  /// `values` becomes N x s.
  virtual void sample(const Eigen::Ref<const Eigen::MatrixXd>& points, const FourierFeatures& features,
                      const Eigen::Ref<const Eigen::MatrixXd>& prior_weights,
                      const Eigen::Ref<const Eigen::MatrixXd>& weights, Eigen::MatrixXd& values) const;

 protected:
  /// Sets the points and their centre, the mean.
  void centre_points(const Eigen::Ref<const Eigen::MatrixXd>& points);

  Hyperparameters hyperparameters_;
  Eigen::VectorXd centre_;
  Eigen::MatrixXd centred_;  // d x n: the points about it
};

}  // namespace exturbo::gp
