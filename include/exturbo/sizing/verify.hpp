// Verifies the best design of a finished run: every corner, and Monte Carlo of mismatch and global variation.
// SPDX-License-Identifier: BSD-3-Clause
//
// Original model cards. The result is a function of run and options, for any number of workers. Each corner and sample
// is written to verify.jsonl as it is done: a verification that was stopped or killed goes on where it was, and one
// that asks for more samples or other corners makes only what is missing.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/sizing/size.hpp"

namespace exturbo::sizing {

struct VerifyOptions {
  /// "all": the corners of the problem if it lists more than one, else problem::corner_grid(); "listed": those of the
  /// problem; else names of corners of either, separated by commas.
  std::string corners = "all";
  int samples = 0;  ///< Of Monte Carlo.
  /// Where the samples lie: "nominal"; "worst": the corner that turns out worst; or the name of a verified corner.
  /// Global variation applies at "tt" only, as the other process corners are its ends; mismatch applies everywhere.
  std::string monte_carlo_corner = "nominal";
  std::uint64_t rng_seed = 1;
  double min_yield = 0;  ///< Share of the samples that must meet all specs.
};

struct VerifyControl {
  std::function<void(int done, int total)> on_progress;  ///< What the journal held already counts as done.
  const std::atomic<bool>* stop = nullptr;
};

struct VerifySummary {
  Termination termination = Termination::kFinished;
  bool met = false;  ///< All specs at all corners, and the yield as asked.
  run::Json result;  ///< verify.json; null if interrupted.
};

/// Writes verify.json and verify.jsonl into the run folder. \throws core::InputError if the run is not finished or a
/// corner is unknown; core::EnvironmentError.
VerifySummary verify(const std::filesystem::path& folder, const VerifyOptions& options, const Machine& machine = {},
                     const VerifyControl& control = {});

}  // namespace exturbo::sizing
