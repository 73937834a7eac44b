// The element-wise kernels: see the header. Compiled for the device, and by tests for the host.
// SPDX-License-Identifier: BSD-3-Clause
#include "kernels.hpp"
#include "launch.hpp"
#include "tile.hpp"

namespace exturbo::cuda {
namespace {

/// Sums over the threads, each into the first entry of its row, in a fixed order; a barrier is before it and after.
template <int kSums>
EXTURBO_DEVICE void add_up(Block& block, double (&sums)[kSums][kThreads]) {
  for (int half = kThreads / 2; half > 0; half /= 2) {
    block.each([&](int thread) {
      if (thread >= half) return;
      for (int k = 0; k < kSums; ++k) sums[k][thread] += sums[k][thread + half];
    });
    block.sync();
  }
}

template <bool kTrend>
struct AssembleLower {
  using Shared = TileShared;
  KernelTerms terms;
  PointSet points;
  double diagonal;
  double* matrix;
  std::int64_t stride;

  EXTURBO_DEVICE void operator()(Block& block, Shared& shared) const {
    if (block.x < block.y) return;  // above the diagonal
    for_each_pair<kTrend>(
        block, shared, terms, points, points, std::int64_t{kTile} * block.x, std::int64_t{kTile} * block.y,
        [&](int, std::int64_t i, std::int64_t j, double apart, const TrendParts& trend) {
          if (i < j) return;
          const double k = gp::KernelAt<double>(terms.kernel, i == j ? 0.0 : apart).value();
          matrix[i + j * stride] = terms.signal_variance * k + trend.sum() + (i == j ? diagonal : 0.0);
        });
  }
};

template <bool kTrend>
struct AssembleCross {
  using Shared = TileShared;
  KernelTerms terms;
  PointSet rows, columns;
  double* matrix;
  std::int64_t stride;

  EXTURBO_DEVICE void operator()(Block& block, Shared& shared) const {
    for_each_pair<kTrend>(block, shared, terms, rows, columns, std::int64_t{kTile} * block.x,
                          std::int64_t{kTile} * block.y,
                          [&](int, std::int64_t i, std::int64_t j, double apart, const TrendParts& trend) {
                            matrix[i + j * stride] =
                                terms.signal_variance * gp::KernelAt<double>(terms.kernel, apart).value() + trend.sum();
                          });
  }
};

template <bool kTrend>
struct WeighPanel {
  using Shared = TileShared;
  struct Sums {
    double of[4];
  };
  KernelTerms terms;
  PointSet rows, columns;  // from the panel's first point on
  const double* alpha;     // likewise
  double* panel;
  double* partials;

  EXTURBO_DEVICE void operator()(Block& block, Shared& shared) const {
    PerThread<Sums> sums;
    block.each([&](int thread) {
      for (double& sum : sums[thread].of) sum = 0;
    });
    block.sync();
    for_each_pair<kTrend>(
        block, shared, terms, rows, columns, std::int64_t{kTile} * block.x, std::int64_t{kTile} * block.y,
        [&](int thread, std::int64_t i, std::int64_t j, double apart, const TrendParts& trend) {
          double& entry = panel[i + j * rows.count];
          const double w = alpha[i] * alpha[j] - entry;
          entry = i > j ? w * terms.signal_variance * gp::KernelAt<double>(terms.kernel, apart).slope() : 0.0;
          if (i < j) return;
          const double share = i == j ? 0.5 * w : w;
          double* const own = sums[thread].of;
          own[0] += i == j ? w : 0.0;
          own[1] += share * trend.linear;
          own[2] += share * trend.square;
          own[3] += share * trend.bowl;
        });
    block.each([&](int thread) {
      for (int k = 0; k < 4; ++k) shared.sums[k][thread] = sums[thread].of[k];
    });
    block.sync();
    add_up(block, shared.sums);
    block.each([&](int thread) {
      if (thread < 4) partials[4 * (block.x + tiles_of(rows.count) * block.y) + thread] = shared.sums[thread][0];
    });
  }
};

struct SetIdentity {
  struct Shared {};
  double* matrix;
  std::int64_t rows;

  EXTURBO_DEVICE void operator()(Block& block, Shared&) const {
    block.each([&](int thread) {
      const std::int64_t i = std::int64_t{kThreads} * block.x + thread;
      if (i < rows) matrix[i + block.y * rows] = i == block.y ? 1.0 : 0.0;
    });
  }
};

struct ColumnNorms {
  struct Shared {
    double sums[1][kThreads];
  };
  const double* matrix;
  std::int64_t rows;
  double* norms;

  EXTURBO_DEVICE void operator()(Block& block, Shared& shared) const {
    block.each([&](int thread) {
      double sum = 0;
      for (std::int64_t i = thread; i < rows; i += kThreads) {
        const double entry = matrix[i + block.x * rows];
        sum += entry * entry;
      }
      shared.sums[0][thread] = sum;
    });
    block.sync();
    add_up(block, shared.sums);
    block.each([&](int thread) {
      if (thread == 0) norms[block.x] = shared.sums[0][0];
    });
  }
};

/// cos and sin of 2 pi t, exact to rounding for any t.
EXTURBO_DEVICE inline void cosine_sine_of_turns(double t, double& cosine, double& sine) {
  const double part = 2.0 * (t - rint(t));
#if defined(__CUDACC__)
  sincospi(part, &sine, &cosine);
#else
  constexpr double kPi = 3.14159265358979323846;
  cosine = std::cos(kPi * part);
  sine = std::sin(kPi * part);
#endif
}

struct AddFeatures {
  struct Shared {};
  const double* turns;
  std::int64_t half, count;
  const double* weights;
  double amplitude;
  double* values;

  EXTURBO_DEVICE void operator()(Block& block, Shared&) const {
    block.each([&](int thread) {
      const std::int64_t t = std::int64_t{kThreads} * block.x + thread;
      if (t >= count) return;
      const double* const own = weights + block.y * 2 * half;
      double sum = 0;
      for (std::int64_t k = 0; k < half; ++k) {
        double cosine, sine;
        cosine_sine_of_turns(turns[k + t * half], cosine, sine);
        sum += own[k] * cosine + own[half + k] * sine;
      }
      values[t + block.y * count] += amplitude * sum;
    });
  }
};

std::int64_t blocks_of(std::int64_t count) { return (count + kThreads - 1) / kThreads; }

}  // namespace

void assemble_lower(Queue& queue, const KernelTerms& terms, const PointSet& points, double diagonal, double* matrix,
                    std::int64_t stride) {
  const std::int64_t tiles = tiles_of(points.count);
  if (terms.has_trend) {
    launch(queue, AssembleLower<true>{terms, points, diagonal, matrix, stride}, tiles, tiles);
  } else {
    launch(queue, AssembleLower<false>{terms, points, diagonal, matrix, stride}, tiles, tiles);
  }
}

void assemble_cross(Queue& queue, const KernelTerms& terms, const PointSet& rows, const PointSet& columns,
                    double* matrix, std::int64_t stride) {
  const std::int64_t down = tiles_of(rows.count), across = tiles_of(columns.count);
  if (terms.has_trend) {
    launch(queue, AssembleCross<true>{terms, rows, columns, matrix, stride}, down, across);
  } else {
    launch(queue, AssembleCross<false>{terms, rows, columns, matrix, stride}, down, across);
  }
}

void set_identity(Queue& queue, double* matrix, std::int64_t rows, std::int64_t columns) {
  launch(queue, SetIdentity{matrix, rows}, blocks_of(rows), columns);
}

void weigh_panel(Queue& queue, const KernelTerms& terms, const PointSet& points, std::int64_t first,
                 std::int64_t columns, const double* alpha, double* panel, double* partials) {
  const PointSet rows{points.points + first * (terms.dimensions + 1), points.norms + 2 * first, points.count - first};
  PointSet own = rows;
  own.count = columns;
  const std::int64_t down = tiles_of(rows.count), across = tiles_of(columns);
  if (terms.has_trend) {
    launch(queue, WeighPanel<true>{terms, rows, own, alpha + first, panel, partials}, down, across);
  } else {
    launch(queue, WeighPanel<false>{terms, rows, own, alpha + first, panel, partials}, down, across);
  }
}

void column_norms(Queue& queue, const double* matrix, std::int64_t rows, std::int64_t columns, double* norms) {
  launch(queue, ColumnNorms{matrix, rows, norms}, columns, 1);
}

void add_features(Queue& queue, const double* turns, std::int64_t half, std::int64_t count, const double* weights,
                  std::int64_t outputs, double amplitude, double* values) {
  launch(queue, AddFeatures{turns, half, count, weights, amplitude, values}, blocks_of(count), outputs);
}

}  // namespace exturbo::cuda
