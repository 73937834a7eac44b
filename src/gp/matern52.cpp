// Matern-5/2 kernel: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/matern52.hpp"

#include <cmath>

namespace exturbo::gp {

Hyperparameters Hyperparameters::defaults(Eigen::Index dimensions) {
  Hyperparameters result;
  result.lengthscales = Eigen::VectorXd::Constant(dimensions, 0.5 * std::sqrt(static_cast<double>(dimensions)));
  result.noise_variance = 1e-4;
  return result;
}

Eigen::MatrixXd scale_points(const Eigen::Ref<const Eigen::MatrixXd>& points, const Eigen::VectorXd& lengthscales) {
  return lengthscales.cwiseInverse().asDiagonal() * points;
}

void squared_distances(const Eigen::Ref<const Eigen::MatrixXd>& a, const Eigen::Ref<const Eigen::MatrixXd>& b,
                       Eigen::MatrixXd& out) {
  out.resize(a.cols(), b.cols());
  if (out.size() == 0) return;
  out.noalias() = -2.0 * a.transpose() * b;
  const Eigen::VectorXd norms_a = a.colwise().squaredNorm();
  const Eigen::RowVectorXd norms_b = b.colwise().squaredNorm();
  for (Eigen::Index j = 0; j < out.cols(); ++j) {
    out.col(j).array() = (out.col(j).array() + norms_a.array() + norms_b[j]).max(0.0);
  }
}

void squared_distances_lower(const Eigen::Ref<const Eigen::MatrixXd>& a, Eigen::MatrixXd& out) {
  const Eigen::Index n = a.cols();
  out.setZero(n, n);
  if (n == 0) return;
  out.selfadjointView<Eigen::Lower>().rankUpdate(a.transpose(), -2.0);
  const Eigen::VectorXd norms = a.colwise().squaredNorm();
  for (Eigen::Index j = 0; j < n; ++j) {
    auto column = out.col(j).tail(n - j).array();
    column = (column + norms.tail(n - j).array() + norms[j]).max(0.0);
    out(j, j) = 0;
  }
}

void matern52_in_place(Eigen::Ref<Eigen::MatrixXd> squared, double signal_variance) {
  for (Eigen::Index j = 0; j < squared.cols(); ++j) {
    auto column = squared.col(j).array();
    const Eigen::ArrayXd a = (5.0 * column).sqrt();
    column = signal_variance * (1.0 + a + (5.0 / 3.0) * column) * (-a).exp();
  }
}

Eigen::MatrixXd matern52(const Eigen::Ref<const Eigen::MatrixXd>& a, const Eigen::Ref<const Eigen::MatrixXd>& b,
                         double signal_variance) {
  Eigen::MatrixXd out;
  squared_distances(a, b, out);
  matern52_in_place(out, signal_variance);
  return out;
}

void matern52_with_slope_lower(Eigen::MatrixXd& squared, Eigen::MatrixXd& slope, double signal_variance) {
  const Eigen::Index n = squared.rows();
  slope.resize(n, n);
  Eigen::ArrayXd a(n);
  Eigen::ArrayXd decay(n);
  for (Eigen::Index j = 0; j < n; ++j) {
    const Eigen::Index m = n - j;
    auto column = squared.col(j).tail(m).array();
    a.head(m) = (5.0 * column).sqrt();
    decay.head(m) = signal_variance * (-a.head(m)).exp();
    slope.col(j).tail(m).array() = (5.0 / 3.0) * (1.0 + a.head(m)) * decay.head(m);
    column = (1.0 + a.head(m) + (5.0 / 3.0) * column) * decay.head(m);
  }
}

}  // namespace exturbo::gp
