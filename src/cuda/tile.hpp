// A tile of pairs of points: inner products in registers, 4 x 4 pairs a thread.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "block.hpp"
#include "kernels.hpp"

namespace exturbo::cuda {

constexpr int kChunk = 8;  ///< Dimensions in shared memory at once.
constexpr int kSide = 4;   ///< Pairs a thread and side.
constexpr int kAcross = kTile / kSide;
constexpr int kPad = 4;  ///< Else threads that load the dimensions of one point would all write to one bank.

struct TileShared {
  double rows[kChunk][kTile + kPad], columns[kChunk][kTile + kPad], squared_lengthscales[kChunk];
  double sums[4][kThreads];
};

/// Inner products of one thread's pairs: of z, and, for a trend, of u and of the squares of u.
template <bool kTrend>
struct Products {
  double z[kSide][kSide];
};
template <>
struct Products<true> {
  double z[kSide][kSide], linear[kSide][kSide], square[kSide][kSide];
};

/// Row and column, in the tile, of a thread's pair (a, b): neighbouring threads have neighbouring rows.
EXTURBO_DEVICE inline int row_of(int thread, int a) { return thread % kAcross + a * kAcross; }
EXTURBO_DEVICE inline int column_of(int thread, int b) { return thread / kAcross + b * kAcross; }

/// What the trend adds to a covariance.
struct TrendParts {
  double linear = 0, square = 0, bowl = 0;
  EXTURBO_DEVICE double sum() const { return linear + square + bowl; }
};

/// Calls visit(thread, i, j, squared distance, trend parts) for each pair of the tile that exists.
template <bool kTrend, class Visit>
EXTURBO_DEVICE void for_each_pair(Block& block, TileShared& shared, const KernelTerms& terms, const PointSet& rows,
                                  const PointSet& columns, std::int64_t first_row, std::int64_t first_column,
                                  const Visit& visit) {
  const int d = terms.dimensions;
  PerThread<Products<kTrend>> kept;
  block.each([&](int thread) { kept[thread] = {}; });
  block.sync();
  for (int begin = 0; begin < d; begin += kChunk) {
    const int chunk = d - begin < kChunk ? d - begin : kChunk;
    block.each([&](int thread) {
      for (int k = thread; k < kChunk * kTile; k += kThreads) {
        const int j = k % kChunk, i = k / kChunk;
        const std::int64_t row = first_row + i, column = first_column + i;
        shared.rows[j][i] = j < chunk && row < rows.count ? rows.points[row * (d + 1) + begin + j] : 0.0;
        shared.columns[j][i] = j < chunk && column < columns.count ? columns.points[column * (d + 1) + begin + j] : 0.0;
      }
      if (thread < kChunk)
        shared.squared_lengthscales[thread] = thread < chunk ? terms.squared_lengthscales[begin + thread] : 0.0;
    });
    block.sync();
    block.each([&](int thread) {
      Products<kTrend>& own = kept[thread];
      for (int j = 0; j < chunk; ++j) {
        const double l2 = shared.squared_lengthscales[j];
        EXTURBO_UNROLL
        for (int a = 0; a < kSide; ++a) {
          const double left = shared.rows[j][row_of(thread, a)];
          EXTURBO_UNROLL
          for (int b = 0; b < kSide; ++b) {
            const double product = left * shared.columns[j][column_of(thread, b)];
            own.z[a][b] += product;
            if constexpr (kTrend) {
              const double of_u = l2 * product;
              own.linear[a][b] += of_u;
              own.square[a][b] += of_u * of_u;
            }
          }
        }
      }
    });
    block.sync();
  }
  block.each([&](int thread) {
    EXTURBO_UNROLL
    for (int b = 0; b < kSide; ++b) {
      EXTURBO_UNROLL
      for (int a = 0; a < kSide; ++a) {
        const std::int64_t i = first_row + row_of(thread, a), j = first_column + column_of(thread, b);
        if (i >= rows.count || j >= columns.count) continue;
        const Products<kTrend>& own = kept[thread];
        const double apart = rows.norms[2 * i] + columns.norms[2 * j] - 2.0 * own.z[a][b];
        TrendParts trend;
        if constexpr (kTrend) {
          const double bowl = rows.norms[2 * i + 1] * columns.norms[2 * j + 1];
          trend = {terms.linear * own.linear[a][b], terms.square * own.square[a][b], terms.bowl * bowl};
        }
        visit(thread, i, j, apart < 0 ? 0.0 : apart, trend);  // what is not a number remains so
      }
    }
  });
  block.sync();
}

}  // namespace exturbo::cuda
