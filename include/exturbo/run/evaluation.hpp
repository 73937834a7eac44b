// One line of a run's journal: a design, and what came of it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace exturbo::run {

/// Metrics of one corner; node voltages of its operating point, a start for neighbouring designs.
struct CornerRecord {
  std::string name;
  std::map<std::string, double> metrics;
  std::map<std::string, std::string> unmeasured;  ///< Metric id -> why it could not be measured.
  std::map<std::string, double> nodes;
  std::string solved_by{};  ///< spice::CornerOutcome::solved_by
  std::string skipped{};    ///< Why testbenches were left out; "" if none was.
};

/// Where the optimiser searched when it proposed a design.
struct TrustRegion {
  double side = 0;   ///< Of the region, in the unit cube.
  int restarts = 0;  ///< Regions given up before.

  bool operator==(const TrustRegion&) const = default;
};

struct Evaluation {
  int index = 0;                            ///< From 1, in the order of proposal.
  std::string origin;                       ///< "seed", "initial" or "model".
  std::optional<TrustRegion> region;        ///< Of the model's designs; none in journals of earlier versions.
  std::map<std::string, double> variables;  ///< SI values, tied variables included.
  std::string status;                       ///< "ok", or why the evaluation failed ("no_convergence", ...).
  std::string reason;                       ///< In words, for a failed evaluation.
  std::map<std::string, double> metrics;    ///< Worst over the corners, in the sense of each metric's spec.
  std::map<std::string, std::string> unmeasured;
  std::vector<CornerRecord> corners;
  bool feasible = false;
  double cost = 0;             ///< J.
  bool derived_cards = false;  ///< The numbers are those of the derived cards (spice::Request::derived_cards).
  int start = 0;               ///< Evaluation whose operating point this one started from; 0: none.
  double seconds = 0;
  int worker = -1;
  int attempts = 1;

  bool failed() const { return status != "ok"; }
};

/// One line of JSON without a line end; parse_evaluation reads it back to the same doubles.
std::string to_json_line(const Evaluation& evaluation);
/// \throws core::InputError with all faults if the line is not an evaluation; they name no file but "evaluation", and
///         places inside the line.
Evaluation parse_evaluation(const std::string& line);

}  // namespace exturbo::run
