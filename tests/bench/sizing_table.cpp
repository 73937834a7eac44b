// Reads the finished runs of a folder and prints a table by problem; also writes sizing.json there.
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

/// What is known of one problem; a value a run.
struct Row {
  int runs = 0;
  int feasible = 0;
  std::vector<double> first_feasible;  ///< Runs without a feasible design count as infinitely late.
  std::vector<double> objective;       ///< Of feasible runs.
  std::vector<double> failed;
  std::vector<double> simulate;
  std::vector<double> model;
  std::vector<double> total;
  std::string objective_metric;
  int evaluations = 0;
};

void add(Row& row, const exturbo::run::RunFolder& run) {
  const Json result = run.read_json("result.json");
  ++row.runs;
  row.evaluations = result.at("evaluations").get<int>();
  row.failed.push_back(result.at("failed_evaluations").get<double>());
  const Json& first = result.at("first_feasible");
  row.first_feasible.push_back(first.is_null() ? std::numeric_limits<double>::infinity() : first.get<double>());
  if (result.at("status") == "feasible") {
    ++row.feasible;
    std::ifstream stream(run.problem_file());
    row.objective_metric = Json::parse(stream).at("objective").at("minimize").get<std::string>();
    row.objective.push_back(result.at("best").at("metrics").at(row.objective_metric).get<double>());
  }
  const Json& seconds = result.at("seconds");
  row.simulate.push_back(seconds.at("simulate").get<double>());
  row.model.push_back(seconds.at("model").get<double>());
  row.total.push_back(seconds.at("total").get<double>());
}

Json spread(const std::vector<double>& values) {
  if (values.empty()) return nullptr;
  return {{"median", exturbo::bench::median(values)},
          {"min", *std::min_element(values.begin(), values.end())},
          {"max", *std::max_element(values.begin(), values.end())}};
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: sizing_table FOLDER\n");
    return 2;
  }
  std::map<std::string, Row> rows;
  for (const auto& entry : fs::directory_iterator(words[1])) {
    if (!fs::exists(entry.path() / "result.json")) continue;
    const auto run = exturbo::run::RunFolder::read(entry.path());
    const std::string name = entry.path().filename().string();
    add(rows[name.substr(0, name.rfind('-'))], run);
  }
  Json all = Json::object();
  std::printf("%-24s %9s %6s %18s %26s %8s %8s %8s\n", "problem", "feasible", "evals", "first feasible",
              "objective (min .. max)", "sim s", "model s", "total s");
  for (const auto& [name, row] : rows) {
    const auto [low, high] = std::minmax_element(row.objective.begin(), row.objective.end());
    const double worst_first = *std::max_element(row.first_feasible.begin(), row.first_feasible.end());
    char objective[64] = "-";
    if (!row.objective.empty())
      std::snprintf(objective, sizeof objective, "%.4g (%.3g .. %.3g)", exturbo::bench::median(row.objective), *low,
                    *high);
    char first[64];
    std::snprintf(first, sizeof first, "%.0f (max %.0f)", exturbo::bench::median(row.first_feasible), worst_first);
    std::printf("%-24s %4d / %-2d %6d %18s %26s %8.1f %8.1f %8.1f\n", name.c_str(), row.feasible, row.runs,
                row.evaluations, first, objective, exturbo::bench::median(row.simulate),
                exturbo::bench::median(row.model), exturbo::bench::median(row.total));
    all[name] = {
        {"runs", row.runs},
        {"feasible", row.feasible},
        {"evaluations", row.evaluations},
        {"first_feasible", spread(row.first_feasible)},
        {"objective", spread(row.objective)},
        {"failed_evaluations", spread(row.failed)},
        {"seconds", {{"simulate", spread(row.simulate)}, {"model", spread(row.model)}, {"total", spread(row.total)}}}};
  }
  std::ofstream(fs::path(words[1]) / "sizing.json") << all.dump(2) << "\n";
  return 0;
}
