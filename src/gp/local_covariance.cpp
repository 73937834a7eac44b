// Covariance of a few data: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "local_covariance.hpp"

namespace exturbo::gp {
namespace {

// What a conditional variance is at least of the diagonal: below it is round-off.
constexpr double kLeastShare = 1e-13;

}  // namespace

LocalCovariance::LocalCovariance(const Hyperparameters& hyperparameters, double diagonal)
    : hyperparameters_(hyperparameters), diagonal_(diagonal) {}

bool LocalCovariance::factor(const Eigen::MatrixXd& scaled, const Eigen::Ref<const Eigen::VectorXi>& members) {
  const Eigen::Index k = members.size();
  points_.resize(scaled.rows(), k);
  lower_.resize(k, k);
  origin_ = k > 0 ? Eigen::VectorXd(scaled.col(members[k - 1])) : Eigen::VectorXd::Zero(scaled.rows());
  if (k == 0) return true;
  for (Eigen::Index a = 0; a < k; ++a) points_.col(a) = scaled.col(members[a]) - origin_;
  gram_.noalias() = points_.transpose() * points_;
  const Eigen::ArrayXd norms = gram_.diagonal();
  squared_.resize(k * (k + 1) / 2);
  for (Eigen::Index b = 0, at = 0; b < k; at += k - b, ++b) {
    auto column = squared_.segment(at, k - b);
    column = (norms.tail(k - b) + norms[b] - 2 * gram_.col(b).tail(k - b).array()).max(0.0);
  }
  const Eigen::ArrayXd values = KernelAt<Eigen::ArrayXd>(hyperparameters_.kernel, squared_).value();
  const double variance = hyperparameters_.signal_variance;
  for (Eigen::Index b = 0, at = 0; b < k; at += k - b, ++b) {
    lower_.col(b).tail(k - b) = variance * values.segment(at, k - b);
  }
  const double whole = variance + diagonal_;
  lower_.diagonal().setConstant(whole);
  const Eigen::LLT<Eigen::Ref<Eigen::MatrixXd>> llt(lower_);
  // Not a number compares false.
  return llt.info() == Eigen::Success && (lower_.diagonal().array().square() > kLeastShare * whole).all();
}

void LocalCovariance::factor_with_jitter(const Eigen::MatrixXd& scaled,
                                         const Eigen::Ref<const Eigen::VectorXi>& members) {
  const double given = diagonal_;
  // A matrix that the signal's variance is added to is positive definite.
  for (double share = 1e-10; !factor(scaled, members) && share <= 1; share *= 10) {
    diagonal_ = given + share * hyperparameters_.signal_variance;
  }
  diagonal_ = given;
}

void LocalCovariance::condition_last(Eigen::Ref<Eigen::VectorXd> coefficients, double& variance) const {
  const Eigen::Index k = lower_.rows() - 1;
  variance = lower_(k, k) * lower_(k, k);
  coefficients = lower_.row(k).head(k).transpose();
  lower_.topLeftCorner(k, k).transpose().triangularView<Eigen::Upper>().solveInPlace(coefficients);
}

void LocalCovariance::solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const {
  const auto lower = lower_.topLeftCorner(b.rows(), b.rows());
  lower.triangularView<Eigen::Lower>().solveInPlace(b);
  lower.transpose().triangularView<Eigen::Upper>().solveInPlace(b);
}

Eigen::VectorXd LocalCovariance::cross(const Eigen::VectorXd& scaled_point, Eigen::VectorXd* factors) const {
  const Eigen::VectorXd relative = scaled_point - origin_;
  const Eigen::ArrayXd squared = (points_.colwise() - relative).colwise().squaredNorm().transpose();
  const KernelAt<Eigen::ArrayXd> kernel(hyperparameters_.kernel, squared);
  if (factors != nullptr) *factors = hyperparameters_.signal_variance * kernel.slope();
  return hyperparameters_.signal_variance * kernel.value();
}

}  // namespace exturbo::gp
