// A sizing run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/size.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

#include "corner_stages.hpp"
#include "evaluator.hpp"
#include "exturbo/bo/options.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/spice/measures.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "exturbo/spice/pool.hpp"
#include "run_optimizer.hpp"
#include "session.hpp"

namespace exturbo::sizing {
namespace {

void append(std::vector<core::Fault>& faults, std::vector<core::Fault> more) {
  faults.insert(faults.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// True if the cell is named and every file of the problem could be read.
bool is_read(const problem::Problem& problem) {
  return !problem.cell.empty() && !problem.netlist_lines.empty() &&
         (!problem.process.models.empty() || !problem.process.library.empty()) &&
         std::none_of(problem.testbenches.begin(), problem.testbenches.end(),
                      [](const auto& bench) { return bench.lines.empty(); });
}

/// True if `one` stands at, above or below the place of `other`.
bool is_related(const core::Fault& one, const core::Fault& other) {
  const auto within = [](const std::string& inner, const std::string& outer) {
    return inner == outer || inner.starts_with(outer + "/");
  };
  return within(one.place, other.place) || within(other.place, one.place);
}

/// Faults that only the netlists tell, without those that follow from `first`: what stands at a faulty place, and names
/// that nothing defines when a parameter or variable could not be read.
std::vector<core::Fault> further_faults(const problem::Problem& problem, const std::vector<core::Fault>& first) {
  const bool names_known = std::none_of(first.begin(), first.end(), [](const core::Fault& fault) {
    const bool unknown_part = fault.id == "JSN-004" && fault.place.rfind('/') == 0;
    return fault.place == "/" || unknown_part || fault.place.starts_with("/parameters") ||
           fault.place.starts_with("/variables");
  });
  std::vector<core::Fault> more = spice::check_problem(problem);
  std::erase_if(more, [&](const core::Fault& fault) {
    if (fault.id == "SPI-026" && !names_known) return true;
    return fault.place.starts_with('/') &&
           std::any_of(first.begin(), first.end(), [&](const core::Fault& other) { return is_related(fault, other); });
  });
  return more;
}

problem::Problem checked(problem::LoadResult loaded) {
  if (loaded.problem.evaluator) {
    // Nothing more can be said without running the command.
  } else if (loaded.faults.empty()) {
    loaded.faults = spice::check_problem(loaded.problem);
  } else if (is_read(loaded.problem)) {
    append(loaded.faults, further_faults(loaded.problem, loaded.faults));
  } else {
    // What the problem promises does not hold, but its netlists can be read all the same: all faults at once.
    append(loaded.faults, spice::check_files(loaded.problem));
  }
  if (!loaded.faults.empty()) throw core::InputError(std::move(loaded.faults));
  for (problem::MetricDefinition& metric : loaded.problem.metrics) {
    const bool returned = metric.kind == problem::MetricKind::kReturned && metric.unit.empty();
    const spice::MeasureInfo* measure =
        returned || metric.kind == problem::MetricKind::kMeasure ? spice::find_measure(metric.measure) : nullptr;
    if (measure != nullptr) metric.unit = measure->unit;
  }
  return std::move(loaded.problem);
}

/// The seeds that are simulated (the most confident, in order) and the rest.
std::pair<std::vector<problem::Seed>, std::vector<problem::Seed>> rank_seeds(std::vector<problem::Seed> seeds,
                                                                             int budget) {
  std::stable_sort(seeds.begin(), seeds.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  const std::size_t room = static_cast<std::size_t>(std::max(4, budget / 20));
  std::vector<problem::Seed> unused;
  if (seeds.size() > room) {
    unused.assign(seeds.begin() + static_cast<std::ptrdiff_t>(room), seeds.end());
    seeds.resize(room);
  }
  return {std::move(seeds), std::move(unused)};
}

run::Json seed_points(const problem::Problem& problem, const std::vector<problem::Seed>& seeds) {
  run::Json points = run::Json::array();
  for (const problem::Seed& seed : seeds) {
    run::Json point = run::Json::array();
    for (const problem::Variable* variable : problem.free_variables()) {
      const auto value = seed.variables.find(variable->name);
      point.push_back(value == seed.variables.end() ? run::Json(nullptr) : run::Json(value->second));
    }
    points.push_back(std::move(point));
  }
  return points;
}

run::Json sources_json(const std::vector<HistorySource>& sources) {
  run::Json list = run::Json::array();
  for (const HistorySource& source : sources) {
    list.push_back({{"run", source.run},
                    {"evaluations", source.taken},
                    {"failed", source.failed},
                    {"outside", source.outside},
                    {"repeated", source.repeated},
                    {"beyond_limit", source.beyond_limit}});
  }
  return list;
}

/// The command that makes the same run.
std::string command_line(const problem::Problem& problem, const run::Json& manifest) {
  std::string command =
      std::string("exturbo ") + (problem.evaluator ? "optimize " : "size ") + problem.file.filename().string();
  if (!manifest.at("seed_points").empty()) command += " --seeds seeds.json";
  for (const run::Json& source : manifest.value("history", run::Json::array()))
    command += " --history " + source.at("run").get<std::string>();
  if (manifest.at("model_points") != bo::Options{}.max_model_points)
    command += " --model-points " + manifest.at("model_points").dump();
  if (manifest.at("trust_region") != bo::Options{}.initial_length)
    command += " --trust-region " + manifest.at("trust_region").dump();
  command += " --budget " + manifest.at("budget").dump() + " --batch " + manifest.at("batch").dump() + " --rng-seed " +
             manifest.at("rng_seed").dump();
  if (!problem.evaluator) {
    command += " --corners " + manifest.at("corners").get<std::string>();
    command += " --search-cards " + manifest.at("search_cards").get<std::string>();
  }
  if (manifest.at("device") != gp::to_string(SizeOptions{}.device))
    command += " --device " + manifest.at("device").get<std::string>();
  if (manifest.at("stop_at_feasible").get<bool>()) command += " --stop-at-feasible";
  if (problem.allow_command) command += " --allow-command";
  return command;
}

}  // namespace

const char* to_string(CornerStrategy strategy) { return strategy == CornerStrategy::kWorst ? "worst" : "all"; }

CornerStrategy corner_strategy(const std::string& text) {
  for (const CornerStrategy strategy : {CornerStrategy::kWorst, CornerStrategy::kAll}) {
    if (text == to_string(strategy)) return strategy;
  }
  throw std::invalid_argument("no corner strategy \"" + text + "\"");
}

const char* to_string(SearchCards cards) { return cards == SearchCards::kDerived ? "derived" : "original"; }

SearchCards search_cards(const std::string& text) {
  for (const SearchCards cards : {SearchCards::kOriginal, SearchCards::kDerived}) {
    if (text == to_string(cards)) return cards;
  }
  throw std::invalid_argument("no cards \"" + text + "\"");
}

problem::Problem open_problem(const std::filesystem::path& file, const std::vector<std::filesystem::path>& pdk_path,
                              bool allow_command) {
  return checked(problem::load_problem(file, {pdk_path, {}, allow_command}));
}

problem::Problem open_problem(const run::RunFolder& folder, bool allow_command) {
  problem::Problem problem =
      checked(problem::load_problem(folder.problem_file(), {{}, folder.process_folder(), allow_command}));
  // The command finds its files where the run began: the run's own copy is of the problem alone.
  if (problem.evaluator && folder.evaluator_folder()) problem.evaluator->folder = *folder.evaluator_folder();
  return problem;
}

SizeSummary size(const problem::Problem& problem, const SizeOptions& options, const std::filesystem::path& path,
                 const Machine& machine, const Control& control) {
  require_permission(problem);
  run::Json manifest;
  manifest["exturbo"] = EXTURBO_VERSION;
  if (!problem.evaluator) manifest["ngspice"] = spice::engine_version(machine.worker);
  manifest["rng_seed"] = options.rng_seed;
  manifest["budget"] = options.budget > 0 ? options.budget : problem.budget;
  manifest["batch"] = options.batch > 0 ? options.batch : problem.batch;
  manifest["stop_at_feasible"] = options.stop_at_feasible;
  const bool many = problem.corners.size() > CornerStages::kMostActive;
  manifest["corners"] = to_string(options.corners.value_or(many ? CornerStrategy::kWorst : CornerStrategy::kAll));
  manifest["search_cards"] = to_string(options.search_cards);
  gp::require_device({options.device});
  manifest["device"] = gp::to_string(options.device);
  manifest["model_points"] = options.model_points > 0 ? options.model_points : bo::Options{}.max_model_points;
  manifest["trust_region"] = options.trust_region > 0 ? options.trust_region : bo::Options{}.initial_length;
  const std::vector<run::PriorEvaluation>& history = options.history.evaluations;
  if (!options.history.sources.empty()) manifest["history"] = sources_json(options.history.sources);
  std::vector<problem::Seed> proposed;
  if (!history.empty()) proposed = history_seeds(problem, make_optimizer(problem, manifest, history), history);
  for (const auto& more : {problem::start_seeds(problem), options.seeds}) {
    std::copy_if(more.begin(), more.end(), std::back_inserter(proposed), [&](const problem::Seed& seed) {
      return std::none_of(proposed.begin(), proposed.end(),
                          [&](const problem::Seed& other) { return other.variables == seed.variables; });
    });
  }
  const auto [seeds, unused] = rank_seeds(std::move(proposed), manifest.at("budget").get<int>());
  manifest["seeds"] = seeds.size();
  manifest["unused_seeds"] = unused.size();
  manifest["seed_points"] = seed_points(problem, seeds);
  manifest["command"] = command_line(problem, manifest);
  std::map<std::string, std::string> files{{"seeds.json", problem::to_json(seeds)}};
  if (!unused.empty()) files["seeds-unused.json"] = problem::to_json(unused);
  run::RunFolder folder = run::RunFolder::create(path, problem, manifest, files, history);
  return Session(folder, problem, machine, control).run();
}

SizeSummary resume(const std::filesystem::path& path, std::optional<int> budget, const Machine& machine,
                   const Control& control) {
  run::RunFolder folder = run::RunFolder::open(path);
  const problem::Problem problem = open_problem(folder, machine.allow_command);
  require_permission(problem);
  const int made = folder.evaluations().empty()
                       ? 0
                       : std::max_element(folder.evaluations().begin(), folder.evaluations().end(),
                                          [](const auto& a, const auto& b) { return a.index < b.index; })
                             ->index;
  if (budget && *budget < made) {
    throw core::InputError(
        {{"RUN-007", "command line", "--budget", "the run already made " + std::to_string(made) + " evaluations",
          "give at least as many"}});
  }
  if (budget) folder.update_manifest({{"budget", *budget}});
  return Session(folder, problem, machine, control).run();
}

}  // namespace exturbo::sizing
