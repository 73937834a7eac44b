// Does tightening a spec cost what the explanation predicts? Against re-optimisation from the design.
// SPDX-License-Identifier: BSD-3-Clause
//
// limits_bench [--quick] [--problems a,b] [--seeds N=3] [--budget N=120] [--workers N=2] [--out
// FOLDER=sensitivity_runs] Per problem: the run of sensitivity_bench (400 evaluations, kept in FOLDER), its
// explanation, and for each active spec N sizing runs of the tightened problem from the optimum that the explanation
// found for the specs as they are: it is their seed, their first trust region has a side of 0.1, sizes are as free of
// the grid as in the explanation, and they end before they would leave for other places. The best of them is the truth,
// its change counted from the best of as many runs of the problem as it is, and of the optimum itself. Trials are lines
// of FOLDER/limits.jsonl, not made again. A prediction is good within the larger of 25 % of the change and 1 % of the
// objective, or where both say that the spec cannot be met. Ends with 1 if the median of error over tolerance is above
// 1. --quick: miller/ptm90, one rng seed.
#include <cmath>
#include <cstdio>
#include <limits>

#include "circuit_problems.hpp"
#include "explained_run.hpp"
#include "exturbo/sensitivity/explain.hpp"
#include "quartiles.hpp"
#include "run_store.hpp"
#include "sizing_trial.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;

constexpr int kRunBudget = 400;
constexpr double kTrustRegion = 0.1;
constexpr double kOfChange = 0.25, kOfObjective = 0.01;

class Bench {
 public:
  explicit Bench(const BenchArguments& arguments)
      : arguments_(arguments),
        store_(bench_folder(arguments) / "limits.jsonl"),
        seeds_(arguments.seeds > 0 ? arguments.seeds
               : arguments.quick   ? 1
                                   : 3),
        budget_(arguments.budget > 0 ? arguments.budget : 120) {}

  /// Error over tolerance of each active spec of a problem.
  std::vector<double> run(const std::string& name) {
    const problem::Problem problem = open_circuit(name);
    const run::RunFolder run = explained_run(problem, name, arguments_, kRunBudget);
    sizing::Machine machine;
    machine.workers = arguments_.workers;
    std::fprintf(stderr, "%s, explain\n", name.c_str());
    const run::Json limits = sensitivity::explain(run, machine).value("limits", run::Json::object());
    if (limits.empty()) return {};
    problem::Problem free = problem;  // of the grid, as the prices are
    for (problem::Variable& variable : free.variables) {
      if (!variable.integer) variable.grid = 0;
    }
    problem::Seed start;
    start.confidence = 1;
    const run::Json& optimum = limits.at("objective").at("simulated");
    for (const problem::Variable* variable : problem.free_variables())
      start.variables[variable->name] = optimum.at("variables").at(variable->name).get<double>();
    double base = std::min(optimum.at("objective").get<double>(), reached(free, name + "/as it is", start));
    std::vector<double> truths;
    for (const run::Json& active : limits.at("active")) {
      const std::string metric = active.at("metric").get<std::string>();
      problem::Problem tight = free;
      for (problem::Spec& spec : tight.specs) {
        if (spec.metric == metric)
          (active.at("side") == "min" ? spec.min : spec.max) = active.at("tightened").get<double>();
      }
      truths.push_back(reached(tight, name + "/" + metric, start));
      base = std::min(base, truths.back());
    }
    std::vector<double> errors;
    for (std::size_t k = 0; k < truths.size(); ++k)
      errors.push_back(print(name, limits.at("active").at(k), base, truths[k]));
    return errors;
  }

 private:
  /// The least objective of the re-optimisations; infinite where none met all specs.
  double reached(const problem::Problem& problem, const std::string& name, const problem::Seed& start) {
    double least = std::numeric_limits<double>::infinity();
    const std::string from = "near " + run::sha256(run::Json(start.variables).dump()).substr(0, 12);
    for (int s = 1; s <= seeds_; ++s) {
      const TrialKey key{name, from, static_cast<std::uint64_t>(s), budget_, problem.batch};
      const TrialRecord record = store_.get(key, [&] {
        std::fprintf(stderr, "%s, rng seed %d\n", name.c_str(), s);
        sizing::SizeOptions options;
        options.budget = budget_;
        options.rng_seed = key.rng_seed;
        options.seeds = {start};
        options.trust_region = kTrustRegion;
        return run_sizing(problem, options, arguments_.workers);
      });
      least = std::min(least, record.best_at(budget_));
    }
    return least;
  }

  static double print(const std::string& name, const run::Json& active, double base, double truth) {
    const bool met = active.at("predicted").at("met").get<bool>();
    const double predicted = active.at("predicted").at("change").get<double>();
    const double change = truth - base;
    double error = std::numeric_limits<double>::infinity();
    if (met && std::isfinite(truth)) {
      error = std::abs(predicted - change) / std::max(kOfChange * std::abs(change), kOfObjective * base);
    } else if (!met && !std::isfinite(truth)) {
      error = 0;
    }
    const auto percent = [&](bool known, double value) {
      char text[32];
      std::snprintf(text, sizeof text, known ? "%+.2f %%" : "not met", 100 * value / base);
      return std::string(text);
    };
    const run::Json& simulated = active.at("simulated");
    const bool reached = simulated.at("met").get<bool>();
    std::printf("%-22s %-22s %12s %12s %12s %8.2f\n", name.c_str(), active.at("metric").get<std::string>().c_str(),
                percent(met, predicted).c_str(),
                percent(reached, reached ? simulated.at("change").get<double>() : 0).c_str(),
                percent(std::isfinite(truth), change).c_str(), error);
    std::fflush(stdout);
    return error;
  }

  const BenchArguments& arguments_;
  RunStore store_;
  int seeds_;
  int budget_;
};

bool compare(const BenchArguments& arguments) {
  Bench bench(arguments);
  std::vector<double> errors;
  std::printf("%-22s %-22s %12s %12s %12s %8s\n", "objective's change", "spec tightened", "predicted", "simulated",
              "re-optimised", "error");
  for (const std::string& name : selected_circuits(arguments)) {
    const std::vector<double> more = bench.run(name);
    errors.insert(errors.end(), more.begin(), more.end());
  }
  const double middle = median(errors);
  std::printf("median error over its tolerance %.2f [quartiles %.2f %.2f] of %zu specs: %s\n", middle,
              quantile(errors, 0.25), quantile(errors, 0.75), errors.size(), middle <= 1 ? "pass" : "MISSED");
  return middle <= 1;
}

}  // namespace

int main(int count, char** words) { return run_bench(count, words, {"--rolling", "--methods", "--threads"}, compare); }
