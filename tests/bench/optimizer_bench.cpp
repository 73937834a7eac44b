// Compares the optimiser with other methods on published test functions, over rng seeds 1, 2, ...
// SPDX-License-Identifier: BSD-3-Clause
//
// optimizer_bench [--quick] [--seeds N=10] [--budget N] [--threads N=1] [--methods a,b] [--problems a,b] [--rolling]
//                 [--out FILE.jsonl]
// Problems are named one by one or by group: unconstrained, constrained, held_out. Batches are synchronous, of 10
// (unconstrained) or 4, and the initial design counts; --rolling: the optimiser's alone as a sizing run has them.
// FILE keeps each trial as a line as soon as it is done, and what is there is not run again: a long bench may be put
// together over several sittings, and after a change of a method its lines, or the file, are to be removed by hand.
// Without --out nothing is kept. --quick: 3 rng seeds, 100 evaluations. With EXTURBO_BENCH_TRACE set each evaluation of
// the optimiser is told. Ends with 1 if a target is missed (tests/bench/targets.cpp).
#include <algorithm>
#include <cstdio>

#include "bench_arguments.hpp"
#include "exturbo/core/fault.hpp"
#include "function_evaluator.hpp"
#include "methods/method.hpp"
#include "run_store.hpp"
#include "trials_table.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;

const std::vector<std::string> kGroups{"unconstrained", "constrained", "held_out"};

std::vector<const BenchmarkProblem*> selected_problems(const std::vector<std::string>& wanted) {
  std::vector<std::string> known = kGroups;
  for (const BenchmarkProblem& problem : benchmark_problems()) known.push_back(problem.name);
  const std::vector<std::string> names = select("--problems", wanted, known);
  const auto is_named = [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  std::vector<const BenchmarkProblem*> problems;
  for (const BenchmarkProblem& problem : benchmark_problems()) {
    if (is_named(problem.name) || is_named(problem.group)) problems.push_back(&problem);
  }
  return problems;
}

class Bench {
 public:
  explicit Bench(const BenchArguments& arguments)
      : arguments_(arguments),
        methods_(select("--methods", arguments.methods, method_names())),
        store_(arguments.out) {}

  /// False if a target is missed.
  bool run(const BenchmarkProblem& problem) {
    const int budget = arguments_.budget > 0 ? arguments_.budget : arguments_.quick ? 100 : problem.budget;
    const int seeds = arguments_.seeds > 0 ? arguments_.seeds : arguments_.quick ? 3 : 10;
    char optimum[32];
    std::snprintf(optimum, sizeof optimum, "%.6g", problem.optimum.objective);
    print_header(problem.name + " (best known " + optimum + ")", budget, static_cast<std::size_t>(seeds));
    bool met = true;
    for (const std::string& name : methods_) {
      const bool ours = name == "exturbo";
      const std::string label = ours && arguments_.rolling ? "exturbo_rolling" : name;
      std::vector<TrialRecord> trials;
      for (int s = 1; s <= seeds; ++s)
        trials.push_back(
            trial(problem, method(name), {problem.name, label, static_cast<std::uint64_t>(s), budget, problem.batch}));
      print_row(label, budget, trials);
      if (ours) met = print_targets(problem.name, budget, trials);
    }
    return met;
  }

 private:
  TrialRecord trial(const BenchmarkProblem& problem, const Method& method, const TrialKey& key) {
    return store_.get(key, [&] {
      FunctionEvaluator evaluator(problem);
      Trial trial(evaluator, key.budget, key.batch, key.rng_seed);
      return run_method(method, trial, {arguments_.threads, arguments_.rolling});
    });
  }

  const BenchArguments& arguments_;
  std::vector<std::string> methods_;
  RunStore store_;
};

bool benchmark(const BenchArguments& arguments) {
  Bench bench(arguments);
  bool met = true;
  for (const BenchmarkProblem* problem : selected_problems(arguments.problems)) met = bench.run(*problem) && met;
  return met;
}

}  // namespace

int main(int count, char** words) { return run_bench(count, words, {"--workers"}, benchmark); }
