// Quadratic trend: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/trend.hpp"

#include <cmath>
#include <utility>

namespace exturbo::gp {

std::array<Eigen::MatrixXd, 3> trend_parts(const Eigen::Ref<const Eigen::MatrixXd>& centred) {
  Eigen::MatrixXd squares = centred.cwiseAbs2();
  Eigen::MatrixXd norms = squares.colwise().sum();
  return {centred, std::move(squares), std::move(norms)};
}

Eigen::MatrixXd trend_features(const Eigen::Ref<const Eigen::MatrixXd>& centred, const TrendVariances& variances) {
  if (!variances.any()) return Eigen::MatrixXd(0, centred.cols());
  const Eigen::Index d = centred.rows();
  Eigen::MatrixXd features(2 * d + 1, centred.cols());
  features.topRows(d) = std::sqrt(variances.linear) * centred;
  features.middleRows(d, d) = std::sqrt(variances.square) * centred.cwiseAbs2();
  features.row(2 * d) = std::sqrt(variances.bowl) * centred.colwise().squaredNorm();
  return features;
}

double trend_at(const Eigen::VectorXd& u, const Eigen::VectorXd& coefficients, const TrendVariances& variances,
                Eigen::VectorXd* gradient) {
  if (coefficients.size() == 0) return 0;
  const Eigen::Index d = u.size();
  const Eigen::ArrayXd slope = std::sqrt(variances.linear) * coefficients.head(d).array();
  const Eigen::ArrayXd square = std::sqrt(variances.square) * coefficients.segment(d, d).array() +
                                std::sqrt(variances.bowl) * coefficients[2 * d];
  if (gradient != nullptr) gradient->array() += slope + 2 * square * u.array();
  return (u.array() * (slope + square * u.array())).sum();
}

double trend_variance(const Eigen::VectorXd& u, const TrendVariances& variances, Eigen::VectorXd* gradient) {
  if (!variances.any()) return 0;
  const Eigen::ArrayXd squares = u.array().square();
  const double norm = squares.sum();
  if (gradient != nullptr) {
    gradient->array() +=
        u.array() * (2 * variances.linear + 4 * variances.square * squares + 4 * variances.bowl * norm);
  }
  return variances.linear * norm + variances.square * squares.square().sum() + variances.bowl * norm * norm;
}

}  // namespace exturbo::gp
