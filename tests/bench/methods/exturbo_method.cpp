// This project's optimiser in batches, or rolling as a sizing run has it.
// SPDX-License-Identifier: BSD-3-Clause
#include <cstdio>
#include <cstdlib>
#include <deque>

#include "ask_tell.hpp"

namespace exturbo::bench {
namespace {

/// With EXTURBO_BENCH_TRACE set: one evaluation, for people.
void trace(const Trial& trial, const bo::Optimizer& optimizer, const bo::Suggestion& suggestion,
           const Measured& measured) {
  static const bool wanted = std::getenv("EXTURBO_BENCH_TRACE") != nullptr;
  if (!wanted) return;
  std::fprintf(stderr, "%d %s %.6g %.6g length %.4f\n", suggestion.id, bo::to_string(suggestion.origin),
               measured.outcome.objective, trial.record().best_at(suggestion.id), optimizer.statistics().length);
  for (const double c : measured.outcome.constraints) std::fprintf(stderr, " %.3g", c);
  for (const double u : suggestion.unit) std::fprintf(stderr, " %.2f", u);
  std::fprintf(stderr, "\n");
}

void run_rolling(Trial& trial, bo::Optimizer& optimizer) {
  std::deque<std::pair<int, bo::Outcome>> pending;
  while (trial.left() > 0) {
    if (static_cast<int>(pending.size()) == trial.batch()) {
      optimizer.tell(pending.front().first, pending.front().second);
      pending.pop_front();
    }
    const bo::Suggestion suggestion = optimizer.ask();
    const Measured measured = trial.evaluate({suggestion.values}).front();
    trace(trial, optimizer, suggestion, measured);
    pending.emplace_back(suggestion.id, measured.outcome);
  }
}

}  // namespace

void run_exturbo(Trial& trial, const MethodOptions& options) {
  bo::Options defaults;
  defaults.rng_seed = trial.rng_seed();
  defaults.batch = trial.batch();
  defaults.threads = options.threads;
  bo::Optimizer optimizer(trial.space(), static_cast<int>(trial.scales().size()), defaults);
  if (options.rolling) {
    run_rolling(trial, optimizer);
  } else {
    run_batches(trial, optimizer, [&](const bo::Suggestion& suggestion, const Measured& measured) {
      trace(trial, optimizer, suggestion, measured);
      return measured.outcome;
    });
  }
  const bo::Statistics statistics = optimizer.statistics();
  trial.tell_detail("fit_seconds", statistics.seconds_fit);
  trial.tell_detail("choose_seconds", statistics.seconds_choose);
  trial.tell_detail("restarts", statistics.restarts);
  trial.tell_detail("failed_fits", statistics.failed_fits);
}

}  // namespace exturbo::bench
