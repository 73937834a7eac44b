// Seeds that wait to be asked: whose turn it is, when they are given up, and how they shape the first trust region.
// SPDX-License-Identifier: BSD-3-Clause
//
// Seeds come from agents and people and may all be wrong. So they take turns with the other points, a seed first, and
// once two of them are told and another point is better than all of them, those that wait are given up.
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
  bool add(int index, const std::vector<double>& values, const Eigen::VectorXd& unit);
  /// The seed whose turn it is, if it is a seed's.
  std::optional<Seed> next(const History& history, const Ranking& ranking);
  /// Side weights by where the seeds agree (narrow) and differ (wide): spread of their coordinates, normalised to
  /// geometric mean 1 and kept in [1/2, 2]; ones for fewer than two seeds.
  Eigen::VectorXd weights(int dimensions) const;

 private:
  bool discredited(const History& history, const Ranking& ranking) const;

  std::deque<Seed> waiting_;
  std::vector<Eigen::VectorXd> units_;  ///< Of all seeds added.
  bool seeds_turn_ = true;
};

}  // namespace exturbo::bo
