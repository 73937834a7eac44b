// Explains a finished run: what decides whether the circuit works, what trades its performance, what limits the design.
// SPDX-License-Identifier: BSD-3-Clause
//
// Dual granularity (arXiv 2601.07315): the length-scales of each metric and of cost J are fitted twice, over all
// evaluations (survival parameters) and over the best 15 % (tuning parameters; at least max(30, 2 d), feasible first).
// Beside them the slopes of a model of all evaluations: over all of them, and within 5 % of each range around the
// design; there also Sobol' indices, over the whole cube Morris screening. What ranks variables comes from the run's
// own evaluations alone. Simulated for explaining: slopes at the design, and what each active spec costs, first
// predicted by local models. The format: sensitivity.schema.json.
//
// A function of the run alone, for any number of workers. Cost: models of at most some seconds for 400 evaluations of
// 20 variables and 14 metrics on two cores; 4 d + 1 simulations for the slopes, up to four for each active spec and
// the design.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "exturbo/run/run_folder.hpp"
#include "exturbo/sizing/size.hpp"

namespace exturbo::sensitivity {

struct ExplainOptions {
  bool simulate = true;  ///< Without: what the run's own evaluations tell, no elasticities and no limits.
};

struct ExplainControl {
  std::function<void(const std::string& phase)> on_phase;  ///< Before each: "models", "slopes", "limits".
  const std::atomic<bool>* stop = nullptr;
};

/// Content of sensitivity.json, which is written into the folder too; null if it was stopped (nothing is written).
/// \throws core::InputError if the run has no result or its problem does not load; core::EnvironmentError.
run::Json explain(const run::RunFolder& run, const sizing::Machine& machine = {}, const ExplainOptions& options = {},
                  const ExplainControl& control = {});

}  // namespace exturbo::sensitivity
