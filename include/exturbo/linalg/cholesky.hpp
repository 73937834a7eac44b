// Cholesky factorisation behind one seam, so that another back end is another source file.
// SPDX-License-Identifier: BSD-3-Clause
//
// Promises: a factorisation that fails is a value, never an exception. The jitter ladder adds 0, then 1e-10, 1e-9, ...,
// 1e-4 times the mean diagonal until the matrix factors. Column-major double throughout. Costs in multiply-adds for
// order n and k right-hand sides: factor n^3/6, solve n^2 k, inverse n^3/3, append of m rows n^2 m / 2.
// Objects are not thread-safe; const calls on one object may run at the same time.
#pragma once

#include <Eigen/Core>
#include <array>
#include <memory>
#include <string>

namespace exturbo::linalg {

/// What is added to the diagonal, relative to its mean, until a matrix factors. Round-off of a kernel matrix is near
/// 1e-16 n, so 1e-10 is the first useful rung.
constexpr std::array<double, 8> kJitterLadder{0, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4};

/// What came of a factorisation.
struct FactorResult {
  bool ok = false;
  double jitter = 0;           ///< What was added to the diagonal (absolute).
  std::string message;         ///< Empty when factored without jitter; else what happened.
  bool out_of_memory = false;  ///< Of a device; the caller may go on elsewhere.
};

/// Lower Cholesky factor L of a symmetric positive definite matrix A + jitter I.
class Cholesky {
 public:
  virtual ~Cholesky() = default;

  /// Factors A; only its lower triangle is read. On failure (NaN or infinite entries, not positive definite at the
  /// top of the ladder) the object holds an empty factor (size 0).
  virtual FactorResult factor(const Eigen::Ref<const Eigen::MatrixXd>& a) = 0;

  /// Extends the factor of A to that of [A, B; B^T, C], with the jitter already in use added to C.
  /// \param cross B, n x m. \param corner C, m x m, lower triangle read.
  /// On failure the factor is left as it was; the caller factors anew.
  virtual FactorResult append(const Eigen::Ref<const Eigen::MatrixXd>& cross,
                              const Eigen::Ref<const Eigen::MatrixXd>& corner) = 0;

  /// Keeps the factor of the leading n x n block; n <= size().
  virtual void truncate(Eigen::Index n) = 0;

  virtual Eigen::Index size() const = 0;
  /// Jitter in the factor (absolute).
  virtual double jitter() const = 0;
  /// log det(A + jitter I).
  virtual double log_determinant() const = 0;
  /// B <- A^-1 B, for B of n x k.
  virtual void solve_in_place(Eigen::Ref<Eigen::MatrixXd> b) const = 0;
  /// B <- L^-1 B, for B of n x k.
  virtual void solve_lower_in_place(Eigen::Ref<Eigen::MatrixXd> b) const = 0;
  /// Inverse of A + jitter I; only the lower triangle of `out` is meaningful.
  virtual void inverse_lower(Eigen::MatrixXd& out) const = 0;
  /// L; only the lower triangle is meaningful.
  virtual Eigen::Ref<const Eigen::MatrixXd> lower() const = 0;
};

/// The back end in use: Eigen, on the CPU, one thread.
std::unique_ptr<Cholesky> make_cholesky();

}  // namespace exturbo::linalg
