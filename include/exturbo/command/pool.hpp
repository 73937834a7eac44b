// A pool of evaluator commands: programs of the user's that evaluate designs in place of the simulator.
// SPDX-License-Identifier: BSD-3-Clause
//
// Protocol: one JSON object a line, in UTF-8, at most 1 MiB, in both directions. Further metrics of a reply are passed
// over; a request is sent once the one before is answered.
//
//   on its standard input     {"id": 7, "variables": {"w1": 2e-06}}    SI values of all variables, tied ones too
//   on its standard output    {"id": 7, "metrics": {"dc_gain": 71.3}}  every metric that the problem lists, finite
//                          or {"id": 7, "error": "did not converge"}   the design cannot be evaluated
//
// What becomes of an evaluation: an error is Status::kEvaluatorError. A line that is no such reply (not JSON, another
// id, a metric absent or not finite, too long) is kBadReply, and the command is started anew, since what it says next
// belongs to nothing. No reply within the time limit is kWallLimit; the command is killed. A command that ends before
// its reply is started again and the evaluation tried once more, then it is kCrashed. The reason of each quotes what
// the command last wrote to its standard error.
//
// Each command runs without a shell, in the folder of the problem, in a process group of its own that is killed
// (SIGTERM, half a second later SIGKILL) as a whole at the end and at each restart, together with all that left the
// group; also when this process is killed: `exturbo-supervisor` stays beside each command for that. Commands start when
// they are needed and are kept. Their environment is this one's without the variables named *_API_KEY, *_TOKEN and
// *_SECRET.
//
// Outcomes are a function of the request alone as far as the command's replies are. Not thread-safe: one thread owns a
// pool. Memory: 1 MiB and a few KiB a worker, whatever the command writes.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "exturbo/problem/problem.hpp"
#include "exturbo/spice/pool.hpp"

namespace exturbo::command {

struct PoolOptions {
  int workers = 1;                   ///< Commands side by side, at least 1.
  std::filesystem::path supervisor;  ///< The program that watches a command; empty: see find_supervisor().
};

/// What is to be evaluated.
struct Request {
  std::uint64_t id = 0;                     ///< The caller's name for it, sent to the command and told back.
  std::map<std::string, double> variables;  ///< All variables, tied ones included (problem::complete_variables).
};

/// As the simulator's: of one corner, without nodes and devices.
using spice::Finished;

class Pool {
 public:
  /// Starts nothing yet. Constructing a pool is the permission to run the command of the problem's evaluator.
  /// \throws core::EnvironmentError if the supervisor or the evaluator's folder is missing.
  Pool(const problem::Problem& problem, const PoolOptions& options);
  /// Ends the commands and all that they started.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Queues a request. \throws as wait_any().
  void submit(Request request);
  /// As spice::Pool::wait_any(). \throws core::EnvironmentError if the command cannot be run, or ends over and over: 5
  /// times in a row without reading its request, or 20 times in a row without a reply.
  std::optional<Finished> wait_any(std::chrono::milliseconds timeout);
  /// Requests submitted and not yet returned.
  std::size_t pending() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The supervisor program: the environment variable EXTURBO_SUPERVISOR, else `exturbo-supervisor` where find_worker()
/// of the simulator looks. Empty if none is there.
std::filesystem::path find_supervisor();

}  // namespace exturbo::command
