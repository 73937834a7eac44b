// exturbo size
// SPDX-License-Identifier: BSD-3-Clause
#include "command.hpp"
#include "exturbo/core/fault.hpp"
#include "new_run.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;

po::options_description size_options() {
  po::options_description options("Simulation");
  options.add_options()(
      "corners", po::value<std::string>(),
      "worst: a design that misses a spec on the corners that were worst so far is not simulated on the others; all: "
      "on all each time; default worst for more than 6 corners")(
      "search-cards", po::value<std::string>()->default_value("original"),
      "original; or derived: designs are simulated without the body and gate resistances of the transistors, and one "
      "that meets all specs there is simulated again with them");
  return new_run_options().add(options).add(problem_options()).add(machine_options());
}

void check_values(const Arguments& arguments) {
  std::vector<core::Fault> faults = new_run_faults(arguments);
  if (arguments.contains("corners")) {
    const std::string corners = arguments["corners"].as<std::string>();
    if (corners != "worst" && corners != "all")
      faults.push_back({"CLI-002", "command line", "--corners", "must be worst or all", "leave it out if unsure"});
  }
  const std::string cards = arguments["search-cards"].as<std::string>();
  if (cards != "original" && cards != "derived")
    faults.push_back(
        {"CLI-002", "command line", "--search-cards", "must be original or derived", "leave it out if unsure"});
  if (!faults.empty()) throw core::InputError(std::move(faults));
}

}  // namespace

int run_size(const Command& self, const std::vector<std::string>& words) {
  const auto arguments = parse(self, size_options(), "PROBLEM.json", words);
  if (!arguments) return kDone;
  check_values(*arguments);
  const std::string file = (*arguments)["PROBLEM.json"].as<std::string>();
  const problem::Problem problem =
      sizing::open_problem(file, pdk_path(*arguments), (*arguments)["allow-command"].as<bool>());
  if (problem.evaluator) {
    throw core::InputError({{"CLI-004", file, "/evaluator", "a command evaluates the designs of this problem",
                             "use `exturbo optimize` in place of `exturbo size`"}});
  }
  sizing::SizeOptions options;
  if (arguments->contains("corners"))
    options.corners = sizing::corner_strategy((*arguments)["corners"].as<std::string>());
  options.search_cards = sizing::search_cards((*arguments)["search-cards"].as<std::string>());
  return begin_run(*arguments, problem, std::move(options));
}

}  // namespace exturbo::cli
