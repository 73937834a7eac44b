// TuRBO-1 (Eriksson, Pearce, Gardner, Turner & Poloczek 2019) on the one cost, in this project's code: what modelling
// each constraint by itself is measured against.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>

#include "ask_tell.hpp"

namespace exturbo::bench {
namespace {

/// The published settings. Ours stay the fit (priors and L-BFGS-B for 50 steps of Adam), the re-fit at growth and not
/// each batch, and restarts that keep the earlier evaluations in the model.
bo::Options published(const Trial& trial) {
  const int d = trial.space().size();
  const int q = trial.batch();
  bo::Options options;
  options.rng_seed = trial.rng_seed();
  options.batch = q;
  options.initial_design = 2 * d;
  options.acquisition = bo::Acquisition::kThompson;
  options.candidates = std::min(100 * d, 5000);
  options.max_model_points = std::max(20, trial.budget());  // all
  options.initial_length = 0.8;
  options.min_length = 0.0078125;
  options.max_length = 1.6;
  options.success_tolerance = 3;
  // ceil(max(4 / q, d / q)) batches without improvement.
  options.failure_tolerance = (std::max(4, d) + q - 1) / q * q;
  options.objective_hint.transform = bo::Transform::kLinear;
  return options;
}

}  // namespace

void run_scalar_turbo(Trial& trial, const MethodOptions& options) {
  bo::Options turbo = published(trial);
  turbo.threads = options.threads;
  bo::Optimizer optimizer(trial.space(), 0, turbo);
  run_batches(trial, optimizer, [](const bo::Suggestion&, const Measured& measured) {
    return bo::Outcome{false, measured.cost, {}};
  });
  trial.tell_detail("restarts", optimizer.statistics().restarts);
}

}  // namespace exturbo::bench
