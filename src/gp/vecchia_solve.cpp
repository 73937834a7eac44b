// Vecchia's approximation, solves and slopes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
//
// With b_i the regression of point i on its neighbours S_i and v_i its variance given them, column i of U has 1 /
// sqrt(v_i) at i and -b_i / sqrt(v_i) at S_i. With a trend, A = U U^T, M = I + phi A phi^T:
//   K^-1 r = A (r - phi^T c),  c = M^-1 phi A r,   log det K = sum log v_i + log det M.
#include <cmath>

#include "exturbo/gp/vecchia_covariance.hpp"
#include "local_covariance.hpp"

namespace exturbo::gp {

Eigen::VectorXd VecchiaCovariance::innovation(const Eigen::MatrixXd& columns, Eigen::Index i) const {
  Eigen::VectorXd result = columns.col(i);
  const Eigen::Index k = conditioned_on(i);
  for (Eigen::Index a = 0; a < k; ++a) result -= regressions_(a, i) * columns.col(neighbours_(a, i));
  return result / std::sqrt(variances_[i]);
}

Eigen::MatrixXd VecchiaCovariance::whitened(const Eigen::MatrixXd& columns) const {
  Eigen::MatrixXd result(columns.rows(), columns.cols());
  for (Eigen::Index i = 0; i < columns.cols(); ++i) result.col(i) = innovation(columns, i);
  return result;
}

void VecchiaCovariance::times_factor(Eigen::MatrixXd& columns) const {
  for (Eigen::Index i = 0; i < columns.cols(); ++i) {  // what is added to a column comes from later ones
    columns.col(i) /= std::sqrt(variances_[i]);
    const Eigen::Index k = conditioned_on(i);
    for (Eigen::Index a = 0; a < k; ++a) columns.col(neighbours_(a, i)) -= regressions_(a, i) * columns.col(i);
  }
}

Eigen::MatrixXd VecchiaCovariance::trend_coefficients(const Eigen::MatrixXd& innovations) const {
  if (features_.rows() == 0 || innovations.rows() == 0)
    return Eigen::MatrixXd::Zero(features_.rows(), innovations.rows());
  return trend_llt_.solve(whitened_ * innovations.transpose());
}

void VecchiaCovariance::solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const {
  Eigen::MatrixXd columns = whitened(b.transpose());
  if (features_.rows() > 0) columns -= trend_coefficients(columns).transpose() * whitened_;
  times_factor(columns);
  b = columns.transpose();
}

double VecchiaCovariance::log_determinant() const {
  double result = variances_.array().log().sum();
  if (features_.rows() > 0) result += 2 * trend_llt_.matrixLLT().diagonal().array().log().sum();
  return result;
}

Eigen::VectorXd VecchiaCovariance::inverse_diagonal() const {
  Eigen::VectorXd diagonal = variances_.cwiseInverse();
  for (Eigen::Index i = 0; i < size(); ++i) {
    const Eigen::Index k = conditioned_on(i);
    for (Eigen::Index a = 0; a < k; ++a) {
      diagonal[neighbours_(a, i)] += regressions_(a, i) * regressions_(a, i) / variances_[i];
    }
  }
  if (features_.rows() > 0) {
    Eigen::MatrixXd columns = whitened_;  // A phi^T
    times_factor(columns);
    trend_llt_.matrixL().solveInPlace(columns);
    diagonal -= columns.colwise().squaredNorm().transpose();
  }
  return diagonal;
}

// For fixed vectors x_k the slope of -1/2 sum_k x_k^T A x_k - 1/2 sum log v is a sum over points of s^T dK_S p, where
// p = (-b, 1), and with y_k the innovation of x_k: s = (K_S^-1 sum_k y_k x_k(S) / sqrt(v), 0) + (|y|^2 - 1) / (2 v) p.
// With a trend x_0 = r - phi^T c and the others are the rows of M^(-1/2) phi: the slope of log det M in A.
Eigen::VectorXd VecchiaCovariance::likelihood_slopes(const Eigen::VectorXd& residual,
                                                     const Eigen::VectorXd& alpha) const {
  const Hyperparameters& h = hyperparameters_;
  const Eigen::Index d = centred_.rows();
  const Eigen::Index p = features_.rows();
  Eigen::VectorXd slopes = Eigen::VectorXd::Zero(d + (p > 0 ? 5 : 2));
  Eigen::MatrixXd fixed(1 + p, size());
  fixed.row(0) = residual.transpose();
  if (p > 0) {
    const Eigen::VectorXd c = features_ * alpha;
    fixed.row(0) -= c.transpose() * features_;
    fixed.bottomRows(p) = trend_llt_.matrixL().solve(features_);
    slopes.tail<3>() = trend_slopes(c);
  }
  LocalCovariance local(h, h.noise_variance + jitter_);
  Eigen::VectorXd s, contrast;
  double diagonal_slope = 0;
  for (Eigen::Index i = 0; i < size(); ++i) {
    const Eigen::VectorXi near = members(i);
    const Eigen::Index k = near.size() - 1;
    local.factor(scaled_, near);  // as it did in factor()
    const Eigen::VectorXd y = innovation(fixed, i);
    contrast.resize(k + 1);
    contrast << -regressions_.col(i).head(k), 1;
    s.resize(k + 1);
    for (Eigen::Index a = 0; a < k; ++a) s[a] = fixed.col(near[a]).dot(y) / std::sqrt(variances_[i]);
    local.solve_in_place(s.head(k));
    s[k] = 0;
    const double excess = y.squaredNorm() - 1;
    s += 0.5 * excess / variances_[i] * contrast;
    local.add_lengthscale_slopes(s, contrast, slopes.head(d));
    slopes[d] += 0.5 * excess;  // s^T K_S p
    diagonal_slope += s.dot(contrast);
  }
  slopes[d] -= (h.noise_variance + jitter_) * diagonal_slope;
  slopes[d + 1] = h.noise_variance * diagonal_slope;
  return slopes;
}

Eigen::Vector3d VecchiaCovariance::trend_slopes(const Eigen::VectorXd& c) const {
  const Eigen::Index d = centred_.rows();
  const Eigen::MatrixXd covariance = trend_llt_.solve(Eigen::MatrixXd::Identity(c.size(), c.size()));
  const Eigen::ArrayXd terms = 0.5 * (c.array().square() - 1 + covariance.diagonal().array());
  return {terms.head(d).sum(), terms.segment(d, d).sum(), terms[2 * d]};
}

}  // namespace exturbo::gp
