// Vecchia's approximation, predictions from the data near: see the header.
// SPDX-License-Identifier: BSD-3-Clause
//
// f at x is regressed on what the data N near x are without their trend. With c the trend's coefficients given all data
// and M^-1 their covariance (vecchia_solve.cpp),
//   mean = phi(x)^T c + k_N^T C_N^-1 (r - phi^T c)_N,
//   reduction = |phi(x)|^2 + k_N^T C_N^-1 k_N - h^T M^-1 h,   h = phi(x) - phi_N C_N^-1 k_N,
// which for N all data is the exact process.
#include "exturbo/gp/kernel_matrix.hpp"
#include "exturbo/gp/vecchia_covariance.hpp"
#include "local_covariance.hpp"
#include "vecchia_neighbours.hpp"

namespace exturbo::gp {

/// The data near one point, factored, and their covariances with it.
class VecchiaCovariance::Around {
 public:
  Around(const VecchiaCovariance& all, const Eigen::VectorXd& x)
      : u(x - all.centre_),
        z(u.cwiseQuotient(all.hyperparameters_.lengthscales)),
        members(all.near(z)),
        local(all.hyperparameters_, all.hyperparameters_.noise_variance + all.jitter_) {
    local.factor_with_jitter(all.scaled_, members);
    covariances = local.cross(z, &slopes_);
  }

  /// Of the covariances times `weights` (one a member), along x.
  Eigen::VectorXd gradient(const Eigen::VectorXd& weights, const Eigen::VectorXd& lengthscales) const {
    const Eigen::VectorXd g = slopes_.cwiseProduct(weights);
    return (local.members() * g - g.sum() * z).cwiseQuotient(lengthscales);
  }

  Eigen::VectorXd u, z;  ///< The point about the centre, and over the length-scales.
  Eigen::VectorXi members;
  LocalCovariance local;
  Eigen::VectorXd covariances;

 private:
  Eigen::VectorXd slopes_;
};

Eigen::MatrixXi VecchiaCovariance::near(const Eigen::MatrixXd& scaled_points) const {
  return nearest_points(scaled_, norms_, scaled_points, kPredictionFactor * count_);
}

Eigen::MatrixXd VecchiaCovariance::weights(const Eigen::Ref<const Eigen::MatrixXd>& residuals) const {
  const Eigen::Index p = features_.rows();
  Eigen::MatrixXd columns = residuals.transpose();
  Eigen::MatrixXd result(size() + p, residuals.cols());
  if (p > 0) {
    const Eigen::MatrixXd c = trend_coefficients(whitened(columns));
    columns -= c.transpose() * features_;
    result.bottomRows(p) = c;
  }
  result.topRows(size()) = columns.transpose();
  return result;
}

double VecchiaCovariance::reduction_of_trend(const Eigen::VectorXd& u, const Eigen::VectorXi& members,
                                             const Eigen::VectorXd& regression, Eigen::VectorXd* coefficients) const {
  if (features_.rows() == 0) return 0;
  const Eigen::VectorXd phi = trend_features(u, hyperparameters_.trend);
  const Eigen::VectorXd h = phi - features_(Eigen::all, members) * regression;
  const Eigen::VectorXd solved = trend_llt_.solve(h);
  if (coefficients != nullptr) *coefficients = solved;
  return phi.squaredNorm() - h.dot(solved);
}

void VecchiaCovariance::predict(const Eigen::Ref<const Eigen::MatrixXd>& points,
                                const Eigen::Ref<const Eigen::MatrixXd>& weights, Eigen::MatrixXd& means,
                                Eigen::VectorXd* reductions) const {
  means.setZero(points.cols(), weights.cols());
  if (reductions != nullptr) reductions->setZero(points.cols());
  if (!factored_ || size() == 0) return;
  const Eigen::MatrixXd centred = points.colwise() - centre_;
  const Eigen::MatrixXd scaled = scale_points(centred, hyperparameters_.lengthscales);
  const Eigen::MatrixXi neighbours = near(scaled);
  if (features_.rows() > 0 && weights.cols() > 0) {
    means.noalias() =
        trend_features(centred, hyperparameters_.trend).transpose() * weights.bottomRows(features_.rows());
  }
  LocalCovariance local(hyperparameters_, hyperparameters_.noise_variance + jitter_);
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    const Eigen::VectorXi members = neighbours.col(i);
    local.factor_with_jitter(scaled_, members);
    const Eigen::VectorXd covariances = local.cross(scaled.col(i), nullptr);
    Eigen::VectorXd regression = covariances;
    local.solve_in_place(regression);
    for (Eigen::Index a = 0; a < members.size(); ++a) means.row(i) += regression[a] * weights.row(members[a]);
    if (reductions == nullptr) continue;
    (*reductions)[i] = covariances.dot(regression) + reduction_of_trend(centred.col(i), members, regression, nullptr);
  }
}

double VecchiaCovariance::predict_at(const Eigen::VectorXd& x, const Eigen::Ref<const Eigen::VectorXd>& weights,
                                     Eigen::VectorXd* gradient) const {
  if (gradient != nullptr) gradient->setZero(x.size());
  if (!factored_ || size() == 0) return 0;
  const Around around(*this, x);
  Eigen::VectorXd solved = weights(around.members);
  around.local.solve_in_place(solved);
  if (gradient != nullptr) *gradient = around.gradient(solved, hyperparameters_.lengthscales);
  const Eigen::VectorXd coefficients = weights.tail(weights.size() - size());
  return around.covariances.dot(solved) + trend_at(around.u, coefficients, hyperparameters_.trend, gradient);
}

double VecchiaCovariance::reduction_at(const Eigen::VectorXd& x, Eigen::VectorXd* gradient) const {
  if (gradient != nullptr) gradient->setZero(x.size());
  if (!factored_ || size() == 0) return 0;
  const Around around(*this, x);
  Eigen::VectorXd solved = around.covariances;
  around.local.solve_in_place(solved);
  Eigen::VectorXd coefficients;
  const double result =
      around.covariances.dot(solved) + reduction_of_trend(around.u, around.members, solved, &coefficients);
  if (gradient == nullptr) return result;
  if (coefficients.size() > 0) {
    Eigen::VectorXd added = features_(Eigen::all, around.members).transpose() * coefficients;
    around.local.solve_in_place(added);
    solved += added;
    trend_variance(around.u, hyperparameters_.trend, gradient);
    trend_at(around.u, -2 * coefficients, hyperparameters_.trend, gradient);
  }
  *gradient += around.gradient(2 * solved, hyperparameters_.lengthscales);
  return result;
}

}  // namespace exturbo::gp
