// Stationary kernels of whole matrices: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/kernel_matrix.hpp"

#include <algorithm>

namespace exturbo::gp {
namespace {

// Columns are worked on in pieces that stay on the stack and in the first-level cache.
constexpr Eigen::Index kPiece = 256;
using Piece = Eigen::Array<double, Eigen::Dynamic, 1, 0, kPiece, 1>;

}  // namespace

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

void kernel_in_place(Kernel kernel, Eigen::Ref<Eigen::MatrixXd> squared, double signal_variance) {
  for (Eigen::Index j = 0; j < squared.cols(); ++j) {
    for (Eigen::Index i = 0; i < squared.rows(); i += kPiece) {
      auto piece = squared.col(j).segment(i, std::min(kPiece, squared.rows() - i)).array();
      piece = signal_variance * KernelAt<Piece>(kernel, piece).value();
    }
  }
}

Eigen::MatrixXd kernel_matrix(Kernel kernel, const Eigen::Ref<const Eigen::MatrixXd>& a,
                              const Eigen::Ref<const Eigen::MatrixXd>& b, double signal_variance) {
  Eigen::MatrixXd out;
  squared_distances(a, b, out);
  kernel_in_place(kernel, out, signal_variance);
  return out;
}

void kernel_with_slope_lower(Kernel kernel, Eigen::MatrixXd& squared, Eigen::MatrixXd& slope, double signal_variance) {
  const Eigen::Index n = squared.rows();
  slope.resize(n, n);
  for (Eigen::Index j = 0; j < n; ++j) {
    for (Eigen::Index i = j; i < n; i += kPiece) {
      auto piece = squared.col(j).segment(i, std::min(kPiece, n - i)).array();
      const KernelAt<Piece> at(kernel, piece);
      piece = signal_variance * at.value();
      slope.col(j).segment(i, piece.size()).array() = signal_variance * at.slope();
    }
  }
}

}  // namespace exturbo::gp
