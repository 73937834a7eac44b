// Everything asked and told so far.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <set>
#include <vector>

#include "exturbo/bo/optimizer.hpp"

namespace exturbo::bo {

/// One suggestion and, once told, its outcome.
struct Evaluation {
  Suggestion suggestion;
  Eigen::VectorXd unit;   ///< suggestion.unit as a vector
  int region = 0;         ///< Trust region that asked for it.
  bool exploits = false;  ///< Chosen as posterior optimum.
  bool told = false;
  Outcome outcome;
  /// Told, not failed: has numbers.
  bool measured() const { return told && !outcome.failed; }
};

/// Evaluations by id (from 1), in the order asked; and which points were asked already.
class History {
 public:
  Evaluation& add(Evaluation evaluation) {
    asked_.insert(evaluation.suggestion.values);
    evaluations_.push_back(std::move(evaluation));
    return evaluations_.back();
  }
  /// True if these rounded values were asked before.
  bool contains(const std::vector<double>& values) const { return asked_.count(values) > 0; }

  bool has(int id) const { return id >= 1 && id <= static_cast<int>(evaluations_.size()); }
  Evaluation& at(int id) { return evaluations_[static_cast<std::size_t>(id - 1)]; }
  const Evaluation& at(int id) const { return evaluations_[static_cast<std::size_t>(id - 1)]; }
  const std::vector<Evaluation>& all() const { return evaluations_; }
  int next_id() const { return static_cast<int>(evaluations_.size()) + 1; }

 private:
  std::vector<Evaluation> evaluations_;
  std::set<std::vector<double>> asked_;
};

}  // namespace exturbo::bo
