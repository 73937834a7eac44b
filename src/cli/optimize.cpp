// exturbo optimize
// SPDX-License-Identifier: BSD-3-Clause
#include "command.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/problem/load.hpp"
#include "new_run.hpp"

namespace exturbo::cli {

int run_optimize(const Command& self, const std::vector<std::string>& words) {
  namespace po = boost::program_options;
  po::options_description options("Evaluator");
  options.add_options()("workers", po::value<int>()->default_value(0),
                        "commands side by side (changes no result); 0: one per processor")(
      "allow-command", po::bool_switch(), "run the command that the problem names; to be given anew at each start");
  const auto arguments = parse(self, new_run_options().add(options), "PROBLEM.json", words);
  if (!arguments) return kDone;
  if (auto faults = new_run_faults(*arguments); !faults.empty()) throw core::InputError(std::move(faults));
  const std::string file = (*arguments)["PROBLEM.json"].as<std::string>();
  // Before anything of a circuit is looked up, which this command has no options for.
  const problem::LoadResult loaded = problem::load_problem(file);
  if (!loaded.problem.folder.empty() && !loaded.problem.evaluator) {
    throw core::InputError({{"CLI-004", file, "/", "the problem has no evaluator: it is for the simulator",
                             "use `exturbo size`, or add \"evaluator\": {\"command\": [...]}"}});
  }
  return begin_run(*arguments, sizing::open_problem(file, {}, (*arguments)["allow-command"].as<bool>()), {});
}

}  // namespace exturbo::cli
