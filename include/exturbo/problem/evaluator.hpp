// The command that evaluates designs in place of the simulator.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace exturbo::problem {

/// How it is spoken to: command/pool.hpp. Reading a problem runs nothing.
struct Evaluator {
  std::vector<std::string> command;  ///< Program and arguments; no shell reads them. At least one, the first not empty.
  double time_limit = 60;            ///< s for one evaluation, the start of the command included.
  /// Where the command runs: the folder of the problem, also when a run's own copy of it was read.
  std::filesystem::path folder;
};

/// Name of the only corner of a problem with an evaluator.
inline constexpr const char* kEvaluatorCorner = "nominal";

}  // namespace exturbo::problem
