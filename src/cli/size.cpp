// exturbo size
// SPDX-License-Identifier: BSD-3-Clause
#include <iostream>

#include "command.hpp"
#include "exturbo/core/fault.hpp"
#include "finish.hpp"
#include "progress.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;

po::options_description size_options() {
  po::options_description options("Run");
  options.add_options()("seeds", po::value<std::string>(),
                        "a seeds file to start from; without it the run starts cold")(
      "budget", po::value<int>()->default_value(0), "evaluations, seeds and failures included; 0: the problem's")(
      "batch", po::value<int>()->default_value(0), "evaluations proposed ahead of results, 1 to 64; 0: the problem's")(
      "rng-seed", po::value<std::int64_t>()->default_value(1), "the same seed gives the same run")(
      "out", po::value<std::string>(), "run folder; default runs/<circuit>-<process>-<rng seed>")(
      "corners", po::value<std::string>(),
      "worst: a design that misses a spec on the corners that were worst so far is not simulated on the others; all: "
      "on "
      "all each time; default worst for more than 6 corners")(
      "search-cards", po::value<std::string>()->default_value("original"),
      "original; or derived: designs are simulated without the body and gate resistances of the transistors, and one "
      "that meets all specs there is simulated again with them")("stop-at-feasible", po::bool_switch(),
                                                                 "stop once a design meets all specs")(
      "no-report", po::bool_switch(), "write no report")("quiet", po::bool_switch(), "no progress")(
      "json", po::bool_switch(), "result.json on stdout, everything else on stderr");
  return options.add(problem_options()).add(machine_options());
}

void check_counts(const Arguments& arguments) {
  std::vector<core::Fault> faults;
  if (arguments["budget"].as<int>() < 0)
    faults.push_back({"CLI-002", "command line", "--budget", "must not be negative", "give a number of evaluations"});
  if (arguments["batch"].as<int>() < 0 || arguments["batch"].as<int>() > 64) {
    faults.push_back({"CLI-002", "command line", "--batch", "must lie in 1 .. 64", "4 suits most machines"});
  }
  // Read as a signed number: an unsigned one would take -1 for 2^64 - 1.
  if (arguments["rng-seed"].as<std::int64_t>() < 0)
    faults.push_back({"CLI-002", "command line", "--rng-seed", "must not be negative", "give 0, 1, 2, ..."});
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

std::vector<problem::Seed> read_seeds(const Arguments& arguments, const problem::Problem& problem) {
  if (!arguments.contains("seeds")) return {};
  const std::string name = arguments["seeds"].as<std::string>();
  problem::SeedsResult loaded = problem::load_seeds(name, problem);
  if (!loaded.faults.empty()) throw core::InputError(std::move(loaded.faults));
  return std::move(loaded.seeds);
}

}  // namespace

int run_size(const Command& self, const std::vector<std::string>& words) {
  const auto arguments = parse(self, size_options(), "PROBLEM.json", words);
  if (!arguments) return kDone;
  check_counts(*arguments);
  const problem::Problem problem = sizing::open_problem((*arguments)["PROBLEM.json"].as<std::string>(),
                                                        pdk_path(*arguments), (*arguments)["allow-command"].as<bool>());
  for (const std::string& warning : problem.warnings)
    std::cerr << problem.file.filename().string() << ": warning: " << warning << "\n";
  sizing::SizeOptions options;
  options.budget = (*arguments)["budget"].as<int>();
  options.batch = (*arguments)["batch"].as<int>();
  options.rng_seed = static_cast<std::uint64_t>((*arguments)["rng-seed"].as<std::int64_t>());
  options.stop_at_feasible = (*arguments)["stop-at-feasible"].as<bool>();
  if (arguments->contains("corners"))
    options.corners = sizing::corner_strategy((*arguments)["corners"].as<std::string>());
  options.search_cards = sizing::search_cards((*arguments)["search-cards"].as<std::string>());
  options.seeds = read_seeds(*arguments, problem);
  const std::filesystem::path out = arguments->contains("out")
                                        ? std::filesystem::path((*arguments)["out"].as<std::string>())
                                        : std::filesystem::path("runs") / (problem.name + "-" + problem.process.name +
                                                                           "-" + std::to_string(options.rng_seed));
  const Finish finish{out, (*arguments)["json"].as<bool>(), !(*arguments)["no-report"].as<bool>()};
  install_signal_handlers();
  sizing::SizeSummary summary;
  {
    ProgressLine line(problem.objective.metric, problem.metric(problem.objective.metric)->unit,
                      (*arguments)["quiet"].as<bool>());
    summary = run_in(out, [&] {
      return sizing::size(problem, options, out, machine(*arguments),
                          {[&](const sizing::Progress& progress) { line.show(progress); }, &stop_flag()});
    });
  }
  return finish_run(finish, summary);
}

}  // namespace exturbo::cli
