// What a report tells of a verification, read from verify.json.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exturbo/run/run_folder.hpp"

namespace exturbo::report {

struct Bounds {
  std::optional<double> min;
  std::optional<double> max;
};

/// A spec at its worst corner, and its distribution over the samples.
struct VerifiedSpec {
  std::string metric;
  Bounds bounds;
  std::string corner;
  std::optional<double> value;  ///< Empty: not measured there.
  std::optional<double> margin;
  bool met = false;
  std::optional<Bounds> sampled_bounds;   ///< Empty: no bound in Monte Carlo.
  std::optional<double> sampled_yield;    ///< Empty: no bound, or no samples.
  std::map<std::string, double> numbers;  ///< "mean", "sigma", "worst", quantiles "0.1", "50", ...; empty: no samples.
};

struct Verification {
  std::size_t corners = 0;
  std::size_t missed_corners = 0;  ///< On which a spec is missed, or nothing was measured.
  std::string worst_corner;
  int samples = 0;
  std::string sampled_corner;
  double yield = 0;
  std::pair<double, double> interval;
  std::map<std::string, int> failed_samples;
  std::vector<std::string> matched_devices;  ///< Transistors without mismatch.
  std::vector<VerifiedSpec> specs;
};

/// The verification of the design of these variables; nothing if there is none, or one of another design only.
/// \throws core::InputError if verify.json is faulty.
std::optional<Verification> read_verification(const run::RunFolder& run,
                                              const std::map<std::string, double>& variables);

}  // namespace exturbo::report
