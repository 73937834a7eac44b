// A pool of worker processes, each with an ngspice engine of its own, that simulate designs of one problem.
// SPDX-License-Identifier: BSD-3-Clause
//
// ngspice keeps global state and can hang, exit or crash: it runs in executed programs (`exturbo-worker`), never in the
// caller's process. A worker that dies, or is found stopped at its wall limit, is replaced and its evaluation tried
// again; one that exceeds a limit of time is killed and the evaluation recorded as Status::kWallLimit or kCpuLimit. The
// outcome of a request is a function of the request alone: bitwise the same for any number of workers and whatever they
// did before (but for `worker`, `attempts`, `seconds`). Not thread-safe: one thread owns a pool. No worker outlives it,
// however this process ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/spice/outcome.hpp"

namespace exturbo::spice {

struct PoolOptions {
  int workers = 1;          ///< At least 1.
  double wall_limit = 120;  ///< s per corner and attempt of an evaluation; time this process was stopped is not counted
  double cpu_limit = 60;    ///< s of processor time per corner and attempt
  std::uint64_t memory_limit = std::uint64_t{4} << 30;     ///< Bytes of a worker's address space.
  std::uint64_t recycle_above = std::uint64_t{512} << 20;  ///< Resident bytes beyond which an idle worker is replaced,
  int recycle_after = 20000;                               ///< as after so many evaluations; changes no outcome.
  int attempts = 3;                                        ///< Tries of an evaluation whose worker dies, at least 1.
  /// Keep the circuits of start designs (Request::start_variables) loaded and change values in them, where a deck
  /// allows it: operating points within 1e-9 of a fresh load's.
  bool in_place = true;
  bool adaptive_sweeps = true;  ///< Coarse AC and DC sweeps, refined where a measure reads them.
  /// Leave out the remaining testbenches of a design once a metric with a spec has no value.
  bool early_stop = false;
  bool monte_carlo = false;      ///< Decks with variates (monte_carlo.hpp), which each request gives as variables.
  std::filesystem::path worker;  ///< The worker program; empty: see find_worker().
};

/// What is to be simulated.
struct Request {
  std::uint64_t id = 0;                     ///< The caller's name for it, told back by wait_any().
  std::map<std::string, double> variables;  ///< All variables, tied ones included (problem::complete_variables).
  std::vector<std::size_t> corners;         ///< Indices into Problem::corners; empty: all.
  /// Node voltages (CornerOutcome::nodes of a neighbouring design) from which the operating point of the first
  /// testbench starts, one map per requested corner; empty: none. Tried first, then the start without it.
  std::vector<std::map<std::string, double>> nodesets;
  /// All variables of that neighbouring design: with them the other testbenches start from it too. Requests that share
  /// a neighbour share loaded circuits.
  std::map<std::string, double> start_variables{};
  bool derived_cards = false;  ///< Simulate on cards with rbodymod = rgatemod = 0, see deck.hpp.
  bool devices = true;         ///< Tell the devices' operating points; metrics that need them have them anyway.
  /// Tell also what makes noise, heat and poles: capacitances and conductances of the devices,
  /// CornerOutcome::noise_shares, powers and network. Implies `devices`; costs a deck of lone transistors and one more
  /// noise frequency per noise metric.
  bool small_signal = false;
};

/// One mechanism that keeps a worker from doing harm, and whether it holds on this machine.
struct SandboxState {
  std::string name;
  bool holds = false;
  std::string detail;  ///< What it keeps off, or why it does not hold.
};

struct Finished {
  std::uint64_t id = 0;
  Outcome outcome;  ///< One CornerOutcome per requested corner.
};

class Pool {
 public:
  /// Starts the workers. The problem must have passed check_problem(); a fault that only ngspice sees comes back as
  /// Status::kBadNetlist of each request.
  /// \throws core::EnvironmentError if the worker program is missing or cannot be started.
  Pool(const problem::Problem& problem, const PoolOptions& options);
  /// Kills and reaps the workers and removes their scratch folders.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Queues a request; returns at once.
  void submit(Request request);
  /// A request that is done, in completion order, or nothing if none finished before the timeout (zero: only look).
  /// Returns nothing at once if nothing is pending. EINTR ends the wait early.
  /// \throws core::EnvironmentError if workers cannot be started any more.
  std::optional<Finished> wait_any(std::chrono::milliseconds timeout);
  /// Requests submitted and not yet returned.
  std::size_t pending() const;
  /// Process ids of the workers, for tests and `doctor`.
  std::vector<int> worker_pids() const;

  /// What the workers are kept from, as they tell it.
  std::vector<SandboxState> sandbox() const;

  /// ngspice's own version, as the workers tell it.
  std::string engine_version() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The worker program: the environment variable EXTURBO_WORKER, else `exturbo-worker` beside the running executable, in
/// ../libexec/exturbo of it, in the installed libexec folder, or in the build tree. Empty if none is there.
std::filesystem::path find_worker();

/// The workers' sandbox without a problem at hand, for `doctor`. \throws core::EnvironmentError.
std::vector<SandboxState> worker_sandbox(const std::filesystem::path& worker = {});

/// ngspice's version without a problem at hand (starts a worker and ends it), for `doctor`.
/// \throws core::EnvironmentError.
std::string engine_version(const std::filesystem::path& worker = {});

}  // namespace exturbo::spice
