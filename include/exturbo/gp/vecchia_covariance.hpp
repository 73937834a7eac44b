// The covariance matrix of many data, approximately, for predictions: Vecchia's approximation, sparse, on one thread.
// SPDX-License-Identifier: BSD-3-Clause
//
// Vecchia 1988; Katzfuss & Guinness 2021; as a sparse inverse Cholesky factor Schaefer, Katzfuss & Owhadi 2021. Each
// datum is conditioned on the m nearest before it instead of on all before it: the density of the data is a product of
// small normal ones, and K^-1 = U U^T with m + 1 entries a column of U. It is exact for m >= n - 1. Only s2 k(Z, Z) and
// the diagonal are approximated so: the trend, of low rank but long range, is added exactly (Woodbury's identity), as
// is the mean by those who call. Near is meant in points over length-scales.
//
// The order is that of the points given. Optimisers search from coarse to fine: measured by the divergence from the
// exact density, such data are modelled in that order as well as in the max-min order, which costs n^2 d, and up to
// twice as well as in a random one. For evenly spread data all orders are equal within a tenth, a fifth where they are
// sorted by a variable or by the targets.
//
// Predictions condition on the 4 m data nearest to a point, and, with a trend, on its coefficients given all data.
// Where other data become the nearest the function is another one, so predictions have small jumps; gradients are those
// of the function at hand.
//
// Its likelihood serves no fits: where the divergence is large its optimum has too short length-scales. Fits are exact,
// of data drawn (fit.hpp).
//
// Costs in multiply-adds for n points of d variables and p = 2 d + 1 features (0 without a trend): neighbours n^2 d / 2
// in blocked matrix products; factor n (m^2 d + m^3 / 6) + n p (m + p / 2); solve 2 n m; a
// prediction n d + (4 m)^2 d + (4 m)^3 / 6; append n d + m^2 d a point. Memory 12 n m bytes and 16 n (d + p). One
// thread; nothing is of size n x n; const calls keep no state.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>

#include "exturbo/gp/covariance.hpp"

namespace exturbo::gp {

class VecchiaCovariance : public Covariance {
 public:
  static constexpr int kPredictionFactor = 4;  ///< Data of a prediction over those of the factor.

  /// \param neighbours m >= 1.
  explicit VecchiaCovariance(int neighbours);

  void set_points(const Eigen::Ref<const Eigen::MatrixXd>& points) override;
  /// The jitter is one for all of the small matrices, a rung of linalg::Cholesky's ladder times their diagonal.
  linalg::FactorResult factor(const Hyperparameters& hyperparameters) override;
  linalg::FactorResult append(const Eigen::Ref<const Eigen::MatrixXd>& points) override;
  void truncate(Eigen::Index n) override;

  bool factored() const override { return factored_; }
  double jitter() const override { return jitter_; }
  double log_determinant() const override;
  void solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const override;
  Eigen::VectorXd inverse_diagonal() const override;

  /// The residuals less the trend, and the trend's coefficients below.
  Eigen::MatrixXd weights(const Eigen::Ref<const Eigen::MatrixXd>& residuals) const override;
  void predict(const Eigen::Ref<const Eigen::MatrixXd>& points, const Eigen::Ref<const Eigen::MatrixXd>& weights,
               Eigen::MatrixXd& means, Eigen::VectorXd* reductions) const override;
  /// O(n d) and two small factorisations' worth: see above.
  double predict_at(const Eigen::VectorXd& x, const Eigen::Ref<const Eigen::VectorXd>& weights,
                    Eigen::VectorXd* gradient) const override;
  double reduction_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const override;

 private:
  // Points and factor.
  Eigen::Index conditioned_on(Eigen::Index i) const { return std::min(i, count_); }
  /// A point's neighbours and, last, itself.
  Eigen::VectorXi members(Eigen::Index i) const;
  bool condition_from(Eigen::Index first);
  bool add_trend_from(Eigen::Index first);
  void resize_to(Eigen::Index n);

  // Solves. In here vectors are rows of a matrix of n columns.
  /// Column i less its expectation given its neighbours', over the deviation: column i of (columns U).
  Eigen::VectorXd innovation(const Eigen::MatrixXd& columns, Eigen::Index i) const;
  Eigen::MatrixXd whitened(const Eigen::MatrixXd& columns) const;
  /// columns <- columns U^T.
  void times_factor(Eigen::MatrixXd& columns) const;
  Eigen::MatrixXd trend_coefficients(const Eigen::MatrixXd& innovations) const;

  // Predictions.
  class Around;
  Eigen::MatrixXi near(const Eigen::MatrixXd& scaled_points) const;
  double reduction_of_trend(const Eigen::VectorXd& u, const Eigen::VectorXi& members, const Eigen::VectorXd& regression,
                            Eigen::VectorXd* coefficients) const;

  Eigen::Index count_;          // m
  Eigen::MatrixXd scaled_;      // the points over the length-scales
  Eigen::VectorXd norms_;       // squared, of these
  Eigen::MatrixXi neighbours_;  // m x n

  double jitter_ = 0;
  bool factored_ = false;
  Eigen::MatrixXd regressions_;            // m x n: of each point on its neighbours
  Eigen::VectorXd variances_;              // of each point given them
  Eigen::MatrixXd features_, whitened_;    // of the trend: p x n, and features times U
  Eigen::MatrixXd trend_precision_;        // I + whitened whitened^T, lower triangle
  Eigen::LLT<Eigen::MatrixXd> trend_llt_;  // of it
};

}  // namespace exturbo::gp
