// The problem that the campaign sizes: the five-transistor OTA, with designs that are faults themselves.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "fault.hpp"

namespace exturbo::faults {

/// A variable from 0 to 100: its first values are the design faults below, the others do nothing.
inline constexpr const char* kTroubleVariable = "trouble";

struct DesignFault {
  Fault fault;
  std::vector<std::string> statuses;  ///< As what it may be recorded.
};

/// The fault of that value of the variable, or null.
const DesignFault* design_fault(double trouble);

/// Writes problem.json and its netlists into a folder; returns problem.json.
std::filesystem::path write_faulty_problem(const std::filesystem::path& folder);

/// Writes seeds.json: a seed per design fault but one, in turn, as no more are simulated. Returns it.
std::filesystem::path write_seeds(const std::filesystem::path& folder, std::uint64_t rng_seed);

}  // namespace exturbo::faults
