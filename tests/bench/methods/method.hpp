// The methods of optimisation that the benches compare.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "../trial.hpp"

namespace exturbo::bench {

struct MethodOptions {
  int threads = 1;       ///< OpenMP threads of the models; changes no result.
  bool rolling = false;  ///< exturbo alone: slot k is asked when exactly results 1 .. k - Q are told.
};

/// A method asks the trial for evaluations until its budget is spent; where it has batches, for Q of them at once.
struct Method {
  std::string name;
  void (*run)(Trial& trial, const MethodOptions& options) = nullptr;
  bool sequential = false;  ///< One evaluation at a time.
};

/// The methods of this build.
const std::vector<Method>& methods();
std::vector<std::string> method_names();
/// \throws std::out_of_range if there is none of that name.
const Method& method(const std::string& name);

/// Runs a method to the end of its budget, and measures its time.
TrialRecord run_method(const Method& method, Trial& trial, const MethodOptions& options);

/// This project's optimiser with its defaults, constraints told one by one.
void run_exturbo(Trial& trial, const MethodOptions& options);
/// This project's trust regions on the one cost, as TuRBO-1 is published.
void run_scalar_turbo(Trial& trial, const MethodOptions& options);
/// Hansen's CMA-ES on the one cost.
void run_cma_es(Trial& trial, const MethodOptions& options);
/// Self-adaptive differential evolution on the one cost.
void run_differential_evolution(Trial& trial, const MethodOptions& options);
/// Points of a shifted Sobol sequence.
void run_sobol(Trial& trial, const MethodOptions& options);

/// NLopt's methods.
std::vector<Method> nlopt_methods();

}  // namespace exturbo::bench
