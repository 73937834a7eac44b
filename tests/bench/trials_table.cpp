// Tables of trials: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "trials_table.hpp"

#include <cmath>
#include <cstdio>
#include <map>

#include "quartiles.hpp"
#include "targets.hpp"

namespace exturbo::bench {
namespace {

constexpr int kCheckpoints[] = {50, 100, 200, 500};

std::string text(double value) {
  if (!std::isfinite(value)) return "-";
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.6g", value);
  return buffer;
}

std::vector<double> column(const std::vector<TrialRecord>& trials,
                           const std::function<double(const TrialRecord&)>& number) {
  std::vector<double> values;
  for (const TrialRecord& trial : trials) values.push_back(number(trial));
  return values;
}

double median_at(const std::vector<TrialRecord>& trials, int at) {
  return median(column(trials, [&](const TrialRecord& t) { return at == 0 ? t.first() : t.best_at(at); }));
}

}  // namespace

std::string spread(const std::vector<TrialRecord>& trials, const std::function<double(const TrialRecord&)>& number) {
  const std::vector<double> values = column(trials, number);
  return text(median(values)) + " [" + text(quantile(values, 0.25)) + " " + text(quantile(values, 0.75)) + "]";
}

void print_header(const std::string& problem, int budget, std::size_t seeds) {
  std::printf("\n%s, %zu rng seeds\n  %-23s %-20s", problem.c_str(), seeds, "median [quartiles]", "first feasible");
  for (const int at : kCheckpoints) {
    if (at <= budget) std::printf(" %-29s", ("best at " + std::to_string(at)).c_str());
  }
  std::printf(" %7s\n", "CPU s");
}

void print_row(const std::string& method, int budget, const std::vector<TrialRecord>& trials) {
  std::printf("  %-23s %-20s", method.c_str(), spread(trials, [](const TrialRecord& t) { return t.first(); }).c_str());
  for (const int at : kCheckpoints) {
    if (at > budget) continue;
    std::printf(" %-29s", spread(trials, [&](const TrialRecord& t) { return t.best_at(at); }).c_str());
  }
  std::printf(" %7.2f ", median(column(trials, [](const TrialRecord& t) { return t.cpu_seconds; })));
  std::map<std::string, std::vector<double>> details;
  for (const TrialRecord& trial : trials) {
    for (const auto& [name, value] : trial.details) details[name].push_back(value);
  }
  for (const auto& [name, values] : details) std::printf(" %s %.3g", name.c_str(), median(values));
  std::printf("\n");
  std::fflush(stdout);
}

bool print_targets(const std::string& problem, int budget, const std::vector<TrialRecord>& trials) {
  std::map<int, Target> targets;
  for (Target& target : targets_of(problem)) targets[target.at] = std::move(target);
  if (targets.empty()) return true;
  bool met = true;
  const auto verdict = [&](int at) -> std::string {
    const auto target = targets.find(at);
    if (target == targets.end()) return "";
    const bool pass = meets(target->second, median_at(trials, at));
    met = met && pass;
    return "<= " + target->second.bound + (pass ? " pass" : " MISSED");
  };
  std::printf("  %-23s %-20s", "  target", verdict(0).c_str());
  for (const int at : kCheckpoints) {
    if (at <= budget) std::printf(" %-29s", verdict(at).c_str());
  }
  std::printf("\n");
  std::fflush(stdout);
  return met;
}

}  // namespace exturbo::bench
