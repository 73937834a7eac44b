// The covariance matrix on a device: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "kernel_system.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "exturbo/gp/kernel_matrix.hpp"
#include "exturbo/gp/trend.hpp"
#include "prediction_tile.hpp"

namespace exturbo::cuda {
namespace {

constexpr std::int64_t kWidest = 4096;   ///< Columns of a panel, where there is room,
constexpr std::int64_t kNarrowest = 64;  ///< and where there is little.
constexpr std::int64_t kGrowth = 64;     ///< Rows that can be added to a factor.

/// Mean of the diagonal without noise.
double mean_variance(const Eigen::MatrixXd& centred, const gp::Hyperparameters& h) {
  double sum = 0;
  for (Eigen::Index i = 0; i < centred.cols(); ++i) sum += gp::trend_variance(centred.col(i), h.trend, nullptr);
  return h.signal_variance + sum / static_cast<double>(std::max<Eigen::Index>(1, centred.cols()));
}

}  // namespace

PointSet upload_points(Queue& queue, const Eigen::Ref<const Eigen::MatrixXd>& centred,
                       const Eigen::VectorXd& lengthscales, double* to) {
  const Eigen::Index d = centred.rows();
  const Eigen::Index count = centred.cols();
  Eigen::MatrixXd augmented(d + 1, count), norms(2, count);
  augmented.topRows(d) = gp::scale_points(centred, lengthscales);
  augmented.row(d).setOnes();
  norms.row(0) = augmented.topRows(d).colwise().squaredNorm();
  norms.row(1) = centred.colwise().squaredNorm();
  double* const norms_at = to + augmented.size();
  queue.upload(augmented.data(), to, augmented.size());
  queue.upload(norms.data(), norms_at, norms.size());
  return {to, norms_at, count};
}

KernelTerms KernelSystem::terms() const {
  const gp::TrendVariances& trend = hyperparameters_.trend;
  KernelTerms terms;
  terms.kernel = hyperparameters_.kernel;
  terms.dimensions = static_cast<int>(hyperparameters_.lengthscales.size());
  terms.signal_variance = hyperparameters_.signal_variance;
  terms.squared_lengthscales = squared_lengthscales_.data();
  terms.has_trend = trend.any();
  terms.linear = trend.linear;
  terms.square = trend.square;
  terms.bowl = trend.bowl;
  return terms;
}

void KernelSystem::begin_factor(const Eigen::MatrixXd& centred, const gp::Hyperparameters& hyperparameters) {
  hyperparameters_ = hyperparameters;
  order_ = centred.cols();
  factored_ = out_of_memory_ = false;
  jitter_ = 0;
  rung_ = 0;
  scale_ = mean_variance(centred, hyperparameters_) + hyperparameters_.noise_variance;
  hopeless_ = order_ == 0 || !centred.allFinite() || !std::isfinite(scale_) || scale_ <= 0;
  if (hopeless_) return;
  if (order_ > stride_ || order_ + 2 * kGrowth < stride_) stride_ = order_ + kGrowth;
  const Eigen::VectorXd squares = hyperparameters_.lengthscales.cwiseAbs2();
  out_of_memory_ = !reserve(squares.size());
  if (out_of_memory_) return;
  points_ = upload_points(queue_, centred, hyperparameters_.lengthscales, point_memory_.data());
  queue_.upload(squares.data(), squared_lengthscales_.data(), squares.size());
  try_rung();
}

bool KernelSystem::reserve(std::int64_t d) {
  if (!factor_.reserve(stride_ * stride_) || !squared_lengthscales_.reserve(d) || !vectors_.reserve(2 * stride_) ||
      !point_memory_.reserve(stride_ * point_size(d)))
    return false;
  // Nothing but predictions has a use for panels wider than the factor.
  width_ = predicts_ ? kWidest : std::min(kWidest, tiles_of(stride_) * kTile);
  for (; width_ >= kNarrowest; width_ /= 2) {
    if (panel_.reserve(stride_ * width_) &&
        products_.reserve(stride_ * (d + 1) + width_ + 4 * tiles_of(stride_) * tiles_of(width_)) &&
        (!predicts_ || tile_.reserve(prediction_size(stride_, d, width_))))
      return true;
    for (Buffer* const buffer : {&panel_, &products_, &tile_}) buffer->reserve(0);  // else a wide one keeps its room
  }
  return false;
}

void KernelSystem::try_rung() {
  jitter_ = linalg::kJitterLadder[rung_] * scale_;
  assemble_lower(queue_, terms(), points(), diagonal(), factor_.data(), stride_);
  queue_.begin_cholesky(order_, factor_.data(), stride_);
}

linalg::FactorResult KernelSystem::end_factor() {
  linalg::FactorResult result;
  if (hopeless_) {
    result.message = "the points or the diagonal are not finite, or it is not positive";
    return result;
  }
  while (!out_of_memory_) {
    const Factored factored = queue_.end_cholesky();
    out_of_memory_ = factored == Factored::kNoMemory;
    if (factored == Factored::kYes && read_diagonal()) break;
    if (out_of_memory_ || ++rung_ == linalg::kJitterLadder.size()) break;
    try_rung();
  }
  if (out_of_memory_) {
    result.out_of_memory = true;
    result.message = "the device has no memory for a matrix of order " + std::to_string(order_);
    return result;
  }
  if (rung_ == linalg::kJitterLadder.size()) {
    result.message = "not positive definite, even with 1e-4 of its mean diagonal added";
    return result;
  }
  factored_ = result.ok = true;
  result.jitter = jitter_;
  if (rung_ > 0) result.message = "factored after adding jitter to the diagonal";
  return result;
}

bool KernelSystem::read_diagonal() {
  Eigen::VectorXd diagonal(order_);
  queue_.download_strided(factor_.data(), stride_ + 1, diagonal.data(), order_);
  log_determinant_ = 2 * diagonal.array().log().sum();
  return diagonal.allFinite() && (diagonal.array() > 0).all() && std::isfinite(log_determinant_);
}

void KernelSystem::truncate(std::int64_t n) {
  order_ = n;
  if (factored_) read_diagonal();
}

bool KernelSystem::append(const Eigen::MatrixXd& centred) {
  const std::int64_t n = order_, m = centred.cols() - n;
  const gp::Hyperparameters& h = hyperparameters_;
  if (!factored_ || n + m > stride_ || m > width_ || !vectors_.reserve(std::max(m * m, 2 * stride_))) return false;
  const std::int64_t d = centred.rows();
  points_ = upload_points(queue_, centred, h.lengthscales, point_memory_.data());
  const PointSet old = points();
  const PointSet added{points_.points + n * (d + 1), points_.norms + 2 * n, m};
  assemble_cross(queue_, terms(), old, added, panel_.data(), n);
  queue_.solve_lower(false, n, m, factor_.data(), stride_, panel_.data(), n);
  assemble_lower(queue_, terms(), added, diagonal(), vectors_.data(), m);
  queue_.multiply(true, false, m, m, n, -1, panel_.data(), n, panel_.data(), n, 1, vectors_.data(), m);
  Eigen::MatrixXd schur(m, m), side(n, m);
  queue_.download(vectors_.data(), schur.data(), m * m);
  queue_.download(panel_.data(), side.data(), n * m);
  const Eigen::LLT<Eigen::MatrixXd> llt(schur.selfadjointView<Eigen::Lower>());
  if (llt.info() != Eigen::Success) return false;
  // As linalg::EigenCholesky::append(): a Schur complement far below its diagonal has lost its digits.
  for (std::int64_t k = 0; k < m; ++k) {
    const double before =
        h.signal_variance + gp::trend_variance(centred.col(n + k), h.trend, nullptr) + h.noise_variance;
    const double remaining = llt.matrixLLT()(k, k) * llt.matrixLLT()(k, k);
    if (!std::isfinite(remaining) || !(remaining > 1e-13 * before)) return false;
  }
  const Eigen::MatrixXd rows = side.transpose(), corner = llt.matrixLLT();
  queue_.upload_matrix(rows.data(), m, factor_.data() + n, stride_, m, n);
  queue_.upload_matrix(corner.data(), m, factor_.data() + n + n * stride_, stride_, m, m);
  order_ = n + m;
  return read_diagonal();
}

void KernelSystem::solve(Eigen::Ref<Eigen::MatrixXd> b) {
  for (std::int64_t first = 0; first < b.cols(); first += width_) {
    const std::int64_t columns = std::min<std::int64_t>(width_, b.cols() - first);
    queue_.upload_matrix(b.data() + first * b.outerStride(), b.outerStride(), panel_.data(), order_, order_, columns);
    queue_.solve_lower(false, order_, columns, factor_.data(), stride_, panel_.data(), order_);
    queue_.solve_lower(true, order_, columns, factor_.data(), stride_, panel_.data(), order_);
    for (std::int64_t k = 0; k < columns; ++k)
      queue_.download(panel_.data() + k * order_, b.col(first + k).data(), order_);
  }
}

void KernelSystem::invert_panel(std::int64_t first, std::int64_t columns, bool whole) {
  const std::int64_t rows = order_ - first;
  const double* const corner = factor_.data() + first + first * stride_;
  set_identity(queue_, panel_.data(), rows, columns);
  queue_.solve_lower(false, rows, columns, corner, stride_, panel_.data(), rows);
  if (whole) queue_.solve_lower(true, rows, columns, corner, stride_, panel_.data(), rows);
}

Eigen::VectorXd KernelSystem::inverse_diagonal() {
  Eigen::VectorXd diagonal(order_);
  for (std::int64_t first = 0; first < order_; first += width_) {
    const std::int64_t columns = std::min(width_, order_ - first);
    invert_panel(first, columns, false);
    column_norms(queue_, panel_.data(), order_ - first, columns, vectors_.data());
    queue_.download(vectors_.data(), diagonal.data() + first, columns);
  }
  return diagonal;
}

Eigen::VectorXd KernelSystem::likelihood_slopes(const Eigen::MatrixXd& centred, const Eigen::VectorXd& residual,
                                                const Eigen::VectorXd& alpha) {
  const std::int64_t n = order_, d = centred.rows();
  const gp::Hyperparameters& h = hyperparameters_;
  const Eigen::MatrixXd z = gp::scale_points(centred, h.lengthscales);
  queue_.upload(alpha.data(), vectors_.data(), n);
  Eigen::VectorXd slopes = Eigen::VectorXd::Zero(d + (h.trend.any() ? 5 : 2));
  Eigen::Vector4d sums = Eigen::Vector4d::Zero();
  for (std::int64_t first = 0; first < n; first += width_) {
    const std::int64_t columns = std::min(width_, n - first), rows = n - first;
    const std::int64_t partials = tiles_of(rows) * tiles_of(columns);
    double* const below = products_.data() + rows * (d + 1);
    invert_panel(first, columns, true);
    weigh_panel(queue_, terms(), points(), first, columns, vectors_.data(), panel_.data(), below + columns);
    // With M the panel: M [Z^T, 1] and M^T 1; the ones are the last row of the points.
    const double* const own = points().points + first * (d + 1);
    queue_.multiply(false, true, rows, d + 1, columns, 1, panel_.data(), rows, own, d + 1, 0, products_.data(), rows);
    queue_.multiply(true, true, columns, 1, rows, 1, panel_.data(), rows, own + d, d + 1, 0, below, columns);
    Eigen::MatrixXd product(rows, d + 1), parts(4, partials);
    Eigen::VectorXd column_sums(columns);
    queue_.download(products_.data(), product.data(), product.size());
    queue_.download(below, column_sums.data(), columns);
    queue_.download(below + columns, parts.data(), parts.size());
    sums += parts.rowwise().sum();
    // sum_ik M_ik (z_i - z_k)^2 over the pairs below the diagonal, for each dimension.
    const auto left = z.rightCols(rows);
    const auto right = z.middleCols(first, columns);
    slopes.head(d) += left.cwiseAbs2() * product.col(d) + right.cwiseAbs2() * column_sums -
                      2 * left.cwiseProduct(product.leftCols(d).transpose()).rowwise().sum();
  }
  const double trends = sums.tail<3>().sum();
  if (h.trend.any()) slopes.tail<3>() = sums.tail<3>();
  // As gp::ExactCovariance has it.
  slopes[d] = 0.5 * (residual.dot(alpha) - static_cast<double>(n) - diagonal() * sums[0]) - trends;
  slopes[d + 1] = 0.5 * h.noise_variance * sums[0];
  return slopes;
}

}  // namespace exturbo::cuda
