// Which way a drafted amplifier amplifies, by simulation: what neither names nor connections tell.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "draft_variables.hpp"
#include "exturbo/problem/process.hpp"

namespace exturbo::agents {

/// What is simulated: the cell in one bench whose source `vd` is swept.
struct PolarityTrial {
  std::string cell;
  std::vector<std::string> cell_lines;
  std::vector<std::string> bench_lines;  ///< Measures `low` and `high`.
  std::string command;                   ///< "dc vd -0.1 0.1 0.01"
  std::map<std::string, double> parameters;
  const std::vector<DraftVariable>* variables = nullptr;
  const problem::Process* process = nullptr;
};

/// True if the output rises with the source, false if it falls, at the start values of the variables (else the middles
/// of their ranges); nothing if the simulation fails or the output moves by less than 5 % of the supply. Simulates
/// once. \throws core::EnvironmentError.
std::optional<bool> rises(const PolarityTrial& trial);

}  // namespace exturbo::agents
