// Seconds that the optimiser itself takes, the evaluations being free.
// SPDX-License-Identifier: BSD-3-Clause
//
// overhead_bench [--quick] [--seeds REPEATS=1] [--budget N=5000] [--out FILE.jsonl]
// 20 variables; Levy's function alone in batches of 10, and with 8 constraints (quadratic, a tenth of the box feasible)
// in batches of 4; with 1 and 2 threads. Told are the seconds to 500, 1000, 2000 and 5000 evaluations, and whether the
// points are the same for both numbers of threads. FILE keeps each row as a line. --quick: to 500. Ends with 1 if
// points differ or a target is missed: 500 evaluations on two threads within 2.5 s with one output, 10 s with nine.
// Rivals on a machine of the same kind: TuRBO of the BoTorch stack 54 s, SCBO 150 s for 200.
#include <chrono>
#include <cmath>
#include <cstdio>

#include "bench_arguments.hpp"
#include "exturbo/bo/optimizer.hpp"
#include "exturbo/core/fault.hpp"
#include "problems/benchmark_problems.hpp"
#include "quartiles.hpp"
#include "run_store.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;

const std::vector<int> kMarks{500, 1000, 2000, 5000};

std::string mark_name(int mark) { return "seconds_to_" + std::to_string(mark); }

bo::Outcome outcome_of(const BenchmarkProblem& levy, const std::vector<double>& x, int constraints) {
  bo::Outcome outcome = levy.evaluate(x);
  for (int j = 0; j < constraints; ++j) {
    double sum = 0;  // of squares about a centre of its own, weights 0.5 to 1.5
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double phase = static_cast<double>(i) + 2.3 * j;
      const double v = x[i] - 1 - std::sin(phase);
      sum += (1 + 0.5 * std::cos(1.7 * phase)) * v * v;
    }
    outcome.constraints.push_back(sum / 20 - 17);
  }
  return outcome;
}

TrialRecord measure(const BenchmarkProblem& levy, int constraints, int threads, int budget) {
  bo::Options options;
  options.batch = constraints > 0 ? 4 : 10;
  options.threads = threads;
  bo::Optimizer optimizer(bo::SearchSpace(levy.space), constraints, options);
  TrialRecord record;
  double spent = 0;
  double checksum = 0;
  while (record.evaluations < budget) {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<bo::Suggestion> batch;
    for (int i = 0; i < options.batch; ++i) batch.push_back(optimizer.ask());
    spent += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    for (const bo::Suggestion& s : batch) {
      const bo::Outcome outcome = outcome_of(levy, s.values, constraints);
      const bool feasible =
          std::all_of(outcome.constraints.begin(), outcome.constraints.end(), [](double c) { return c <= 0; });
      record.add(feasible, outcome.objective);
      for (const double v : s.unit) checksum = std::fmod(2 * checksum + v, 1.0);
      const auto told = std::chrono::steady_clock::now();
      optimizer.tell(s.id, outcome);
      spent += std::chrono::duration<double>(std::chrono::steady_clock::now() - told).count();
      for (const int mark : kMarks) {
        if (record.evaluations == mark) record.details[mark_name(mark)] = spent;
      }
    }
  }
  record.seconds = spent;
  record.details["checksum"] = checksum;
  record.details["fits"] = optimizer.statistics().fits;
  record.details["failed_fits"] = optimizer.statistics().failed_fits;
  return record;
}

bool benchmark(const BenchArguments& arguments) {
  const BenchmarkProblem* levy = nullptr;
  for (const BenchmarkProblem& problem : benchmark_problems()) {
    if (problem.name == "levy20") levy = &problem;
  }
  RunStore store(arguments.out);
  const int budget = arguments.budget > 0 ? arguments.budget : arguments.quick ? 500 : 5000;
  const int repeats = std::max(1, arguments.seeds);
  bool met = true;
  std::printf("%-12s %7s", "constraints", "threads");
  for (const int mark : kMarks) std::printf("  s to %5d", mark);
  std::printf("  fits (failed)\n");
  for (const int constraints : {0, 8}) {
    double checksums[2] = {0, 0};
    for (const int threads : {1, 2}) {
      std::vector<TrialRecord> rows;
      for (int k = 1; k <= repeats; ++k) {
        const TrialKey key{"overhead_" + std::to_string(constraints), "threads_" + std::to_string(threads),
                           static_cast<std::uint64_t>(k), budget, constraints > 0 ? 4 : 10};
        rows.push_back(store.get(key, [&] { return measure(*levy, constraints, threads, budget); }));
      }
      std::printf("%-12d %7d", constraints, threads);
      for (const int mark : kMarks) {
        if (mark > budget) continue;
        std::vector<double> seconds;
        for (const TrialRecord& row : rows) seconds.push_back(row.details.at(mark_name(mark)));
        std::printf("  %10.2f", median(seconds));
        if (mark == 500 && threads == 2) met = met && median(seconds) < (constraints > 0 ? 10 : 2.5);
      }
      std::printf("  %g (%g)\n", rows.front().details.at("fits"), rows.front().details.at("failed_fits"));
      std::fflush(stdout);
      checksums[threads - 1] = rows.front().details.at("checksum");
    }
    if (checksums[0] != checksums[1]) std::printf("points differ between 1 and 2 threads\n");
    met = met && checksums[0] == checksums[1];
  }
  return met;
}

}  // namespace

int main(int count, char** words) {
  return run_bench(count, words, {"--workers", "--threads", "--rolling", "--methods", "--problems"}, benchmark);
}
