// Simulates a design as a user without this project would: one cold `ngspice -b` process per testbench, original cards,
// every sweep whole as the problem gives it, one thread. What the workers' answers and their speed are held against.
// SPDX-License-Identifier: BSD-3-Clause
//
// The deck is the one that a worker loads, with a `.control` block of the analyses; the numbers come back in binary and
// go to the same measures. Only built-in measures that read no device are computed. Time spent in writing decks, in
// reading results and in measuring is not ngspice's and not counted.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "spice/plan.hpp"
#include "support/temporary_folder.hpp"

namespace exturbo::test {

using Values = std::map<std::string, double>;

struct BatchOptions {
  /// AC sweeps by decades get at least so many points: 10 of them do not resolve a phase to 0.05 degrees.
  double points_per_decade = 0;
  /// Solve and read an operating point in every testbench; else only where a metric reads it.
  bool operating_points = false;
  bool downward = false;          ///< DC sweeps from their end to their beginning.
  std::string simulator_options;  ///< For one more `.options` line, which overrides those of the deck.
  double cpu_limit = 120;         ///< s of a process; it is killed then.
};

/// One testbench of a design: one process.
struct BatchRun {
  Values metrics;                                 ///< By metric id.
  std::map<std::string, std::string> unmeasured;  ///< Metric id -> why.
  Values operating_point;                         ///< By vector name: "out", "vdd#branch"; empty if not asked for.
  std::map<std::string, std::size_t> points;      ///< Analysis -> points that it gave.
  bool killed = false;                            ///< By the limit of processor time, or by itself.
  double cpu_seconds = 0;                         ///< Of the process, user and system.
  double wall_seconds = 0;                        ///< From its start to its end.
};

class BatchNgspice {
 public:
  explicit BatchNgspice(const problem::Problem& problem, const BatchOptions& options = {});

  /// False if there is no program ngspice.
  static bool is_installed();

  const spice::Plan& plan() const { return plan_; }
  /// In the order in which the pool simulates them.
  const std::vector<spice::TestbenchPlan>& testbenches(std::size_t corner) const {
    return plan_.corners.at(corner).testbenches;
  }
  /// One testbench of a design (all variables), Newton's method started from `nodeset` where one is given.
  BatchRun run(std::size_t corner, std::size_t testbench, const Values& variables, const Values& nodeset = {});
  /// All testbenches: their metrics together, their times summed, the operating point of the first.
  BatchRun run(std::size_t corner, const Values& variables);
  /// What ngspice said in the last process.
  std::string output() const { return folder_.read("output"); }

 private:
  std::vector<std::string> deck(const spice::TestbenchPlan& testbench, const Values& variables, const Values& values,
                                const Values& nodeset) const;
  void measure(const spice::TestbenchPlan& testbench, const Values& values, BatchRun& run) const;
  bool reads_operating_point(const spice::TestbenchPlan& testbench) const;
  /// The analysis as it is run.
  std::string command(const spice::AnalysisPlan& analysis, const Values& values) const;

  BatchOptions options_;
  spice::Plan plan_;
  TemporaryFolder folder_;
};

}  // namespace exturbo::test
