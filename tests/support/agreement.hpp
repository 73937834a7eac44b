// Random designs of a problem, simulated by a pool and by cold processes of ngspice, metric by metric.
// SPDX-License-Identifier: BSD-3-Clause
//
// The pool works as in a run: each design starts from the nearest of some solved ones (the same for any selection of
// designs, so that design k of an rng seed has one answer), sweeps are coarse and refined. The cold processes run every
// sweep whole, AC with 100 points a decade.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "exturbo/bo/search_space.hpp"
#include "exturbo/spice/pool.hpp"
#include "support/batch_ngspice.hpp"

namespace exturbo::test {

/// How far a metric may differ.
struct Tolerance {
  double relative = 0;
  double absolute = 0;  ///< The larger of both counts.
};

/// The tolerance of a built-in measure about a value.
Tolerance tolerance(const std::string& measure, double value);

enum class Verdict { kWithin, kOutside, kOnlyPool, kOnlyBatch, kNeither };
const char* to_string(Verdict verdict);

/// What one side has of a metric.
struct Answer {
  double value = 0;
  std::string unmeasured;  ///< Why there is no value; empty: there is one.
};

Verdict verdict(const std::string& measure, const Answer& pool, const Answer& batch);
inline bool agrees(Verdict verdict) { return verdict == Verdict::kWithin || verdict == Verdict::kNeither; }

Answer answer_of(const spice::CornerOutcome& outcome, const std::string& metric);
Answer answer_of(const BatchRun& run, const std::string& metric);

/// A design on both sides, on the first corner.
struct Comparison {
  std::uint64_t design = 0;
  Values variables;
  spice::CornerOutcome pool;
  std::map<std::string, BatchRun> batch;    ///< By testbench.
  std::map<std::string, Verdict> verdicts;  ///< By metric.
  std::vector<std::string> disagreements() const;
};

struct AgreementOptions {
  std::uint64_t rng_seed = 1;
  int workers = 1;
  bool in_place = true;
  bool adaptive_sweeps = true;
  int starts = 32;  ///< Designs solved first, from which the others start; 0: all start cold.
};

class Agreement {
 public:
  Agreement(const problem::Problem& problem, const AgreementOptions& options);

  /// All variables of design k: uniform in the box of the free ones (their logarithms, where the problem says so), on
  /// their grids.
  Values variables(std::uint64_t design) const;
  /// The request for a design, its start included.
  spice::Request request(std::uint64_t design) const;
  /// Simulates designs in the pool, a few at a time, and then each in cold processes.
  std::vector<Comparison> compare(const std::vector<std::uint64_t>& designs);
  /// Simulates designs in the pool, all queued in the order given.
  std::map<std::uint64_t, spice::CornerOutcome> simulate(const std::vector<std::uint64_t>& designs);

  const problem::Problem& problem() const { return problem_; }
  BatchNgspice& batch() { return batch_; }

 private:
  struct Start {
    std::vector<double> unit;
    Values variables;
    Values nodes;
  };

  std::vector<double> unit(std::uint64_t design, std::uint64_t family) const;
  Values values_of(const std::vector<double>& unit) const;
  void solve_starts(int count);

  problem::Problem problem_;
  AgreementOptions options_;
  bo::SearchSpace space_;
  spice::Pool pool_;
  BatchNgspice batch_;
  std::vector<Start> starts_;
};

/// Designs 0 .. count - 1 in shuffled orders over 1, 2 and 4 workers: those of which an outcome differs in a bit.
std::set<std::uint64_t> shuffled_differences(const problem::Problem& problem, AgreementOptions options,
                                             std::uint64_t count);

/// The outcome of one request on the first corner, in a pool where nothing else is pending.
spice::CornerOutcome simulate(spice::Pool& pool, spice::Request request);

}  // namespace exturbo::test
