// Compares sizing runs of the nine circuits with other methods on the cost J, over rng seeds 1, 2, ...
// SPDX-License-Identifier: BSD-3-Clause
//
// circuits_bench [--quick] [--seeds N=10] [--budget N=300] [--workers N=2] [--threads N=1] [--methods a,b]
//                [--problems a,b] [--out FILE.jsonl]
// Problems are named one by one (miller/ptm90) or by circuit. All start cold; every method has the problem's batch; the
// simulators are the project's. exturbo is the run that `exturbo size` makes, the others minimise J.
// FILE keeps each trial as a line as soon as it is done, and what is there is not run again: the figure may be put
// together over several sittings. Without --out nothing is kept. --quick: miller/ptm90, one rng seed, 60 evaluations.
// Ends with 1 if a goal is missed: exturbo feasible within 200 evaluations with every rng seed, in at most half the
// evaluations of the best other method (medians), and of less power at the end than each.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "bench_arguments.hpp"
#include "circuit_evaluator.hpp"
#include "circuit_problems.hpp"
#include "exturbo/sizing/size.hpp"
#include "methods/method.hpp"
#include "quartiles.hpp"
#include "run_store.hpp"
#include "sizing_trial.hpp"
#include "trials_table.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;

constexpr int kSoon = 200;      ///< Evaluations within which every run shall be feasible.
constexpr double kRatio = 0.5;  ///< Of the best other method's evaluations to the first feasible design.

/// Those with batches: a method that goes one by one would leave the workers idle.
std::vector<std::string> selected_methods(const BenchArguments& arguments) {
  std::vector<std::string> known;
  for (const Method& each : methods()) {
    if (!each.sequential) known.push_back(each.name);
  }
  return select("--methods", arguments.methods, known);
}

struct Row {
  std::string method;
  std::vector<TrialRecord> trials;

  double first() const {
    std::vector<double> values;
    for (const TrialRecord& trial : trials) values.push_back(trial.first());
    return median(values);
  }
  double objective() const {
    std::vector<double> values;
    for (const TrialRecord& trial : trials) values.push_back(trial.best_at(trial.evaluations));
    return median(values);
  }
  std::size_t feasible_soon() const {
    return static_cast<std::size_t>(
        std::count_if(trials.begin(), trials.end(), [](const TrialRecord& t) { return t.first() <= kSoon; }));
  }
};

void print(const Row& row) {
  const std::string count = std::to_string(row.feasible_soon()) + "/" + std::to_string(row.trials.size());
  std::vector<double> cpu;
  for (const TrialRecord& trial : row.trials) cpu.push_back(trial.cpu_seconds);
  std::printf("  %-23s %-20s %-10s %-36s %8.2f\n", row.method.c_str(),
              spread(row.trials, [](const TrialRecord& t) { return t.first(); }).c_str(), count.c_str(),
              spread(row.trials, [](const TrialRecord& t) { return t.best_at(t.evaluations); }).c_str(), median(cpu));
  std::fflush(stdout);
}

/// Compares the first row, exturbo's, with the others; false if a goal is missed.
bool print_goals(const std::vector<Row>& rows, int budget) {
  if (rows.front().method != "exturbo" || rows.size() < 2) return true;
  const Row& ours = rows.front();
  double first = std::numeric_limits<double>::infinity();
  double objective = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    first = std::min(first, rows[i].first());
    objective = std::min(objective, rows[i].objective());
  }
  const bool soon = budget < kSoon || ours.feasible_soon() == ours.trials.size();
  // A method that found nothing needs more than the budget.
  const double ratio = ours.first() / std::min(first, static_cast<double>(budget));
  const bool earlier = ratio <= kRatio;
  const bool lower = ours.objective() < objective;
  const auto verdict = [](bool met) { return met ? "pass" : "MISSED"; };
  std::printf("  all feasible within %d: %s; first feasible, ratio to the best other %s%.2f: %s; lower objective: %s\n",
              kSoon, verdict(soon), std::isfinite(first) ? "" : "< ", ratio, verdict(earlier), verdict(lower));
  std::fflush(stdout);
  return soon && earlier && lower;
}

/// False if a goal is missed.
bool compare(const std::string& name, const std::vector<std::string>& methods, const BenchArguments& arguments,
             RunStore& store) {
  const problem::Problem problem = open_circuit(name);
  const int budget = arguments.budget > 0 ? arguments.budget : arguments.quick ? 60 : 300;
  const int seeds = arguments.seeds > 0 ? arguments.seeds : arguments.quick ? 1 : 10;
  std::printf("\n%s, %d evaluations, %d rng seeds\n  %-23s %-20s %-10s %-36s %8s\n", name.c_str(), budget, seeds,
              "median [quartiles]", "first feasible", "within 200", (problem.objective.metric + " at the end").c_str(),
              "CPU s");
  std::vector<Row> rows;
  for (const std::string& method_name : methods) {
    Row row{method_name, {}};
    for (int s = 1; s <= seeds; ++s) {
      const TrialKey key{name, method_name, static_cast<std::uint64_t>(s), budget, problem.batch};
      row.trials.push_back(store.get(key, [&] {
        std::fprintf(stderr, "%s, %s, rng seed %d\n", name.c_str(), method_name.c_str(), s);
        if (method_name == "exturbo") {
          sizing::SizeOptions options;
          options.budget = budget;
          options.rng_seed = key.rng_seed;
          return run_sizing(problem, options, arguments.workers);
        }
        CircuitEvaluator evaluator(problem, arguments.workers);
        Trial trial(evaluator, budget, problem.batch, key.rng_seed);
        return run_method(method(method_name), trial, {arguments.threads, false});
      }));
    }
    print(row);
    rows.push_back(std::move(row));
  }
  return print_goals(rows, budget);
}

bool benchmark(const BenchArguments& arguments) {
  const std::vector<std::string> methods = selected_methods(arguments);
  RunStore store(arguments.out);
  bool met = true;
  for (const std::string& name : selected_circuits(arguments)) met = compare(name, methods, arguments, store) && met;
  return met;
}

}  // namespace

int main(int count, char** words) { return run_bench(count, words, {"--rolling"}, benchmark); }
