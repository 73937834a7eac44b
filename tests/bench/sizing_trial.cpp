// Sizing runs as trials: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "sizing_trial.hpp"

#include <ctime>

#include "exturbo/run/run_folder.hpp"
#include "support/temporary_folder.hpp"

namespace exturbo::bench {

TrialRecord run_sizing(const problem::Problem& problem, const sizing::SizeOptions& options, int workers) {
  const test::TemporaryFolder folder;
  sizing::Machine machine;
  machine.workers = workers;
  const std::clock_t cpu_begin = std::clock();
  const sizing::SizeSummary summary = sizing::size(problem, options, folder.path() / "run", machine);
  const run::RunFolder run = run::RunFolder::read(folder.path() / "run");
  std::map<int, run::Evaluation> evaluations;  // The journal is in completion order.
  for (const run::Evaluation& evaluation : run.evaluations()) evaluations[evaluation.index] = evaluation;
  TrialRecord record;
  for (const auto& [index, evaluation] : evaluations)
    record.add(evaluation.feasible, evaluation.feasible ? evaluation.metrics.at(problem.objective.metric) : 0);
  const run::Json& seconds = summary.result.at("seconds");
  record.seconds = seconds.at("model").get<double>();
  record.cpu_seconds = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
  record.details["total_seconds"] = seconds.at("total").get<double>();
  return record;
}

}  // namespace exturbo::bench
