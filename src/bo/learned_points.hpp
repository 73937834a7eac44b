// Evaluations made before the run began: what they say enters the models, and nothing else of the run.
// SPDX-License-Identifier: BSD-3-Clause
//
// Points lie side by side in one matrix: their distances from a centre cost one pass over it.
#pragma once

#include <Eigen/Core>
#include <map>
#include <vector>

#include "exturbo/bo/outcome.hpp"

namespace exturbo::bo {

class LearnedPoints {
 public:
  /// Adds a point unless one of the same rounded values is there: the first counts.
  void add(const std::vector<double>& values, const std::vector<double>& unit, const Outcome& outcome);
  /// The run has told an evaluation of these rounded values: what was learned there no longer counts.
  void replace(const std::vector<double>& values);

  /// Points learned, replaced ones included.
  int size() const { return static_cast<int>(outcomes_.size()); }
  /// Those that did not fail.
  int measured() const { return measured_; }
  bool is_replaced(int index) const { return replaced_[static_cast<std::size_t>(index)]; }
  const Outcome& outcome(int index) const { return outcomes_[static_cast<std::size_t>(index)]; }
  /// d x size(), in the unit cube.
  Eigen::Map<const Eigen::MatrixXd> units() const;
  const std::vector<double>& values(int index) const { return values_[static_cast<std::size_t>(index)]; }

 private:
  std::map<std::vector<double>, int> index_;  ///< By values.
  std::vector<std::vector<double>> values_;
  std::vector<double> units_;
  std::vector<Outcome> outcomes_;
  std::vector<bool> replaced_;
  int measured_ = 0;
};

}  // namespace exturbo::bo
