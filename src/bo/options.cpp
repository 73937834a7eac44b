// Checks of the optimiser's options: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/bo/options.hpp"

#include <cmath>
#include <string>

#include "exturbo/core/number.hpp"

namespace exturbo::bo {
namespace {

class Checker {
 public:
  void require(bool met, const std::string& option, double value, const std::string& relation) {
    if (met) return;
    faults_.push_back(
        {"BO-010", "optimiser options", option, "needs " + relation + ", has " + core::format_exact(value), ""});
  }
  std::vector<core::Fault> take() { return std::move(faults_); }

 private:
  std::vector<core::Fault> faults_;
};

}  // namespace

std::vector<core::Fault> check(const Options& o, int constraints) {
  Checker checker;
  checker.require(constraints >= 0, "constraints", constraints, "constraints >= 0");
  checker.require(o.batch >= 1 && o.batch <= 64, "batch", o.batch, "1 <= batch <= 64");
  checker.require(o.initial_design == 0 || o.initial_design >= 2, "initial_design", o.initial_design,
                  "initial_design = 0 (automatic) or initial_design >= 2");
  checker.require(o.candidates == 0 || o.candidates >= 10, "candidates", o.candidates,
                  "candidates = 0 (automatic) or candidates >= 10");
  checker.require(o.fourier_features >= 16, "fourier_features", o.fourier_features, "fourier_features >= 16");
  checker.require(o.max_model_points >= kLeastModelPoints && o.max_model_points <= kMostModelPoints, "max_model_points",
                  o.max_model_points,
                  std::to_string(kLeastModelPoints) + " <= max_model_points <= " + std::to_string(kMostModelPoints));
  checker.require(o.min_length > 0 && o.min_length < o.initial_length, "min_length", o.min_length,
                  "0 < min_length < initial_length");
  checker.require(o.initial_length <= o.max_length, "initial_length", o.initial_length, "initial_length <= max_length");
  checker.require(std::isfinite(o.max_length), "max_length", o.max_length, "a finite max_length");
  checker.require(o.success_tolerance >= 1, "success_tolerance", o.success_tolerance, "success_tolerance >= 1");
  checker.require(o.failure_tolerance >= 0, "failure_tolerance", o.failure_tolerance,
                  "failure_tolerance = 0 (automatic) or failure_tolerance >= 1");
  checker.require(o.threads >= 0, "threads", o.threads, "threads = 0 (OpenMP's choice) or threads >= 1");
  checker.require(o.objective_hint.scale >= 0, "objective_hint.scale", o.objective_hint.scale, "scale >= 0");
  const std::size_t hints = o.constraint_hints.size();
  checker.require(hints == 0 || hints == static_cast<std::size_t>(std::max(constraints, 0)), "constraint_hints",
                  static_cast<double>(hints), "no hints, or one per constraint");
  for (std::size_t i = 0; i < hints; ++i) {
    const std::string name = "constraint_hints[" + std::to_string(i) + "]";
    const OutputHint& hint = o.constraint_hints[i];
    checker.require(hint.scale >= 0, name + ".scale", hint.scale, "scale >= 0");
    checker.require(hint.transform != Transform::kLog, name + ".transform", 2,
                    "kAuto or kLinear (a slack has both signs)");
  }
  return checker.take();
}

}  // namespace exturbo::bo
