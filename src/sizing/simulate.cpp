// Simulates one design: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "evaluator.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/sizing/cost.hpp"
#include "result.hpp"

namespace exturbo::sizing {
namespace {

std::vector<double> free_values(const problem::Problem& problem, const std::map<std::string, double>& values) {
  std::vector<core::Fault> faults;
  for (const auto& [name, value] : values) {
    const bool known =
        std::any_of(problem.variables.begin(), problem.variables.end(), [&](const auto& v) { return v.name == name; });
    if (known && std::isfinite(value)) continue;
    std::vector<std::string> names;
    for (const problem::Variable* variable : problem.free_variables()) names.push_back(variable->name);
    const std::string closest = core::closest_name(name, names);
    faults.push_back({"SIM-001", "variables", "/" + name, known ? "is not a finite number" : "no such variable",
                      closest.empty() ? "see /variables of the problem" : "did you mean \"" + closest + "\"?"});
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  std::vector<double> result = problem::middle_values(problem);
  const auto variables = problem.free_variables();
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const auto given = values.find(variables[i]->name);
    if (given != values.end()) result[i] = given->second;
  }
  return result;
}

}  // namespace

run::Json simulate(const problem::Problem& problem, const std::map<std::string, double>& values,
                   const Machine& machine) {
  run::Evaluation evaluation;
  evaluation.index = 1;
  evaluation.origin = "person";
  evaluation.variables = problem::complete_variables(problem, free_values(problem, values));
  Machine one = machine;
  one.workers = 1;
  const std::unique_ptr<Evaluator> evaluator = make_evaluator(problem, one, false);
  std::vector<std::size_t> every_corner(problem.corners.size());
  std::iota(every_corner.begin(), every_corner.end(), std::size_t{0});
  spice::Request request{1, evaluation.variables, every_corner, {}};
  request.small_signal = true;
  evaluator->submit(std::move(request));
  std::optional<spice::Finished> finished;
  while (!finished) finished = evaluator->wait_any(std::chrono::milliseconds(1000));
  record_outcome(problem, every_corner, finished->outcome, evaluation);
  judge(problem, evaluation);
  run::Json result = result_json(problem, {{1, evaluation}}, evaluation, finished->outcome, 0,
                                 {evaluation.seconds, 0, evaluation.seconds});
  if (evaluation.failed()) result["reason"] = evaluation.status + ": " + evaluation.reason;
  for (const char* key :
       {"evaluations", "failed_evaluations", "corner_simulations", "first_feasible", "rng_seed", "seconds"})
    result.erase(key);
  return result;
}

}  // namespace exturbo::sizing
