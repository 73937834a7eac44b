// Everything asked and told so far, and what was learned before.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <set>
#include <vector>

#include "exturbo/bo/optimizer.hpp"
#include "learned_points.hpp"

namespace exturbo::bo {

/// One suggestion and, once told, its outcome.
struct Evaluation {
  Suggestion suggestion;
  Eigen::VectorXd unit;   ///< suggestion.unit as a vector
  int region = 0;         ///< Trust region that asked for it.
  bool exploits = false;  ///< Chosen as an optimum of the models, not as a sample.
  bool told = false;
  Outcome outcome;
  /// Told, not failed: has numbers.
  bool measured() const { return told && !outcome.failed; }
};

/// Evaluations by id (from 1), in the order asked; which points were asked already; and which are pending.
class History {
 public:
  Evaluation& add(Evaluation evaluation) {
    asked_.insert(evaluation.suggestion.values);
    if (!evaluation.told) pending_.push_back(next_id());
    measured_ += evaluation.measured();
    evaluations_.push_back(std::move(evaluation));
    return evaluations_.back();
  }
  void tell(int id, const Outcome& outcome) {
    Evaluation& evaluation = evaluations_[static_cast<std::size_t>(id - 1)];
    evaluation.told = true;
    evaluation.outcome = outcome;
    measured_ += evaluation.measured();
    pending_.erase(std::find(pending_.begin(), pending_.end(), id));
    learned_.replace(evaluation.suggestion.values);
  }
  /// What was learned before the first evaluation: no evaluations, and not among those below.
  LearnedPoints& learned() { return learned_; }
  const LearnedPoints& learned() const { return learned_; }

  /// True if these rounded values were asked before.
  bool contains(const std::vector<double>& values) const { return asked_.count(values) > 0; }
  /// True if a point was asked that differs by less than `distance` in every variable.
  bool near(const Eigen::VectorXd& unit, double distance) const {
    return std::any_of(evaluations_.begin(), evaluations_.end(),
                       [&](const Evaluation& e) { return (e.unit - unit).lpNorm<Eigen::Infinity>() < distance; });
  }

  bool has(int id) const { return id >= 1 && id <= static_cast<int>(evaluations_.size()); }
  const Evaluation& at(int id) const { return evaluations_[static_cast<std::size_t>(id - 1)]; }
  const std::vector<Evaluation>& all() const { return evaluations_; }
  /// Ids asked and not told, in the order asked.
  const std::vector<int>& pending() const { return pending_; }
  int next_id() const { return static_cast<int>(evaluations_.size()) + 1; }
  int told() const { return static_cast<int>(evaluations_.size() - pending_.size()); }
  int measured() const { return measured_; }

  template <class Predicate>
  bool pending_any(const Predicate& predicate) const {
    return std::any_of(pending_.begin(), pending_.end(), [&](int id) { return predicate(at(id)); });
  }
  /// Among the last `count` asked.
  template <class Predicate>
  bool recent_any(int count, const Predicate& predicate) const {
    const auto from = std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(evaluations_.size()) - count);
    return std::any_of(evaluations_.begin() + from, evaluations_.end(), predicate);
  }

 private:
  std::vector<Evaluation> evaluations_;
  std::vector<int> pending_;
  int measured_ = 0;
  std::set<std::vector<double>> asked_;
  LearnedPoints learned_;
};

}  // namespace exturbo::bo
