// Seeds that wait to be asked: whose turn it is, when they are given up, and how they shape the first trust region.
// SPDX-License-Identifier: BSD-3-Clause
//
// Seeds come from agents and people and may all be wrong. The first point of all is the first seed. Once it and two other
// points are told, the seeds that wait are given up if the best told seed is worse than half of the other points; else one
// seed is asked a batch, or every other point while a seed is the best of all.
#pragma once

#include <Eigen/Core>
#include <deque>
#include <optional>
#include <vector>

#include "history.hpp"
#include "ranking.hpp"

namespace exturbo::bo {

class SeedQueue {
 public:
  struct Seed {
    int index = 0;               ///< In the order of suggest().
    std::vector<double> values;  ///< Rounded.
  };

  /// Queues a seed unless its values wait already. \param unit the point of its values.
  void add(int index, const std::vector<double>& values, const Eigen::VectorXd& unit);
  /// The seed whose turn it is, if it is a seed's; asked once for each point.
  std::optional<Seed> next(const History& history, const Ranking& ranking, int batch);
  /// Side weights by where the seeds agree (narrow) and differ (wide): spread of their coordinates, normalised to
  /// geometric mean 1 and kept in [1/2, 2]; ones for fewer than two seeds.
  Eigen::VectorXd weights(int dimensions) const;

 private:
  enum class Credit { kUnknown, kGivenUp, kFair, kBest };
  Credit credit(const History& history, const Ranking& ranking) const;

  std::deque<Seed> waiting_;
  std::vector<Eigen::VectorXd> units_;  ///< Of all seeds added.
  int others_ = 0;  ///< Points since the last seed.
  bool begun_ = false;
};

}  // namespace exturbo::bo
