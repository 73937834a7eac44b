// Options of the optimiser: defaults that suit all problems of this project, and their checks.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/gp/compute.hpp"

namespace exturbo::bo {

/// How an output (objective or constraint) is transformed before it is modelled.
enum class Transform {
  kAuto,    ///< Objective: tails compressed. Constraints: bilog, sign(c) log(1 + |c| / scale).
  kLinear,  ///< As told.
  kLog,     ///< Logarithm; for a positive objective that spans decades. Not for constraints.
};

/// What the caller knows about an output.
struct OutputHint {
  Transform transform = Transform::kAuto;
  double scale = 0;  ///< A violation of this size counts 1; 0: estimated from the data.
};

/// How the next point is chosen from the models (src/bo/README.md has the equations).
enum class Acquisition {
  kMixed,     ///< Optima of the posterior means and of lower confidence bounds, and Thompson samples, in turn.
  kLogEi,     ///< Log expected improvement times probability of feasibility (Ament et al. 2023).
  kThompson,  ///< Thompson samples only (SCBO, Eriksson & Poloczek 2021).
};

/// Range of Options::max_model_points. A model of n points takes 8 n^2 bytes and time in n^3.
inline constexpr int kLeastModelPoints = 10;
inline constexpr int kMostModelPoints = 100000;
/// Range of Options::initial_length.
inline constexpr double kLeastLength = 0.01, kMostLength = 1.6;

struct Options {
  std::uint64_t rng_seed = 1;
  int batch = 1;           ///< Q: how many suggestions are pending at once; sets tolerances, not a limit. 1 to 64.
  int initial_design = 0;  ///< Points of the initial design; 0: from the number of variables (4 to 20).
  Acquisition acquisition = Acquisition::kMixed;
  int candidates = 0;             ///< Candidates screened for one suggestion; 0: from the number of variables.
  int fourier_features = 256;     ///< Random Fourier features of a pathwise sample.
  int max_model_points = 200;     ///< At most so many evaluations, told or learned, enter a model: the nearest ones.
  double initial_length = 0.8;    ///< Side of a new trust region in the unit cube.
  double min_length = 0.0078125;  ///< A trust region below this side is given up and a new one started (2^-7).
  double max_length = kMostLength;
  int success_tolerance = 2;  ///< Batches in a row that improve before the trust region doubles.
  int failure_tolerance = 0;  ///< Evaluations without improvement (whole batches) before it halves; 0: max(8, (d+1)/2).
  int threads = 1;            ///< OpenMP threads; results do not depend on it. 0: OpenMP's own choice.
  gp::Compute compute;        ///< Where the models are computed; results differ in the last bits between devices.
  OutputHint objective_hint;
  std::vector<OutputHint> constraint_hints;  ///< Empty, or one per constraint.
};

/// All faults of the options; each names option, value and the violated relation. Empty: usable.
/// `constraints` is the number of constraints of the problem.
std::vector<core::Fault> check(const Options& options, int constraints);

}  // namespace exturbo::bo
