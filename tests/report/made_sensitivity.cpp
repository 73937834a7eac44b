// Puts an explanation by formula into the folder of a finished run: usage made_sensitivity DIR.
// SPDX-License-Identifier: BSD-3-Clause
#include "support/made_sensitivity.hpp"

#include <iostream>

#include "exturbo/problem/load.hpp"
#include "exturbo/run/run_folder.hpp"

namespace {

using namespace exturbo;

/// What the run's best design has: all its variables, metrics with a spec, transistors.
test::Explained explained(const run::RunFolder& run) {
  const problem::Problem problem =
      problem::load_problem(run.problem_file(), {.pdk_path = {}, .process_folder = run.process_folder()}).problem;
  const run::Json best = run.read_json("result.json").at("best");
  test::Explained of;
  of.design = best.at("index").get<int>();
  for (const problem::Variable* variable : problem.free_variables()) {
    of.variables.push_back(variable->name);
    of.values.push_back(best.at("variables").at(variable->name).get<double>());
  }
  of.metrics = {"J"};
  for (const problem::Spec& spec : problem.specs) {
    of.metrics.push_back(spec.metric);
    if (spec.min && *spec.min > 0) {
      of.active = spec.metric;
      of.bound = *spec.min;
    }
  }
  for (const auto& [device, point] : best.at("corners").front().at("operating_points").items())
    of.devices.push_back(device);
  of.objective = problem.objective.metric;
  of.cost = best.at("metrics").at(of.objective).get<double>();
  return of;
}

}  // namespace

int main(int count, char** words) try {
  if (count != 2) throw std::runtime_error("usage: made_sensitivity DIR");
  const run::RunFolder run = run::RunFolder::read(words[1]);
  run.write("sensitivity.json", test::made_sensitivity(explained(run)).dump(1) + "\n");
  return 0;
} catch (const std::exception& error) {
  std::cerr << "made_sensitivity: " << error.what() << "\n";
  return 1;
}
