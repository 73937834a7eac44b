// Vecchia's approximation, points and factor: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/vecchia_covariance.hpp"

#include <cmath>
#include <utility>

#include "exturbo/gp/kernel_matrix.hpp"
#include "local_covariance.hpp"
#include "vecchia_neighbours.hpp"

namespace exturbo::gp {
namespace {

bool usable(const Hyperparameters& h) {
  return (h.lengthscales.array() > 0).all() && h.lengthscales.allFinite() && h.signal_variance > 0 &&
         h.noise_variance >= 0 && std::isfinite(h.signal_variance + h.noise_variance) &&
         std::isfinite(h.trend.linear + h.trend.square + h.trend.bowl);
}

linalg::FactorResult failure(const char* message) { return {false, 0, message}; }

}  // namespace

VecchiaCovariance::VecchiaCovariance(int neighbours) : count_(std::max(1, neighbours)) {}

void VecchiaCovariance::set_points(const Eigen::Ref<const Eigen::MatrixXd>& points) {
  centre_points(points);
  factored_ = false;
}

linalg::FactorResult VecchiaCovariance::factor(const Hyperparameters& hyperparameters) {
  hyperparameters_ = hyperparameters;
  factored_ = false;
  jitter_ = 0;
  if (!centred_.allFinite() || !usable(hyperparameters_)) return failure("points or hyperparameters are not finite");
  scaled_ = scale_points(centred_, hyperparameters_.lengthscales);
  norms_ = scaled_.colwise().squaredNorm();
  if (!norms_.allFinite()) return failure("points over length-scales are not finite");
  neighbours_ = nearest_earlier_points(scaled_, count_, 0);
  regressions_.setZero(count_, size());
  variances_.resize(size());
  const double diagonal = hyperparameters_.signal_variance + hyperparameters_.noise_variance;
  for (const double rung : linalg::kJitterLadder) {
    jitter_ = rung * diagonal;
    if (!condition_from(0)) continue;
    features_ = trend_features(centred_, hyperparameters_.trend);
    if (!add_trend_from(0)) return failure("the trend's matrix is not positive definite");
    factored_ = true;
    return {true, jitter_, rung > 0 ? "factored after adding jitter to the diagonal" : ""};
  }
  return failure("not positive definite, even with 1e-4 of its diagonal added");
}

Eigen::VectorXi VecchiaCovariance::members(Eigen::Index i) const {
  const Eigen::Index k = conditioned_on(i);
  Eigen::VectorXi members(k + 1);
  members.head(k) = neighbours_.col(i).head(k);
  members[k] = static_cast<int>(i);
  return members;
}

bool VecchiaCovariance::condition_from(Eigen::Index first) {
  LocalCovariance local(hyperparameters_, hyperparameters_.noise_variance + jitter_);
  for (Eigen::Index i = first; i < size(); ++i) {
    const Eigen::VectorXi near = members(i);
    if (!local.factor(scaled_, near)) return false;
    local.condition_last(regressions_.col(i).head(near.size() - 1), variances_[i]);
  }
  return true;
}

bool VecchiaCovariance::add_trend_from(Eigen::Index first) {
  const Eigen::Index p = features_.rows();
  const Eigen::Index added = size() - first;
  if (first == 0) trend_precision_.setIdentity(p, p);
  whitened_.conservativeResize(p, size());
  whitened_.rightCols(added) = features_.rightCols(added);
  for (Eigen::Index i = first; i < size(); ++i) whitened_.col(i) = innovation(features_, i);
  if (p == 0) return true;
  trend_precision_.selfadjointView<Eigen::Lower>().rankUpdate(whitened_.rightCols(added));
  trend_llt_.compute(trend_precision_);
  return trend_llt_.info() == Eigen::Success && trend_llt_.matrixLLT().diagonal().allFinite();
}

linalg::FactorResult VecchiaCovariance::append(const Eigen::Ref<const Eigen::MatrixXd>& points) {
  if (!factored_ || points.rows() != centre_.size()) return failure("there is no factor to append to");
  const Eigen::Index n = size();
  const Eigen::Index m = points.cols();
  centred_.conservativeResize(Eigen::NoChange, n + m);
  centred_.rightCols(m) = points.colwise() - centre_;
  const auto added = centred_.rightCols(m);
  resize_to(n + m);
  scaled_.rightCols(m) = scale_points(added, hyperparameters_.lengthscales);
  norms_.tail(m) = scaled_.rightCols(m).colwise().squaredNorm();
  features_.rightCols(m) = trend_features(added, hyperparameters_.trend);
  if (norms_.tail(m).allFinite()) {
    neighbours_.rightCols(m) = nearest_earlier_points(scaled_, count_, n);
    if (condition_from(n) && add_trend_from(n)) return {true, jitter_, ""};
  }
  truncate(n);
  return failure("the added points are not finite or not positive definite given the others");
}

void VecchiaCovariance::resize_to(Eigen::Index n) {
  centred_.conservativeResize(Eigen::NoChange, n);
  scaled_.conservativeResize(Eigen::NoChange, n);
  norms_.conservativeResize(n);
  features_.conservativeResize(Eigen::NoChange, n);
  neighbours_.conservativeResize(Eigen::NoChange, n);
  regressions_.conservativeResize(Eigen::NoChange, n);
  variances_.conservativeResize(n);
}

void VecchiaCovariance::truncate(Eigen::Index n) {
  if (n >= size()) return;
  if (!factored_) {
    centred_.conservativeResize(Eigen::NoChange, n);
    return;
  }
  resize_to(n);
  factored_ = add_trend_from(0);  // anew: what was added to a sum is not had back by subtraction
}

}  // namespace exturbo::gp
