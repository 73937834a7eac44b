// The table of methods: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include <chrono>
#include <ctime>
#include <stdexcept>

#include "method.hpp"

namespace exturbo::bench {

const std::vector<Method>& methods() {
  static const std::vector<Method> table = [] {
    std::vector<Method> made{{"exturbo", run_exturbo},
                             {"scalar_turbo", run_scalar_turbo},
                             {"cma_es", run_cma_es},
                             {"differential_evolution", run_differential_evolution},
                             {"sobol", run_sobol}};
    for (Method& method : nlopt_methods()) made.push_back(std::move(method));
    return made;
  }();
  return table;
}

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (const Method& each : methods()) names.push_back(each.name);
  return names;
}

const Method& method(const std::string& name) {
  for (const Method& each : methods()) {
    if (each.name == name) return each;
  }
  throw std::out_of_range("no method " + name);
}

TrialRecord run_method(const Method& method, Trial& trial, const MethodOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t cpu_begin = std::clock();
  method.run(trial, options);
  TrialRecord record = trial.record();
  record.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() - trial.evaluation_seconds();
  record.cpu_seconds = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
  return record;
}

}  // namespace exturbo::bench
