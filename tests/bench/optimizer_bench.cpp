// Medians of the optimiser over rng seeds on published test functions.
// SPDX-License-Identifier: BSD-3-Clause
//
// optimizer_bench [--quick] [--seeds N] [--budget N] [--threads N] [problem...]
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <limits>
#include <string>
#include <vector>

#include "benchmark_problems.hpp"
#include "exturbo/bo/optimizer.hpp"
#include "median.hpp"

namespace {

using namespace exturbo;

constexpr double kNone = std::numeric_limits<double>::infinity();

struct Trace {
  std::vector<double> best;  // best feasible objective after each evaluation
  double first = kNone;      // evaluation of the first feasible point
  bo::Statistics statistics;
  double seconds = 0;
};

/// Slot k is asked when results 1 .. k - Q are told, in order: what a run with Q workers does.
Trace run(const bench::BenchmarkProblem& problem, int budget, std::uint64_t rng_seed, int threads) {
  bo::Options options;
  options.rng_seed = rng_seed;
  options.batch = problem.batch;
  options.threads = threads;
  Trace trace;
  const auto begin = std::chrono::steady_clock::now();
  bo::Optimizer optimizer(bo::SearchSpace(problem.space), problem.constraints, options);
  std::deque<bo::Suggestion> pending;
  double best = kNone;
  for (int k = 1; k <= budget; ++k) {
    if (static_cast<int>(pending.size()) == problem.batch) {
      optimizer.tell(pending.front().id, problem.evaluate(pending.front().values));
      pending.pop_front();
    }
    pending.push_back(optimizer.ask());
    const bo::Outcome outcome = problem.evaluate(pending.back().values);
    const bool feasible =
        std::all_of(outcome.constraints.begin(), outcome.constraints.end(), [](double c) { return c <= 0; });
    if (feasible) {
      best = std::min(best, outcome.objective);
      trace.first = std::min(trace.first, static_cast<double>(k));
    }
    trace.best.push_back(best);
    if (std::getenv("EXTURBO_BENCH_TRACE") != nullptr) {
      std::fprintf(stderr, "%d %s %.6g %.6g length %.4f\n", k, bo::to_string(pending.back().origin), outcome.objective,
                   best, optimizer.statistics().length);
      for (const double c : outcome.constraints) std::fprintf(stderr, " %.3g", c);
      for (const double c : pending.back().unit) std::fprintf(stderr, " %.2f", c);
      std::fprintf(stderr, "\n");
    }
  }
  trace.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  trace.statistics = optimizer.statistics();
  return trace;
}

void report(const bench::BenchmarkProblem& problem, int budget, int seeds, int threads) {
  std::vector<Trace> traces;
  for (int s = 1; s <= seeds; ++s) traces.push_back(run(problem, budget, static_cast<std::uint64_t>(s), threads));
  const auto column = [&](auto&& value) {
    std::vector<double> values;
    for (const Trace& trace : traces) values.push_back(value(trace));
    return bench::median(values);
  };
  std::printf("%-16s first %5g", problem.name.c_str(), column([](const Trace& t) { return t.first; }));
  for (const int at : {50, 100, 200, 500}) {
    if (at > budget) continue;
    std::printf("  @%d %-11.7g", at, column([&](const Trace& t) { return t.best[static_cast<std::size_t>(at - 1)]; }));
  }
  std::printf("  s %.2f (fit %.2f choose %.2f) restarts %g failed fits %g\n",
              column([](const Trace& t) { return t.seconds; }),
              column([](const Trace& t) { return t.statistics.seconds_fit; }),
              column([](const Trace& t) { return t.statistics.seconds_choose; }),
              column([](const Trace& t) { return static_cast<double>(t.statistics.restarts); }),
              column([](const Trace& t) { return static_cast<double>(t.statistics.failed_fits); }));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  int seeds = 10;
  int budget = 0;
  int threads = 1;
  std::vector<std::string> names;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const bool has_value = i + 1 < argc;
    if (argument == "--quick") {
      seeds = 3;
      budget = 100;
    } else if (argument == "--seeds" && has_value) {
      seeds = std::max(1, std::atoi(argv[++i]));
    } else if (argument == "--budget" && has_value) {
      budget = std::max(1, std::atoi(argv[++i]));
    } else if (argument == "--threads" && has_value) {
      threads = std::max(1, std::atoi(argv[++i]));
    } else if (argument.rfind("--", 0) == 0) {
      std::fprintf(stderr, "usage: optimizer_bench [--quick] [--seeds N] [--budget N] [--threads N] [problem...]\n");
      return 2;
    } else {
      names.push_back(argument);
    }
  }
  for (const exturbo::bench::BenchmarkProblem& problem : exturbo::bench::benchmark_problems()) {
    if (!names.empty() && std::find(names.begin(), names.end(), problem.name) == names.end()) continue;
    report(problem, budget > 0 ? budget : problem.budget, seeds, threads);
  }
  return 0;
}
