// exturbo check
// SPDX-License-Identifier: BSD-3-Clause
#include <iostream>

#include "command.hpp"

namespace exturbo::cli {

int run_check(const Command& self, const std::vector<std::string>& words) {
  const auto arguments = parse(self, problem_options(), "PROBLEM.json", words);
  if (!arguments) return kDone;
  const problem::Problem problem = sizing::open_problem((*arguments)["PROBLEM.json"].as<std::string>(), pdk_path(*arguments));
  for (const std::string& warning : problem.warnings) std::cout << "warning: " << warning << "\n";
  std::cout << problem.name << " on " << problem.process.name << ": no faults; " << problem.free_variables().size() << " free variables, "
            << problem.testbenches.size() << " testbenches, " << problem.metrics.size() << " metrics, " << problem.specs.size() << " specs, "
            << problem.corners.size() << (problem.corners.size() == 1 ? " corner\n" : " corners\n");
  return kDone;
}

}  // namespace exturbo::cli
