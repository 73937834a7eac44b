// The element-wise kernels, as the host starts them.
// SPDX-License-Identifier: BSD-3-Clause
//
// Points lie as columns of d + 1 rows: coordinates over the length-scales, and a 1. All work on tiles of 64 x 64
// entries; squared distances are |a|^2 + |b|^2 - 2 a.b, from inner products kept in registers.
#pragma once

#include <cstdint>

#include "exturbo/gp/stationary.hpp"
#include "queue.hpp"

namespace exturbo::cuda {

constexpr int kTile = 64;

/// Points on the device.
struct PointSet {
  const double* points = nullptr;  ///< (d + 1) x count
  const double* norms = nullptr;   ///< 2 x count: |z|^2 and |u|^2, u = z times the length-scales.
  std::int64_t count = 0;
};

/// What the covariance of two points is made of.
struct KernelTerms {
  gp::Kernel kernel = gp::Kernel::kMatern52;
  int dimensions = 0;
  double signal_variance = 1;
  const double* squared_lengthscales = nullptr;  ///< d
  bool has_trend = false;
  double linear = 0, square = 0, bowl = 0;
};

/// Lower triangle of the covariances of `points` with `diagonal` added on it, into a matrix of the given stride.
void assemble_lower(Queue& queue, const KernelTerms& terms, const PointSet& points, double diagonal, double* matrix,
                    std::int64_t stride);

/// Covariances of rows and columns.
void assemble_cross(Queue& queue, const KernelTerms& terms, const PointSet& rows, const PointSet& columns,
                    double* matrix, std::int64_t stride);

/// The leading columns of the identity: rows x columns.
void set_identity(Queue& queue, double* matrix, std::int64_t rows, std::int64_t columns);

/// Of a panel of K^-1, rows and columns from `first` on: each entry below the diagonal becomes
/// (alpha_i alpha_j - K^-1_ij) times the kernel's slope, all others 0. Partial sums, four for each tile: the trace of
/// W = alpha alpha^T - K^-1, and half the traces of W with the linear, the square and the bowl part of the trend.
/// \param alpha of all points. \param partials 4 x tiles_of(points.count - first) x tiles_of(columns).
void weigh_panel(Queue& queue, const KernelTerms& terms, const PointSet& points, std::int64_t first,
                 std::int64_t columns, const double* alpha, double* panel, double* partials);

/// Sums of the squares of each column.
void column_norms(Queue& queue, const double* matrix, std::int64_t rows, std::int64_t columns, double* norms);

/// values(t, s) += amplitude sum_k (w(k, s) cos 2 pi turns(k, t) + w(half + k, s) sin 2 pi turns(k, t)).
/// \param turns half x count. \param weights 2 half x outputs. \param values count x outputs.
void add_features(Queue& queue, const double* turns, std::int64_t half, std::int64_t count, const double* weights,
                  std::int64_t outputs, double amplitude, double* values);

EXTURBO_HOST_DEVICE inline std::int64_t tiles_of(std::int64_t count) { return (count + kTile - 1) / kTile; }

}  // namespace exturbo::cuda
