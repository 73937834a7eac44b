// Nearest neighbours: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "vecchia_neighbours.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace exturbo::gp {
namespace {

constexpr Eigen::Index kQueries = 64;  // a tile of 256 x 64 distances stays in the second-level cache
constexpr Eigen::Index kPoints = 256;

/// The nearest so far of one query.
class Nearest {
 public:
  explicit Nearest(Eigen::Index count) : count_(static_cast<std::size_t>(count)) { heap_.reserve(count_); }

  /// Distances, less what is common to the query, of the points from `begin` on.
  void offer(const double* distances, Eigen::Index begin, Eigen::Index size) {
    for (Eigen::Index t = 0; t < size; ++t) {
      if (distances[t] < worst_) insert({distances[t], static_cast<int>(begin + t)});
    }
  }
  /// Indices in ascending order.
  void write(Eigen::Ref<Eigen::VectorXi> column) {
    for (std::size_t k = 0; k < heap_.size(); ++k) column[static_cast<Eigen::Index>(k)] = heap_[k].second;
    std::sort(column.data(), column.data() + heap_.size());
  }

 private:
  void insert(const std::pair<double, int>& entry) {
    if (heap_.size() == count_) {
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.back() = entry;
    } else {
      heap_.push_back(entry);
    }
    std::push_heap(heap_.begin(), heap_.end());
    if (heap_.size() == count_) worst_ = heap_.front().first;
  }

  std::size_t count_;
  std::vector<std::pair<double, int>> heap_;  // the farthest on top
  double worst_ = std::numeric_limits<double>::infinity();
};

/// Query q may have the points before limit + q * step.
Eigen::MatrixXi nearest_before(const Eigen::Ref<const Eigen::MatrixXd>& points,
                               const Eigen::Ref<const Eigen::VectorXd>& norms,
                               const Eigen::Ref<const Eigen::MatrixXd>& queries, Eigen::Index count, Eigen::Index limit,
                               Eigen::Index step) {
  Eigen::MatrixXi result = Eigen::MatrixXi::Constant(count, queries.cols(), -1);
  if (count == 0) return result;
  Eigen::MatrixXd tile;
  for (Eigen::Index first = 0; first < queries.cols(); first += kQueries) {
    const Eigen::Index width = std::min(kQueries, queries.cols() - first);
    std::vector<Nearest> nearest(static_cast<std::size_t>(width), Nearest(count));
    const Eigen::Index end = limit + (first + width - 1) * step;
    for (Eigen::Index begin = 0; begin < end; begin += kPoints) {
      const Eigen::Index height = std::min(kPoints, end - begin);
      tile.noalias() = points.middleCols(begin, height).transpose() * queries.middleCols(first, width);
      for (Eigen::Index q = 0; q < width; ++q) {
        tile.col(q) = norms.segment(begin, height) - 2 * tile.col(q);
        const Eigen::Index allowed = std::min(height, limit + (first + q) * step - begin);
        nearest[static_cast<std::size_t>(q)].offer(tile.col(q).data(), begin, allowed);
      }
    }
    for (Eigen::Index q = 0; q < width; ++q) nearest[static_cast<std::size_t>(q)].write(result.col(first + q));
  }
  return result;
}

}  // namespace

Eigen::MatrixXi nearest_points(const Eigen::Ref<const Eigen::MatrixXd>& points,
                               const Eigen::Ref<const Eigen::VectorXd>& norms,
                               const Eigen::Ref<const Eigen::MatrixXd>& queries, Eigen::Index count) {
  return nearest_before(points, norms, queries, std::min(count, points.cols()), points.cols(), 0);
}

Eigen::MatrixXi nearest_earlier_points(const Eigen::Ref<const Eigen::MatrixXd>& points, Eigen::Index count,
                                       Eigen::Index first) {
  const Eigen::VectorXd norms = points.colwise().squaredNorm();
  return nearest_before(points, norms, points.rightCols(points.cols() - first), count, first, 1);
}

}  // namespace exturbo::gp
