// What the commands that begin a run share: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "new_run.hpp"

#include <iostream>
#include <stdexcept>

#include "exturbo/bo/options.hpp"
#include "exturbo/core/fault.hpp"
#include "finish.hpp"
#include "progress.hpp"
#include "seed_source.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;

std::filesystem::path run_folder(const Arguments& arguments, const problem::Problem& problem, std::uint64_t rng_seed) {
  if (arguments.contains("out")) return arguments["out"].as<std::string>();
  const std::string process = problem.evaluator ? "" : problem.process.name + "-";
  return std::filesystem::path("runs") / (problem.name + "-" + process + std::to_string(rng_seed));
}

/// 0 if it is not given.
double trust_region(const Arguments& arguments) {
  return arguments.contains("trust-region") ? arguments["trust-region"].as<double>() : 0;
}

}  // namespace

po::options_description new_run_options() {
  po::options_description options("Run");
  options.add_options()(
      "seeds", po::value<std::string>(),
      "a seeds file to start from, or designer: the built-in designer's; without it the run starts cold")(
      "budget", po::value<int>()->default_value(0), "evaluations, seeds and failures included; 0: the problem's")(
      "batch", po::value<int>()->default_value(0), "evaluations proposed ahead of results, 1 to 64; 0: the problem's")(
      "rng-seed", po::value<std::int64_t>()->default_value(1), "the same seed gives the same run")(
      "out", po::value<std::string>(), "run folder; default runs/<name of the problem>-<process if any>-<rng seed>")(
      "trust-region", po::value<double>(),
      "side of the first trust region as a share of each range, 0.01 to 1.6; default 0.8. Small, 0.1 say, to improve on "
      "good seeds without leaving them")(
      "stop-at-feasible", po::bool_switch(), "stop once a design meets all specs")(
      "no-report", po::bool_switch(), "write no report")("quiet", po::bool_switch(), "no progress")(
      "json", po::bool_switch(), "result.json on stdout, everything else on stderr");
  return options.add(model_options());
}

po::options_description model_options() {
  po::options_description options("Models");
  options.add_options()(
      "history", po::value<std::vector<std::string>>(),
      "folder of an earlier run of a problem with the same variables, to learn from; may be given several times. Its "
      "evaluations enter the models and cost no budget; its best designs become seeds")(
      "model-points", po::value<int>(),
      "at most so many evaluations, the nearest, enter a model, 10 to 100000; default 200. Memory grows with its "
      "square, time with its cube")(
      "device", po::value<std::string>()->default_value("auto"),
      "where models are computed: cpu, cuda, or auto, the GPU for large ones where there is one");
  return options;
}

std::vector<std::filesystem::path> history(const Arguments& arguments) {
  if (!arguments.contains("history")) return {};
  const auto& folders = arguments["history"].as<std::vector<std::string>>();
  return {folders.begin(), folders.end()};
}

gp::Device device(const Arguments& arguments) { return gp::device(arguments["device"].as<std::string>()); }

int model_points(const Arguments& arguments) {
  return arguments.contains("model-points") ? arguments["model-points"].as<int>() : 0;
}

std::vector<core::Fault> new_run_faults(const Arguments& arguments) {
  std::vector<core::Fault> faults;
  if (arguments["budget"].as<int>() < 0)
    faults.push_back({"CLI-002", "command line", "--budget", "must not be negative", "give a number of evaluations"});
  if (arguments["batch"].as<int>() < 0 || arguments["batch"].as<int>() > 64) {
    faults.push_back({"CLI-002", "command line", "--batch", "must lie in 1 .. 64", "4 suits most machines"});
  }
  // Read as a signed number: an unsigned one would take -1 for 2^64 - 1.
  if (arguments["rng-seed"].as<std::int64_t>() < 0)
    faults.push_back({"CLI-002", "command line", "--rng-seed", "must not be negative", "give 0, 1, 2, ..."});
  if (arguments.contains("model-points") &&
      (model_points(arguments) < bo::kLeastModelPoints || model_points(arguments) > bo::kMostModelPoints)) {
    faults.push_back(
        {"CLI-002", "command line", "--model-points",
         "must lie in " + std::to_string(bo::kLeastModelPoints) + " .. " + std::to_string(bo::kMostModelPoints),
         "leave it out if unsure"});
  }
  if (arguments.contains("trust-region") &&
      !(trust_region(arguments) >= bo::kLeastLength && trust_region(arguments) <= bo::kMostLength)) {
    faults.push_back(
        {"CLI-002", "command line", "--trust-region", "must lie in 0.01 .. 1.6", "leave it out if unsure"});
  }
  try {
    device(arguments);
  } catch (const std::invalid_argument&) {
    faults.push_back(
        {"CLI-002", "command line", "--device", "must be auto, cpu or cuda", "`exturbo doctor` tells what is there"});
  }
  return faults;
}

int begin_run(const Arguments& arguments, const problem::Problem& problem, sizing::SizeOptions options) {
  for (const std::string& warning : problem.warnings)
    std::cerr << problem.file.filename().string() << ": warning: " << warning << "\n";
  options.budget = arguments["budget"].as<int>();
  options.batch = arguments["batch"].as<int>();
  options.rng_seed = static_cast<std::uint64_t>(arguments["rng-seed"].as<std::int64_t>());
  options.stop_at_feasible = arguments["stop-at-feasible"].as<bool>();
  options.device = device(arguments);
  options.model_points = model_points(arguments);
  options.trust_region = trust_region(arguments);
  options.history = sizing::read_history(problem, history(arguments));
  for (const sizing::HistorySource& source : options.history.sources) {
    if (!arguments["quiet"].as<bool>()) std::cerr << "learned: " << sizing::to_string(source) << "\n";
  }
  if (arguments.contains("seeds")) {
    options.seeds =
        seeds_from(arguments["seeds"].as<std::string>(), problem, machine(arguments), arguments["quiet"].as<bool>());
  }
  const std::filesystem::path out = run_folder(arguments, problem, options.rng_seed);
  const Finish finish{out, arguments["json"].as<bool>(), !arguments["no-report"].as<bool>(),
                      arguments["quiet"].as<bool>(), machine(arguments)};
  install_signal_handlers();
  sizing::SizeSummary summary;
  {
    ProgressLine line(problem.objective.metric, problem.metric(problem.objective.metric)->unit,
                      arguments["quiet"].as<bool>());
    summary = run_for(finish, [&] {
      return sizing::size(problem, options, out, machine(arguments),
                          {[&](const sizing::Progress& progress) { line.show(progress); }, &stop_flag()});
    });
  }
  return finish_run(finish, summary);
}

}  // namespace exturbo::cli
