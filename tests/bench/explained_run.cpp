// Runs to be explained: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "explained_run.hpp"

#include <algorithm>
#include <cstdio>

#include "exturbo/sizing/cost.hpp"
#include "exturbo/sizing/size.hpp"

namespace exturbo::bench {

std::filesystem::path bench_folder(const BenchArguments& arguments) {
  return arguments.out.empty() ? std::filesystem::path("sensitivity_runs") : arguments.out;
}

std::string flat_name(std::string name) {
  std::replace(name.begin(), name.end(), '/', '-');
  return name;
}

run::RunFolder explained_run(const problem::Problem& problem, const std::string& name, const BenchArguments& arguments,
                             int budget) {
  const std::filesystem::path folder = bench_folder(arguments) / flat_name(name);
  sizing::Machine machine;
  machine.workers = arguments.workers;
  if (!std::filesystem::exists(folder / "run.json")) {
    std::fprintf(stderr, "%s, run of %d evaluations\n", name.c_str(), budget);
    sizing::SizeOptions options;
    options.budget = budget;
    sizing::size(problem, options, folder, machine);
  } else if (!std::filesystem::exists(folder / "result.json")) {
    sizing::resume(folder, {}, machine);
  }
  return run::RunFolder::read(folder);
}

std::vector<double> best_unit(const problem::Problem& problem, const run::RunFolder& run) {
  const run::Json result = run.read_json("result.json");
  std::vector<double> values;
  for (const problem::Variable* variable : problem.free_variables())
    values.push_back(result.at("best").at("variables").at(variable->name).get<double>());
  return sizing::search_space(problem).to_unit(values);
}

}  // namespace exturbo::bench
