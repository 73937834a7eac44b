// Reads the runs that corners.sh finished in a folder and prints what each way of simulating corners needed.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "exturbo/run/run_folder.hpp"
#include "quartiles.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Of one problem and way; a value a run, infinite where no design was feasible.
struct Row {
  int feasible = 0;
  std::vector<double> evaluations;         ///< Up to the first feasible design.
  std::vector<double> corner_simulations;  ///< Of these evaluations.
  std::vector<double> best_cost;           ///< J at the end.
  std::vector<double> total;               ///< s
};

void add(Row& row, const exturbo::run::RunFolder& run) {
  const Json result = run.read_json("result.json");
  const Json& first = result.at("first_feasible");
  const double never = std::numeric_limits<double>::infinity();
  double simulations = first.is_null() ? never : 0;
  for (const exturbo::run::Evaluation& evaluation : run.evaluations()) {
    if (!first.is_null() && evaluation.index <= first.get<int>())
      simulations += static_cast<double>(evaluation.corners.size());
  }
  row.feasible += first.is_null() ? 0 : 1;
  row.evaluations.push_back(first.is_null() ? never : first.get<double>());
  row.corner_simulations.push_back(simulations);
  row.best_cost.push_back(result.at("cost").get<double>());
  row.total.push_back(result.at("seconds").at("total").get<double>());
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: corners_table FOLDER\n");
    return 2;
  }
  std::map<std::string, Row> rows;
  for (const auto& entry : fs::directory_iterator(words[1])) {
    if (!fs::exists(entry.path() / "result.json")) continue;
    const std::string name = entry.path().filename().string();
    add(rows[name.substr(0, name.rfind('-'))], exturbo::run::RunFolder::read(entry.path()));
  }
  Json all = Json::object();
  std::printf("%-32s %9s %22s %24s %10s %9s\n", "problem and corners", "feasible", "evals to feasible",
              "corner sims to feasible", "J at end", "total s");
  for (const auto& [name, row] : rows) {
    std::printf("%-32s %4d / %-2zu %22.0f %24.0f %10.4f %9.1f\n", name.c_str(), row.feasible, row.total.size(),
                exturbo::bench::median(row.evaluations), exturbo::bench::median(row.corner_simulations),
                exturbo::bench::median(row.best_cost), exturbo::bench::median(row.total));
    all[name] = {{"feasible", row.feasible},
                 {"evaluations", row.evaluations},
                 {"corner_simulations", row.corner_simulations},
                 {"cost", row.best_cost},
                 {"total", row.total}};
  }
  std::ofstream(fs::path(words[1]) / "corners.json") << all.dump(2) << "\n";
  return 0;
}
