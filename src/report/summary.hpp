// What a report tells about a run, gathered once from its folder.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "explanation.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/run/run_folder.hpp"
#include "seed_history.hpp"
#include "verification.hpp"

namespace exturbo::report {

enum class Verdict { kFeasible, kInfeasible, kUnfinished };

/// A spec and how the best design stands to it.
struct SpecStanding {
  std::string metric;
  std::string unit;
  std::optional<double> min;
  std::optional<double> max;
  std::optional<double> value;  ///< Empty: not measured.
  std::string why_unmeasured;
  bool met = false;
  std::optional<double> margin;  ///< Relative to the bound, positive when met; of the nearer bound if there are two.
  int times_met = 0;             ///< Evaluations that met this spec.
  std::optional<int> first_met;  ///< Index of the first of them.
};

/// Operating point of one transistor; SI, voltages in the device's own polarity. NaN where the run does not say.
struct DevicePoint {
  std::string name;
  std::string region;
  double id = 0, gm = 0, gds = 0, vgs = 0, vds = 0, vth = 0, vdsat = 0, margin = 0;
  /// Off, in triode, or without a positive margin: worth a look, not necessarily a fault.
  bool flagged() const;
};

struct CornerDesign {
  std::string name;
  std::map<std::string, double> metrics;
  std::vector<DevicePoint> devices;
};

struct BestDesign {
  int index = 0;
  double cost = 0;
  std::map<std::string, double> variables;
  std::map<std::string, double> metrics;
  std::map<std::string, std::string> unmeasured;
  std::vector<CornerDesign> corners;
};

/// Why evaluations failed, and how many for that cause: reasons that differ only by numbers are one.
struct FailureCause {
  std::string status;
  std::string reason;  ///< Of the first of them.
  int count = 0;
  int first = 0;  ///< Index of the first of them.
};

struct Summary {
  problem::Problem problem;
  run::Json manifest;
  Verdict verdict = Verdict::kUnfinished;
  std::vector<run::Evaluation> evaluations;  ///< By index.
  int failed = 0;
  std::optional<int> first_feasible;
  std::optional<BestDesign> best;            ///< Empty if no evaluation came through.
  std::vector<SpecStanding> specs;           ///< In the order of the problem.
  std::vector<FailureCause> failures;        ///< Most frequent first.
  std::optional<Verification> verification;  ///< Of the best design.
  std::optional<Explanation> explanation;    ///< Of the best design.
  std::vector<ProposedSeed> seeds;           ///< Those to be simulated, then the others.
  std::map<std::string, int> unmeasured;     ///< Metric -> evaluations that came through without it.
  std::map<std::string, double> seconds;     ///< Of result.json: "simulate", "model", "total"; empty if unfinished.
  double journal_seconds = 0;                ///< Sum of the evaluations' own times.
  bool process_by_name = false;              ///< The problem names its process and gives no path of it.
  std::vector<std::string> files;            ///< Other outputs that lie in the folder.

  int specs_met() const;
  std::string name() const { return problem.name + (problem.evaluator ? "" : " in " + problem.process.name); }
  std::optional<double> objective() const;  ///< Of the best design.
  const run::Evaluation* start() const;     ///< The first design that was proposed; nullptr if none was.
};

/// M2 before M10: runs of digits compare as numbers, all else as text.
bool natural_less(const std::string& a, const std::string& b);

/// Whether the metrics have a value within the bounds.
bool meets(const problem::Spec& spec, const std::map<std::string, double>& metrics);

/// \throws core::InputError if the problem or a JSON file of the run cannot be read.
Summary read_summary(const run::RunFolder& run);

}  // namespace exturbo::report
