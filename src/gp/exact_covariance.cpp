// Dense covariance matrices: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/exact_covariance.hpp"

#include <cmath>
#include <utility>

#include "exturbo/gp/kernel_matrix.hpp"

namespace exturbo::gp {

ExactCovariance::ExactCovariance(bool for_fits) : for_fits_(for_fits), cholesky_(linalg::make_cholesky()) {}

void ExactCovariance::set_points(const Eigen::Ref<const Eigen::MatrixXd>& points) {
  centre_points(points);
  trend_grams_.clear();
  cholesky_->truncate(0);
}

void ExactCovariance::keep_grams() {
  if (!trend_grams_.empty()) return;
  for (const Eigen::MatrixXd& features : trend_parts(centred_)) {
    Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(size(), size());
    gram.selfadjointView<Eigen::Lower>().rankUpdate(features.transpose());
    trend_grams_.push_back(std::move(gram));
  }
}

linalg::FactorResult ExactCovariance::factor(const Hyperparameters& hyperparameters) {
  const Eigen::Index n = size();
  hyperparameters_ = hyperparameters;
  const TrendVariances& trend = hyperparameters_.trend;
  describe();
  squared_distances_lower(scaled_, kernel_);
  if (for_fits_) {
    kernel_with_slope_lower(hyperparameters_.kernel, kernel_, slope_, hyperparameters_.signal_variance);
  } else {
    kernel_in_place(hyperparameters_.kernel, kernel_, hyperparameters_.signal_variance);
    if (features_.size() > 0) kernel_.selfadjointView<Eigen::Lower>().rankUpdate(features_.transpose());
  }
  if (for_fits_ && trend.any()) {
    keep_grams();
    for (std::size_t k = 0; k < trend_grams_.size(); ++k) {
      const double variance = trend.of_parts()[k];
      for (Eigen::Index j = 0; j < n; ++j) kernel_.col(j).tail(n - j) += variance * trend_grams_[k].col(j).tail(n - j);
    }
  }
  kernel_.diagonal().array() += hyperparameters_.noise_variance;
  const linalg::FactorResult result = cholesky_->factor(kernel_);
  if (!for_fits_) kernel_.resize(0, 0);
  return result;
}

linalg::FactorResult ExactCovariance::append(const Eigen::Ref<const Eigen::MatrixXd>& points) {
  const Eigen::Index n = size();
  const Eigen::Index m = points.cols();
  const Eigen::MatrixXd centred = points.colwise() - centre_;
  const Eigen::MatrixXd added = scale_points(centred, hyperparameters_.lengthscales);
  const Eigen::MatrixXd features = trend_features(centred, hyperparameters_.trend);
  Eigen::MatrixXd corner = kernel_matrix(hyperparameters_.kernel, added, added, hyperparameters_.signal_variance) +
                           features.transpose() * features;
  corner.diagonal().array() += hyperparameters_.noise_variance;
  linalg::FactorResult result = cholesky_->append(cross(points), corner);
  if (!result.ok) return result;
  centred_.conservativeResize(Eigen::NoChange, n + m);
  centred_.rightCols(m) = centred;
  describe();
  trend_grams_.clear();
  return result;
}

void ExactCovariance::truncate(Eigen::Index n) {
  if (n >= size()) return;
  const bool whole = factored();
  cholesky_->truncate(whole ? n : 0);
  centred_.conservativeResize(Eigen::NoChange, n);
  if (whole) describe();
  trend_grams_.clear();
}

Eigen::VectorXd ExactCovariance::inverse_diagonal() const {
  Eigen::MatrixXd inverse;
  cholesky_->inverse_lower(inverse);
  return inverse.diagonal();
}

Eigen::VectorXd ExactCovariance::likelihood_slopes(const Eigen::VectorXd& residual,
                                                   const Eigen::VectorXd& alpha) const {
  const Eigen::Index n = size();
  const Eigen::Index d = centred_.rows();
  const Hyperparameters& h = hyperparameters_;
  Eigen::MatrixXd w;  // a a^T - K^-1, lower triangle
  cholesky_->inverse_lower(w);
  const double trace = alpha.squaredNorm() - w.diagonal().sum();
  Eigen::MatrixXd product(n, n);  // w times the slopes, element by element
  for (Eigen::Index j = 0; j < n; ++j) {
    const Eigen::Index m = n - j;
    auto column = w.col(j).tail(m).array();
    column = alpha[j] * alpha.tail(m).array() - column;
    product.col(j).tail(m).array() = slope_.col(j).tail(m).array() * column;
  }
  // sum_ik M_ik (z_i - z_k)^2 = 2 sum_i z_i^2 (M 1)_i - 2 z^T M z, for each dimension.
  Eigen::MatrixXd right(n, d + 1);
  right.leftCols(d) = scaled_.transpose();
  right.col(d).setOnes();
  const Eigen::MatrixXd products = product.selfadjointView<Eigen::Lower>() * right;
  const Eigen::VectorXd row_sums = products.col(d);
  Eigen::VectorXd slopes(d + (h.trend.any() ? 5 : 2));
  for (Eigen::Index j = 0; j < d; ++j) {
    const auto z = right.col(j).array();
    slopes[j] = (z.square() * row_sums.array()).sum() - (z * products.col(j).array()).sum();
  }
  double trends = 0;
  for (std::size_t k = 0; h.trend.any() && k < trend_grams_.size(); ++k) {
    double half_trace = 0.5 * w.diagonal().dot(trend_grams_[k].diagonal());
    for (Eigen::Index j = 0; j + 1 < n; ++j)
      half_trace += w.col(j).tail(n - j - 1).dot(trend_grams_[k].col(j).tail(n - j - 1));
    const double slope = h.trend.of_parts()[k] * half_trace;
    slopes[d + 2 + static_cast<Eigen::Index>(k)] = slope;
    trends += slope;
  }
  // tr(W K_signal) = tr(W K) - (noise + jitter) tr(W) less the trends', and tr(W K) = a^T (y - mu) - n.
  const double diagonal = h.noise_variance + cholesky_->jitter();
  slopes[d] = 0.5 * (residual.dot(alpha) - static_cast<double>(n) - diagonal * trace) - trends;
  slopes[d + 1] = 0.5 * h.noise_variance * trace;
  return slopes;
}

Eigen::MatrixXd ExactCovariance::cross(const Eigen::Ref<const Eigen::MatrixXd>& points) const {
  const Hyperparameters& h = hyperparameters_;
  const Eigen::MatrixXd centred = points.colwise() - centre_;
  Eigen::MatrixXd result = kernel_matrix(h.kernel, scaled_, scale_points(centred, h.lengthscales), h.signal_variance);
  if (features_.size() > 0) result.noalias() += features_.transpose() * trend_features(centred, h.trend);
  return result;
}

void ExactCovariance::predict(const Eigen::Ref<const Eigen::MatrixXd>& points,
                              const Eigen::Ref<const Eigen::MatrixXd>& weights, Eigen::MatrixXd& means,
                              Eigen::VectorXd* reductions) const {
  if (reductions == nullptr) {  // the trend's part by its coefficients, the kernel's in long columns
    const Hyperparameters& h = hyperparameters_;
    const Eigen::MatrixXd centred = points.colwise() - centre_;
    const Eigen::MatrixXd between =
        kernel_matrix(h.kernel, scale_points(centred, h.lengthscales), scaled_, h.signal_variance);
    means.noalias() = between * weights.topRows(size());
    if (features_.rows() > 0)
      means.noalias() += trend_features(centred, h.trend).transpose() * weights.bottomRows(features_.rows());
    return;
  }
  Eigen::MatrixXd between = cross(points);
  means.noalias() = between.transpose() * weights.topRows(size());
  cholesky_->solve_lower_in_place(between);
  *reductions = between.colwise().squaredNorm().transpose();
}

double ExactCovariance::quadratic_form(Eigen::VectorXd k) const {
  cholesky_->solve_lower_in_place(k);
  return k.squaredNorm();
}

}  // namespace exturbo::gp
