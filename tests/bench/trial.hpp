// One run of one method on one problem: hands out evaluations up to a budget and records what was found.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "evaluator.hpp"
#include "exturbo/core/random.hpp"

namespace exturbo::bench {

/// What a trial found.
struct TrialRecord {
  int evaluations = 0;
  int first_feasible = 0;  ///< 1-based; 0: none.
  /// Evaluation and objective of each feasible point that is better than all before it.
  std::vector<std::pair<int, double>> improvements;
  double seconds = 0;                     ///< Wall time of the method, without the evaluations.
  double cpu_seconds = 0;                 ///< Processor time of this process, evaluations of functions included.
  std::map<std::string, double> details;  ///< What else the method tells.

  /// Infinite if no feasible point was found by then.
  double best_at(int evaluation) const;
  /// Infinite if there is none.
  double first() const;
  /// Counts one more evaluation.
  void add(bool feasible, double objective);
};

class Trial {
 public:
  Trial(Evaluator& evaluator, int budget, int batch, std::uint64_t rng_seed)
      : evaluator_(evaluator), budget_(budget), batch_(batch), rng_seed_(rng_seed) {}

  const bo::SearchSpace& space() const { return evaluator_.space(); }
  const std::vector<double>& scales() const { return evaluator_.scales(); }
  int budget() const { return budget_; }
  int batch() const { return batch_; }
  std::uint64_t rng_seed() const { return rng_seed_; }
  int left() const { return budget_ - record_.evaluations; }

  /// Random numbers of the method's part or round `index`.
  core::RandomStream stream(std::uint64_t index) const { return {rng_seed_, index, core::Purpose::kTest}; }
  /// A point of the unit cube.
  std::vector<double> random_point(core::RandomStream& stream) const;

  /// Evaluates points (values) at once, only the first left() of them: fewer results tell that the budget is spent.
  std::vector<Measured> evaluate(std::vector<std::vector<double>> points);
  /// The same for points of the unit cube, which are clipped and rounded.
  std::vector<Measured> evaluate_unit(const std::vector<std::vector<double>>& units);

  void tell_detail(const std::string& name, double value) { record_.details[name] = value; }
  const TrialRecord& record() const { return record_; }
  double evaluation_seconds() const { return evaluation_seconds_; }

 private:
  Evaluator& evaluator_;
  int budget_;
  int batch_;
  std::uint64_t rng_seed_;
  TrialRecord record_;
  double evaluation_seconds_ = 0;
};

}  // namespace exturbo::bench
