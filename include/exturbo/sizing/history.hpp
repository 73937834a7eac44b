// What earlier runs of a problem with the same variables found, as far as a new run can learn from it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/run/prior_evaluation.hpp"

namespace exturbo::sizing {

/// At most so many evaluations are learned by a run.
inline constexpr int kMostLearned = 100000;

/// What became of the evaluations of one earlier run.
struct HistorySource {
  std::string run;       ///< Name of its folder.
  int taken = 0;         ///< Failed ones included.
  int failed = 0;        ///< Of those.
  int outside = 0;       ///< Left out: outside the ranges of the variables, or off a tie.
  int repeated = 0;      ///< Left out: the same design, after rounding, as one that was taken.
  int beyond_limit = 0;  ///< Left out: more than kMostLearned.
};

struct History {
  std::vector<run::PriorEvaluation> evaluations;
  std::vector<HistorySource> sources;  ///< One a folder, in the order given.
};

/// Reads runs, finished or not, in the order given and theirs in the order of their indices. Metrics are taken by id at
/// the worst, as judge() has it, of those corners that have the name of one of the problem; if there is none, of all.
/// Ranges, specs, objective and circuit may differ.
/// \throws core::InputError with the faults of all folders: no run, inputs changed, a line that is no evaluation, other
///         variables than the problem's.
History read_history(const problem::Problem& problem, const std::vector<std::filesystem::path>& folders);

/// "1200 evaluations of name (12 failed; left out: 3 outside the ranges, 5 repeated)".
std::string to_string(const HistorySource& source);

}  // namespace exturbo::sizing
