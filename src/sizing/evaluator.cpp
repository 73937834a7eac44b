// What evaluates the designs of a run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "evaluator.hpp"

#include "exturbo/core/fault.hpp"
#include "pool_options.hpp"

namespace exturbo::sizing {

std::unique_ptr<Evaluator> make_evaluator(const problem::Problem& problem, const Machine& machine, bool early_stop) {
  spice::PoolOptions options = pool_options(machine);
  options.early_stop = early_stop;
  if (!problem.evaluator) return std::make_unique<Simulator>(problem, options);
  require_permission(problem);
  return std::make_unique<Command>(problem, command::PoolOptions{options.workers, {}});
}

void require_permission(const problem::Problem& problem) {
  if (!problem.evaluator || problem.allow_command) return;
  std::string command;
  for (const std::string& word : problem.evaluator->command) command += (command.empty() ? "" : " ") + word;
  throw core::InputError({{"CMD-001", problem.file.string(), "/evaluator/command",
                           "runs the program `" + command + "`, which was not allowed",
                           "read what it does, and if you trust it give --allow-command"}});
}

}  // namespace exturbo::sizing
