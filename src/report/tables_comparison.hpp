// What two runs have in common and what not, as tables.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "markup.hpp"
#include "summary.hpp"

namespace exturbo::report {

/// Two runs under comparison, and what they are called.
struct RunPair {
  Summary a, b;
  std::string a_folder, b_folder;
};

/// Verdict, objective, evaluations, time.
Table outcomes_table(const RunPair& pair);
/// Every spec of either: bounds, values, change.
Table compared_specs_table(const RunPair& pair);
/// Every variable of either: values, ratio.
Table compared_sizes_table(const RunPair& pair);
/// Settings that differ.
Table settings_table(const RunPair& pair);
/// What differs between the problems, a sentence each; empty where all inputs are the same.
std::vector<std::string> problem_differences(const RunPair& pair);

}  // namespace exturbo::report
