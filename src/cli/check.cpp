// exturbo check
// SPDX-License-Identifier: BSD-3-Clause
#include <iostream>

#include "command.hpp"

namespace exturbo::cli {

namespace {

std::string counted(std::size_t count, const std::string& noun) {
  const bool hisses = noun.ends_with("ch");
  return std::to_string(count) + " " + noun + (count == 1 ? "" : hisses ? "es" : "s");
}

}  // namespace

int run_check(const Command& self, const std::vector<std::string>& words) {
  const auto arguments = parse(self, problem_options(), "PROBLEM.json", words);
  if (!arguments) return kDone;
  const problem::Problem problem = sizing::open_problem((*arguments)["PROBLEM.json"].as<std::string>(),
                                                        pdk_path(*arguments), (*arguments)["allow-command"].as<bool>());
  for (const std::string& warning : problem.warnings) std::cout << "warning: " << warning << "\n";
  const bool simulated = !problem.evaluator;
  std::cout << problem.name << (simulated ? " on " + problem.process.name : " by a command") << ": no faults; "
            << counted(problem.free_variables().size(), "free variable") << ", "
            << (simulated ? counted(problem.testbenches.size(), "testbench") + ", " : "")
            << counted(problem.metrics.size(), "metric") << ", " << counted(problem.specs.size(), "spec")
            << (simulated ? ", " + counted(problem.corners.size(), "corner") : "") << "\n";
  return kDone;
}

}  // namespace exturbo::cli
