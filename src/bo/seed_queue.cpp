// Seeds that wait to be asked: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "seed_queue.hpp"

#include <algorithm>
#include <cmath>

namespace exturbo::bo {
namespace {

constexpr int kFairTrial = 2;          ///< Seeds told before they can be given up.
constexpr double kLeastSpread = 0.05;  ///< Of a coordinate in which all seeds agree.
constexpr double kMostWeight = 2;

}  // namespace

bool SeedQueue::add(int index, const std::vector<double>& values, const Eigen::VectorXd& unit) {
  if (std::any_of(waiting_.begin(), waiting_.end(), [&](const Seed& seed) { return seed.values == values; }))
    return false;
  waiting_.push_back({index, values});
  units_.push_back(unit);
  return true;
}

std::optional<SeedQueue::Seed> SeedQueue::next(const History& history, const Ranking& ranking) {
  while (!waiting_.empty() && history.contains(waiting_.front().values)) waiting_.pop_front();
  if (!waiting_.empty() && discredited(history, ranking)) waiting_.clear();
  if (waiting_.empty()) return std::nullopt;
  seeds_turn_ = !seeds_turn_;
  if (seeds_turn_) return std::nullopt;
  Seed seed = std::move(waiting_.front());
  waiting_.pop_front();
  return seed;
}

bool SeedQueue::discredited(const History& history, const Ranking& ranking) const {
  const Evaluation* seed = nullptr;
  const Evaluation* other = nullptr;
  int told = 0;
  for (const Evaluation& each : history.all()) {
    if (!each.told) continue;
    const bool is_seed = each.suggestion.origin == Origin::kSeed;
    if (is_seed) ++told;
    const Evaluation*& best = is_seed ? seed : other;
    if (best == nullptr || ranking.better(each.outcome, best->outcome)) best = &each;
  }
  return told >= kFairTrial && other != nullptr && ranking.better(other->outcome, seed->outcome);
}

Eigen::VectorXd SeedQueue::weights(int dimensions) const {
  Eigen::VectorXd spread = Eigen::VectorXd::Ones(dimensions);
  if (units_.size() < 2) return spread;
  for (Eigen::Index j = 0; j < spread.size(); ++j) {
    double low = 1, high = 0;
    for (const Eigen::VectorXd& unit : units_) {
      low = std::min(low, unit[j]);
      high = std::max(high, unit[j]);
    }
    spread[j] = high - low + kLeastSpread;
  }
  spread /= std::exp(spread.array().log().mean());
  return spread.array().max(1 / kMostWeight).min(kMostWeight);
}

}  // namespace exturbo::bo
