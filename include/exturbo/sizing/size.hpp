// A sizing run: problem x evaluator x optimiser. The evaluator is the simulator or a command that the problem names.
// SPDX-License-Identifier: BSD-3-Clause
//
// The proposal for slot k uses exactly the results of slots 1 .. k - Q (Q the batch), told in order, whatever finished
// first: the journal of evaluations is the same for any number of workers. The operating point of slot k starts from
// that of the nearest design among slots 1 .. k - Q. Every finished evaluation is appended to the journal before the
// next step; resume() replays the journal through the optimiser and goes on where it ends.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/gp/compute.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/problem/seeds.hpp"
#include "exturbo/run/run_folder.hpp"
#include "exturbo/sizing/history.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::sizing {

/// How the machine is used; changes no result.
struct Machine {
  int workers = 0;                                    ///< Simulators or commands; 0: one per processor.
  double cpu_limit = spice::PoolOptions{}.cpu_limit;  ///< s of processor time for one evaluation and corner
  /// s for the same, by the clock; 0: twice the processor time, so that a design that takes too long is given up by
  /// what it costs and not by how busy the machine is.
  double wall_limit = 0;
  std::uint64_t memory_limit = spice::PoolOptions{}.memory_limit;  ///< Bytes of a simulator's address space.
  std::filesystem::path worker;  ///< The worker program; empty: found beside the library.
  bool allow_command = false;    ///< For resume(): see problem::Problem::allow_command.
};

/// On which corners a design is simulated.
enum class CornerStrategy {
  kWorst,  ///< On the few that were worst so far; on all others only if it meets all specs there.
  kAll,    ///< On all.
};
const char* to_string(CornerStrategy strategy);
/// \throws std::invalid_argument.
CornerStrategy corner_strategy(const std::string& text);

/// On which model cards a design is simulated first.
enum class SearchCards {
  kOriginal,
  kDerived,  ///< Faster ones, see spice::Request::derived_cards; one that meets all specs there counts as the
             ///< original's.
};
const char* to_string(SearchCards cards);
/// \throws std::invalid_argument.
SearchCards search_cards(const std::string& text);

struct SizeOptions {
  int budget = 0;  ///< Evaluations, seeds and failures included; 0: the problem's.
  int batch = 0;   ///< Q; 0: the problem's.
  std::uint64_t rng_seed = 1;
  bool stop_at_feasible = false;
  std::optional<CornerStrategy> corners;  ///< None: kWorst for a problem of more than 6 corners.
  SearchCards search_cards = SearchCards::kOriginal;
  /// Where models are computed. Proposals are the same on each device to within round-off, which in time makes another,
  /// equally good run.
  gp::Device device = gp::Device::kAuto;
  int model_points = 0;  ///< At most so many evaluations, the nearest, enter a model; 0: bo::Options' default.
  /// Side of a new trust region in the unit cube; 0: bo::Options' default. Small: near the seeds.
  double trust_region = 0;
  std::vector<problem::Seed> seeds;  ///< At most max(4, 5 % of the budget) are simulated, see bo::Optimizer.
  /// Of earlier runs: see bo::Optimizer::learn(). The best of it, at most three designs that differ, become seeds. None
  /// of it counts in the budget or in what the run found.
  History history;
};

/// Where a run stands, after each evaluation.
struct Progress {
  int evaluations = 0;
  int budget = 0;
  bool replayed = false;  ///< The evaluation came from the journal.
  double cost = 0;        ///< J of the latest evaluation.
  std::string status;     ///< Of the latest evaluation: "ok" or why it failed.
  double best_cost = 0;
  std::vector<std::string> violated;     ///< Specs that the best design does not meet.
  std::optional<double> best_objective;  ///< Of the best design, once it meets all specs.
  double seconds = 0;
};

/// What the caller can watch and ask.
struct Control {
  std::function<void(const Progress&)> on_progress;
  const std::atomic<bool>* stop = nullptr;  ///< Set it to stop soon; the run can be resumed.
};

enum class Termination {
  kFinished,     ///< The budget is spent, or a feasible design was found and asked for.
  kInterrupted,  ///< Control::stop was set; resumable.
};

struct SizeSummary {
  Termination termination = Termination::kFinished;
  bool feasible = false;
  run::Json result;  ///< result.json; of an interrupted run, null.
};

/// Runs a new sizing in `folder`. Writes result.json and seeds.json at the end, of a circuit also sized.param.inc and
/// sized.cir.
/// \throws core::InputError, as for a problem whose evaluator's command is not allowed; core::EnvironmentError, as
/// where the device of the models is not there.
SizeSummary size(const problem::Problem& problem, const SizeOptions& options, const std::filesystem::path& folder,
                 const Machine& machine = {}, const Control& control = {});

/// Goes on with a run, to `budget` evaluations in all if given (not less than were made).
/// \throws as size(); core::InputError also if the journal does not match this program's proposals.
SizeSummary resume(const std::filesystem::path& folder, std::optional<int> budget = {}, const Machine& machine = {},
                   const Control& control = {});

/// Loads a problem and checks all of it that can be checked without simulating. `allow_command`: see
/// problem::Problem::allow_command.
/// \throws core::InputError with all faults.
problem::Problem open_problem(const std::filesystem::path& file,
                              const std::vector<std::filesystem::path>& pdk_path = {}, bool allow_command = false);

/// The problem of a run, from the folder's own copies. \throws core::InputError.
problem::Problem open_problem(const run::RunFolder& folder, bool allow_command = false);

}  // namespace exturbo::sizing
