// One line of a run's input/history.jsonl: an evaluation of an earlier run that this one learns from.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

namespace exturbo::run {

struct PriorEvaluation {
  std::string run;                        ///< Name of the folder it comes from.
  int index = 0;                          ///< There.
  std::vector<double> values;             ///< Of the learning run's free variables, in order; SI.
  std::string status;                     ///< "ok", or why it failed.
  std::map<std::string, double> metrics;  ///< Those that the learning run bounds or minimises, as far as measured.

  bool failed() const { return status != "ok"; }
};

/// One line of JSON without a line end; parse_prior_evaluation reads it back to the same doubles.
std::string to_json_line(const PriorEvaluation& evaluation);
/// \throws core::InputError with all faults if the line is none.
PriorEvaluation parse_prior_evaluation(const std::string& line);

}  // namespace exturbo::run
