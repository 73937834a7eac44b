// Cholesky factorisation by Eigen: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/linalg/eigen_cholesky.hpp"

#include <Eigen/Cholesky>
#include <cmath>

namespace exturbo::linalg {
namespace {

constexpr Eigen::Index kBlock = 48;  // below this order plain triangular solves beat the recursion

bool positive_definite(const Eigen::MatrixXd& lower) {
  const auto diagonal = lower.diagonal().array();
  return diagonal.isFinite().all() && (diagonal > 0).all();
}

/// Inverts a lower triangular matrix in place, by halves: n^3/6 multiply-adds, most of them in matrix products.
void invert_lower(Eigen::Ref<Eigen::MatrixXd> l) {
  const Eigen::Index n = l.rows();
  if (n <= kBlock) {
    Eigen::MatrixXd inverse = Eigen::MatrixXd::Identity(n, n);
    l.triangularView<Eigen::Lower>().solveInPlace(inverse);
    l.triangularView<Eigen::Lower>() = inverse;
    return;
  }
  const Eigen::Index h = n / 2;
  auto top = l.topLeftCorner(h, h);
  auto bottom = l.bottomRightCorner(n - h, n - h);
  auto side = l.bottomLeftCorner(n - h, h);
  invert_lower(top);
  invert_lower(bottom);
  Eigen::MatrixXd product = bottom.triangularView<Eigen::Lower>() * side;
  side.noalias() = -product * top.triangularView<Eigen::Lower>();
}

/// Lower triangle of M^T M for a lower triangular M, by halves, into `out`.
void gram_of_lower(const Eigen::Ref<const Eigen::MatrixXd>& m, Eigen::Ref<Eigen::MatrixXd> out) {
  const Eigen::Index n = m.rows();
  if (n <= kBlock) {
    const Eigen::MatrixXd full = m.triangularView<Eigen::Lower>();
    out.triangularView<Eigen::Lower>() = full.transpose() * full;
    return;
  }
  const Eigen::Index h = n / 2;
  const auto side = m.bottomLeftCorner(n - h, h);
  gram_of_lower(m.topLeftCorner(h, h), out.topLeftCorner(h, h));
  out.topLeftCorner(h, h).selfadjointView<Eigen::Lower>().rankUpdate(side.transpose());
  out.bottomLeftCorner(n - h, h).noalias() =
      m.bottomRightCorner(n - h, n - h).transpose().triangularView<Eigen::Upper>() * side;
  gram_of_lower(m.bottomRightCorner(n - h, n - h), out.bottomRightCorner(n - h, n - h));
}

}  // namespace

FactorResult EigenCholesky::factor(const Eigen::Ref<const Eigen::MatrixXd>& a) {
  FactorResult result;
  lower_.resize(0, 0);
  jitter_ = 0;
  const double scale = a.rows() > 0 ? a.diagonal().mean() : 1.0;
  if (!std::isfinite(scale) || scale <= 0) {
    result.message = "the diagonal is not positive and finite";
    return result;
  }
  Eigen::LLT<Eigen::MatrixXd> llt;
  for (const double rung : kJitterLadder) {
    Eigen::MatrixXd jittered = a;
    jittered.diagonal().array() += rung * scale;
    llt.compute(jittered);
    if (llt.info() != Eigen::Success || !positive_definite(llt.matrixLLT())) continue;
    lower_ = llt.matrixLLT();
    jitter_ = rung * scale;
    result.ok = true;
    result.jitter = jitter_;
    if (rung > 0) result.message = "factored after adding jitter to the diagonal";
    return result;
  }
  result.message = "not positive definite, even with 1e-4 of its mean diagonal added";
  return result;
}

FactorResult EigenCholesky::append(const Eigen::Ref<const Eigen::MatrixXd>& cross,
                                   const Eigen::Ref<const Eigen::MatrixXd>& corner) {
  FactorResult result;
  const Eigen::Index n = lower_.rows();
  const Eigen::Index m = corner.rows();
  if (n == 0) return factor(corner);
  Eigen::MatrixXd side = cross;  // L^-1 B
  lower_.triangularView<Eigen::Lower>().solveInPlace(side);
  Eigen::MatrixXd schur = corner.triangularView<Eigen::Lower>();
  schur.selfadjointView<Eigen::Lower>().rankUpdate(side.transpose(), -1.0);
  schur.diagonal().array() += jitter_;
  const Eigen::LLT<Eigen::MatrixXd> llt(schur);
  // A Schur complement far below its diagonal has lost its digits: refuse it, a fresh factorisation has the ladder.
  const auto remaining = llt.matrixLLT().diagonal().array().square();
  if (llt.info() != Eigen::Success || !remaining.isFinite().all() ||
      !(remaining > 1e-13 * corner.diagonal().array()).all()) {
    result.message = "the added rows are not positive definite given the others";
    return result;
  }
  lower_.conservativeResize(n + m, n + m);
  lower_.bottomLeftCorner(m, n) = side.transpose();
  lower_.bottomRightCorner(m, m) = llt.matrixLLT();
  result.ok = true;
  result.jitter = jitter_;
  return result;
}

double EigenCholesky::log_determinant() const { return 2.0 * lower_.diagonal().array().log().sum(); }

void EigenCholesky::solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const {
  lower_.triangularView<Eigen::Lower>().solveInPlace(b);
  lower_.transpose().triangularView<Eigen::Upper>().solveInPlace(b);
}

void EigenCholesky::solve_lower_in_place(Eigen::Ref<Eigen::MatrixXd> b) const {
  lower_.triangularView<Eigen::Lower>().solveInPlace(b);
}

void EigenCholesky::inverse_lower(Eigen::MatrixXd& out) const {
  Eigen::MatrixXd inverse_factor = lower_;
  invert_lower(inverse_factor);
  out.resize(lower_.rows(), lower_.cols());
  gram_of_lower(inverse_factor, out);
}

std::unique_ptr<Cholesky> make_cholesky() { return std::make_unique<EigenCholesky>(); }

}  // namespace exturbo::linalg
