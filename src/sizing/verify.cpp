// Verification of a finished design: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/verify.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <sstream>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/corners.hpp"
#include "exturbo/spice/monte_carlo.hpp"
#include "exturbo/spice/pool.hpp"
#include "pool_options.hpp"
#include "verify_result.hpp"

namespace exturbo::sizing {
namespace {

using run::Json;
using run::VerificationKey;
using run::VerificationRecord;
using Variables = std::map<std::string, double>;

constexpr const char* kNominal = "nominal";
constexpr const char* kWorst = "worst";

/// Place of a corner by name, or a fault at `option` that offers the names and `others`.
std::size_t corner_named(const std::vector<problem::Corner>& corners, const std::string& name,
                         const std::string& option, const std::string& others) {
  const auto found =
      std::find_if(corners.begin(), corners.end(), [&](const auto& corner) { return corner.name == name; });
  if (found != corners.end()) return static_cast<std::size_t>(found - corners.begin());
  std::vector<std::string> known;
  for (const problem::Corner& corner : corners) known.push_back(corner.name);
  const std::string closest = core::closest_name(name, known);
  throw core::InputError({{"VER-001", "command line", option, "no corner \"" + name + "\"",
                           closest.empty() ? "give " + others + " or names" : "did you mean \"" + closest + "\"?"}});
}

std::vector<problem::Corner> chosen_corners(const problem::Problem& problem, const std::string& names) {
  std::vector<problem::Corner> all = problem.corners.size() > 1 ? problem.corners : problem::corner_grid(problem);
  if (names == "all") return all;
  if (names == "listed") return problem.corners;
  std::vector<problem::Corner> chosen;
  std::istringstream stream(names);
  for (std::string name; std::getline(stream, name, ',');)
    chosen.push_back(all[corner_named(all, name, "--corners", "all, listed")]);
  if (chosen.empty())
    throw core::InputError({{"VER-001", "command line", "--corners", "names no corner", "give all, listed or names"}});
  return chosen;
}

VerificationRecord record_of(spice::CornerOutcome outcome) {
  VerificationRecord record{spice::to_string(outcome.status), std::move(outcome.reason), {}, outcome.unmeasured};
  for (const auto& [id, value] : outcome.metrics) {
    if (std::isfinite(value)) {
      record.metrics[id] = value;
    } else {
      record.unmeasured[id] = "not a finite number";
    }
  }
  return record;
}

/// Simulates what the journal lacks, and tells how far all is.
class Simulations {
 public:
  Simulations(run::VerificationJournal& journal, const Machine& machine, const VerifyControl& control, int total)
      : journal_(journal), machine_(machine), control_(control), total_(total) {}

  /// Records of all keys in their order; nothing if the caller stopped. `variables` gives those of the request for key
  /// k, simulated on the one corner of `problem` that the key names.
  std::optional<std::vector<VerificationRecord>> run(
      const problem::Problem& problem, bool monte_carlo, const std::vector<VerificationKey>& keys,
      const std::function<Variables(const VerificationKey&)>& variables) {
    std::vector<std::size_t> missing;
    for (std::size_t k = 0; k < keys.size(); ++k) {
      if (!journal_.records().contains(keys[k])) missing.push_back(k);
    }
    done_ += static_cast<int>(keys.size() - missing.size());
    if (!missing.empty() && !simulate(problem, monte_carlo, keys, missing, variables)) return std::nullopt;
    std::vector<VerificationRecord> records;
    for (const VerificationKey& key : keys) records.push_back(journal_.records().at(key));
    return records;
  }

 private:
  bool simulate(const problem::Problem& problem, bool monte_carlo, const std::vector<VerificationKey>& keys,
                const std::vector<std::size_t>& missing,
                const std::function<Variables(const VerificationKey&)>& variables) {
    spice::PoolOptions options = pool_options(machine_);
    options.monte_carlo = monte_carlo;
    spice::Pool pool(problem, options);
    // A few in hand keep all workers busy; a million samples at once would not fit the memory.
    const std::size_t in_hand = 4 * static_cast<std::size_t>(options.workers);
    std::size_t next = 0;
    while (next < missing.size() || pool.pending() > 0) {
      if (control_.stop != nullptr && control_.stop->load()) return false;
      while (next < missing.size() && pool.pending() < in_hand) {
        const std::size_t k = missing[next++];
        const std::size_t corner = corner_named(problem.corners, keys[k].corner, "", "");
        pool.submit({k, variables(keys[k]), {corner}, {}});
      }
      auto finished = pool.wait_any(std::chrono::milliseconds(200));
      if (!finished) continue;
      journal_.append(keys[finished->id], record_of(std::move(finished->outcome.corners.at(0))));
      if (control_.on_progress) control_.on_progress(++done_, total_);
    }
    return true;
  }

  run::VerificationJournal& journal_;
  const Machine& machine_;
  const VerifyControl& control_;
  int done_ = 0;
  int total_;
};

/// All that a simulation of this design depends on besides corner and sample.
Json subject_of(const run::RunFolder& folder, const Machine& machine, const Variables& design) {
  return {{"design", design},
          {"exturbo", EXTURBO_VERSION},
          {"ngspice", spice::engine_version(machine.worker)},
          {"inputs", run::sha256(folder.manifest().at("inputs").dump())}};
}

/// The best design of a result and the number of its evaluation.
std::pair<int, Variables> best_design(const run::RunFolder& folder) {
  const Json result = folder.read_json("result.json");
  try {
    const Json& best = result.at("best");
    return {best.at("index").get<int>(), best.at("variables").get<Variables>()};
  } catch (const Json::exception& error) {
    throw folder.no_result(error);
  }
}

/// Where the samples lie; "worst" is known only once all corners are simulated.
std::string sampled_corner(const problem::Problem& problem, const problem::Corner& nominal, const std::string& asked,
                           const std::vector<VerificationRecord>& corners) {
  if (asked == kNominal) return nominal.name;
  return asked == kWorst ? problem.corners[worst_corner(problem, corners)].name : asked;
}

}  // namespace

VerifySummary verify(const std::filesystem::path& path, const VerifyOptions& options, const Machine& machine,
                     const VerifyControl& control) {
  const run::RunFolder folder = run::RunFolder::open(path);
  if (!folder.has("result.json"))
    throw core::InputError({{"VER-002", path.string(), "", "the run is not finished", "`exturbo resume` it first"}});
  problem::Problem problem = open_problem(folder, machine.allow_command);
  if (problem.evaluator) {
    throw core::InputError(
        {{"VER-003", problem.file.string(), "/evaluator", "a problem with an evaluator has no corners",
          "let the command return the worst of those that matter"}});
  }
  const auto [index, design] = best_design(folder);
  const problem::Corner nominal = problem::nominal_corner(problem);
  problem.corners = chosen_corners(problem, options.corners);
  if (options.monte_carlo_corner != kNominal && options.monte_carlo_corner != kWorst)
    corner_named(problem.corners, options.monte_carlo_corner, "--monte-carlo-corner", "nominal, worst");

  run::VerificationJournal journal(folder, subject_of(folder, machine, design));
  Simulations simulations(journal, machine, control, static_cast<int>(problem.corners.size()) + options.samples);
  const VerifySummary interrupted{Termination::kInterrupted, false, nullptr};

  std::vector<VerificationKey> keys;
  for (const problem::Corner& corner : problem.corners) keys.push_back({corner.name, 0, {}});
  const auto corners = simulations.run(problem, false, keys, [&](const VerificationKey&) { return design; });
  if (!corners) return interrupted;

  problem::Problem varied = problem;
  varied.corners.push_back(nominal);
  const std::string sampled = sampled_corner(problem, nominal, options.monte_carlo_corner, *corners);
  varied.corners = {varied.corners[corner_named(varied.corners, sampled, "", "")]};
  keys.clear();
  for (int k = 0; k < options.samples; ++k) keys.push_back({sampled, options.rng_seed, static_cast<std::uint32_t>(k)});
  const auto samples = simulations.run(varied, true, keys, [&](const VerificationKey& key) {
    Variables variables = spice::monte_carlo_sample(varied, options.rng_seed, *key.sample);
    variables.insert(design.begin(), design.end());
    return variables;
  });
  if (!samples) return interrupted;

  VerifySummary summary = verify_summary(problem, *corners, *samples, options.min_yield);
  summary.result["monte_carlo_corner"] = samples->empty() ? Json(nullptr) : Json(sampled);
  summary.result["rng_seed"] = options.rng_seed;
  summary.result["min_yield"] = options.min_yield;
  summary.result["matched_devices"] = samples->empty() ? std::vector<std::string>{} : spice::matched_devices(problem);
  summary.result["assumptions"] = problem.process.assumptions;
  summary.result["design"] = {{"index", index}, {"variables", design}};
  folder.write("verify.json", summary.result.dump(2) + "\n");
  return summary;
}

}  // namespace exturbo::sizing
