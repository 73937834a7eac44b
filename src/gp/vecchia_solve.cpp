// Vecchia's approximation, solves: see the header.
// SPDX-License-Identifier: BSD-3-Clause
//
// With b_i the regression of point i on its neighbours S_i and v_i its variance given them, column i of U has 1 /
// sqrt(v_i) at i and -b_i / sqrt(v_i) at S_i. With a trend, A = U U^T, M = I + phi A phi^T:
//   K^-1 r = A (r - phi^T c),  c = M^-1 phi A r,   log det K = sum log v_i + log det M.
#include <cmath>

#include "exturbo/gp/vecchia_covariance.hpp"

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

}  // namespace exturbo::gp
