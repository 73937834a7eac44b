// Seeds that wait to be asked: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "seed_queue.hpp"

#include <algorithm>
#include <cmath>

namespace exturbo::bo {
namespace {

constexpr int kFairTrial = 2;          ///< Other points told before seeds are judged.
constexpr double kLeastSpread = 0.05;  ///< Of a coordinate in which all seeds agree.
constexpr double kMostWeight = 2;

}  // namespace

void SeedQueue::add(int index, const std::vector<double>& values, const Eigen::VectorXd& unit) {
  if (std::any_of(waiting_.begin(), waiting_.end(), [&](const Seed& seed) { return seed.values == values; })) return;
  waiting_.push_back({index, values});
  units_.push_back(unit);
}

std::optional<SeedQueue::Seed> SeedQueue::next(const History& history, const Ranking& ranking, int batch) {
  while (!waiting_.empty() && history.contains(waiting_.front().values)) waiting_.pop_front();
  if (waiting_.empty()) return std::nullopt;
  if (begun_) {
    const Credit credit = this->credit(history, ranking);
    if (credit == Credit::kGivenUp) waiting_.clear();
    const int others = credit == Credit::kBest ? 1 : std::max(1, batch - 1);
    ++others_;
    if (waiting_.empty() || credit == Credit::kUnknown || others_ <= others) return std::nullopt;
  }
  begun_ = true;
  others_ = 0;
  Seed seed = std::move(waiting_.front());
  waiting_.pop_front();
  return seed;
}

SeedQueue::Credit SeedQueue::credit(const History& history, const Ranking& ranking) const {
  const Evaluation* seed = nullptr;
  for (const Evaluation& each : history.all()) {
    if (!each.told || each.suggestion.origin != Origin::kSeed) continue;
    if (seed == nullptr || ranking.better(each.outcome, seed->outcome)) seed = &each;
  }
  if (seed == nullptr) return Credit::kUnknown;
  int others = 0, better = 0;
  for (const Evaluation& each : history.all()) {
    if (!each.told || each.suggestion.origin == Origin::kSeed) continue;
    ++others;
    better += ranking.better(each.outcome, seed->outcome);
  }
  if (others < kFairTrial) return Credit::kUnknown;
  return better == 0 ? Credit::kBest : 2 * better > others ? Credit::kGivenUp : Credit::kFair;
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
