// Verifies the best design of a finished run: every corner, and Monte Carlo of mismatch and global variation.
// SPDX-License-Identifier: BSD-3-Clause
//
// Original model cards. The result is a function of run and options, for any number of workers.
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
  int samples = 0;  ///< Of Monte Carlo, at the nominal corner.
  std::uint64_t rng_seed = 1;
  double min_yield = 0;  ///< Share of the samples that must meet all specs.
};

struct VerifyControl {
  std::function<void(int done, int total)> on_progress;
  const std::atomic<bool>* stop = nullptr;
};

struct VerifySummary {
  Termination termination = Termination::kFinished;
  bool met = false;  ///< All specs at all corners, and the yield as asked.
  run::Json result;  ///< verify.json; null if interrupted.
};

/// Writes verify.json into the run folder. \throws core::InputError if the run is not finished or a corner is unknown;
/// core::EnvironmentError.
VerifySummary verify(const std::filesystem::path& folder, const VerifyOptions& options, const Machine& machine = {},
                     const VerifyControl& control = {});

/// Clopper-Pearson interval of a share: `passed` of `samples` at the given confidence.
std::pair<double, double> clopper_pearson(int passed, int samples, double confidence = 0.95);

}  // namespace exturbo::sizing
