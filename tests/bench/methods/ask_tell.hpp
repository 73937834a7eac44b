// Drives this project's optimiser in synchronous batches.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <vector>

#include "exturbo/bo/optimizer.hpp"
#include "method.hpp"

namespace exturbo::bench {

/// Asks for a batch, evaluates it, and tells `outcome_of(suggestion, measured)` for each, to the end of the budget.
template <class OutcomeOf>
void run_batches(Trial& trial, bo::Optimizer& optimizer, const OutcomeOf& outcome_of) {
  while (trial.left() > 0) {
    std::vector<bo::Suggestion> batch;
    std::vector<std::vector<double>> points;
    for (int i = 0; i < std::min(trial.batch(), trial.left()); ++i) {
      batch.push_back(optimizer.ask());
      points.push_back(batch.back().values);
    }
    const std::vector<Measured> results = trial.evaluate(points);
    for (std::size_t i = 0; i < results.size(); ++i) optimizer.tell(batch[i].id, outcome_of(batch[i], results[i]));
  }
}

}  // namespace exturbo::bench
