// A Gaussian process by the textbook's formulas, dense and plain: what the covariances are held against.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <Eigen/Dense>

#include "exturbo/gp/hyperparameters.hpp"

namespace exturbo::gp {

/// Covariances of f + t between points (columns).
inline Eigen::MatrixXd dense_kernel(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, const Hyperparameters& h,
                                    const Eigen::VectorXd& centre) {
  Eigen::MatrixXd k(a.cols(), b.cols());
  for (Eigen::Index i = 0; i < a.cols(); ++i) {
    for (Eigen::Index j = 0; j < b.cols(); ++j) {
      const Eigen::VectorXd u = a.col(i) - centre, v = b.col(j) - centre;
      const double squared = (u - v).cwiseQuotient(h.lengthscales).squaredNorm();
      k(i, j) = h.signal_variance * KernelAt<double>(h.kernel, squared).value() + h.trend.linear * u.dot(v) +
                h.trend.square * u.cwiseAbs2().dot(v.cwiseAbs2()) + h.trend.bowl * u.squaredNorm() * v.squaredNorm();
    }
  }
  return k;
}

struct DenseProcess {
  DenseProcess(const Eigen::MatrixXd& data, const Hyperparameters& hyperparameters)
      : points(data), h(hyperparameters), centre(data.rowwise().mean()) {
    matrix = dense_kernel(points, points, h, centre);
    matrix.diagonal().array() += h.noise_variance;
    llt.compute(matrix);
  }
  double log_determinant() const { return 2 * llt.matrixLLT().diagonal().array().log().sum(); }
  /// Of the residuals r, but for n log(2 pi) / 2.
  double log_density(const Eigen::VectorXd& r) const { return -0.5 * r.dot(llt.solve(r)) - 0.5 * log_determinant(); }

  Eigen::MatrixXd points;
  Hyperparameters h;
  Eigen::VectorXd centre;
  Eigen::MatrixXd matrix;
  Eigen::LLT<Eigen::MatrixXd> llt;
};

}  // namespace exturbo::gp
