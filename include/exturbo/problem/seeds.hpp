// Seeds: candidate designs from agents or people that warm-start a run.
// SPDX-License-Identifier: BSD-3-Clause
//
// A seed is data to be checked, clipped to the bounds and simulated; a bad one costs one evaluation and can do no more.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/problem.hpp"

namespace exturbo::problem {

struct Seed {
  std::string agent;  ///< Who proposed it: "person", "designer", a model's name, ...
  std::string role;
  std::string model;
  std::map<std::string, double> variables;  ///< By name of a free variable; may be partial.
  std::string reason;
  double confidence = 0.5;  ///< In [0, 1].
};

struct SeedsResult {
  std::vector<Seed> seeds;
  std::vector<core::Fault> faults;
};

/// Reads a seeds file for a problem. Unknown variables, wrong types and over 1000 seeds are faults; values outside the
/// bounds are not (they are clipped when used).
SeedsResult load_seeds(const std::filesystem::path& file, const Problem& problem);

/// The seed that the problem's own `start` values make, if any variable has one.
std::vector<Seed> start_seeds(const Problem& problem);

/// The seeds in the form of a seeds file.
std::string to_json(const std::vector<Seed>& seeds);

}  // namespace exturbo::problem
