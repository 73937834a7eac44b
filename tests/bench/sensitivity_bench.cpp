// Does the explanation rank variables as brute force does? Tuning sensitivities of a run's own evaluations against mean
// absolute slopes simulated around its design.
// SPDX-License-Identifier: BSD-3-Clause
//
// sensitivity_bench [--quick] [--problems a,b] [--budget N=400] [--workers N=2] [--out FOLDER=sensitivity_runs]
// Per problem: a cold run of rng seed 1 (kept in FOLDER, gone on with), some 2,000 simulations within 5 % of each range
// around its design (a line each point in FOLDER/<problem>.slopes.jsonl; what is there is not simulated again), and
// what `exturbo explain` reports without a simulation of its own. Columns: rank correlation (Spearman; median over the
// metrics) and how often the first variable is right, for the tuning sensitivity and for plain ARD length-scales of the
// tuning set and of all evaluations. Ends with 1 if the median rank correlation of all metrics and problems is below
// 0.8 or the first variable right in fewer than 80 %. --quick: miller/ptm90, 220 simulations.
#include <cstdio>

#include "brute_force.hpp"
#include "circuit_problems.hpp"
#include "explained_run.hpp"
#include "exturbo/sensitivity/explain.hpp"
#include "quartiles.hpp"
#include "sensitivity/agreement.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;

constexpr double kReach = 0.05;
constexpr double kLeastCorrelation = 0.8, kLeastTop = 0.8;

/// How a way of ranking stands to brute force, a number for each metric.
struct Score {
  std::vector<double> correlations, tops;

  void add(const Eigen::VectorXd& ranked, const Eigen::VectorXd& truth) {
    Eigen::Index a = 0, b = 0;
    ranked.maxCoeff(&a);
    truth.maxCoeff(&b);
    correlations.push_back(sensitivity::rank_correlation(ranked, truth));
    tops.push_back(a == b ? 1 : 0);
  }
  void add(const Score& other) {
    correlations.insert(correlations.end(), other.correlations.begin(), other.correlations.end());
    tops.insert(tops.end(), other.tops.begin(), other.tops.end());
  }
  double correlation() const { return median(correlations); }
  double top() const {
    double sum = 0;
    for (const double value : tops) sum += value;
    return tops.empty() ? 0 : sum / static_cast<double>(tops.size());
  }
};

constexpr const char* kWays[][2] = {{"tuning", "sensitivity"}, {"tuning", "relevance"}, {"survival", "relevance"}};
constexpr std::size_t kWayCount = std::size(kWays);
using Scores = std::array<Score, kWayCount>;

Scores score(const run::Json& told, const BruteForceSlopes& brute) {
  Scores scores;
  for (const auto& [metric, slopes] : brute.slopes) {
    const Eigen::VectorXd truth =
        Eigen::Map<const Eigen::VectorXd>(slopes.data(), static_cast<Eigen::Index>(slopes.size()));
    if (!(truth.maxCoeff() > 0)) continue;
    for (std::size_t w = 0; w < kWayCount; ++w) {
      const run::Json& variables = told.at(kWays[w][0]).at("metrics").at(metric).at("variables");
      Eigen::VectorXd ranked = Eigen::VectorXd::Zero(truth.size());
      Eigen::Index j = 0;
      for (const auto& [name, variable] : variables.items()) ranked[j++] = variable.at(kWays[w][1]).get<double>();
      scores[w].add(ranked, truth);
    }
  }
  return scores;
}

void print(const std::string& name, const Scores& scores) {
  std::printf("%-22s", name.c_str());
  for (const Score& one : scores) std::printf("    %6.3f %5.0f %%", one.correlation(), 100 * one.top());
  std::printf("   %zu metrics\n", scores[0].tops.size());
  std::fflush(stdout);
}

bool compare(const BenchArguments& arguments) {
  Scores all;
  std::printf("%-22s %17s %17s %17s\n", "rank correlation, top", "sensitivity", "ARD tuning", "ARD survival");
  for (const std::string& name : selected_circuits(arguments)) {
    const problem::Problem problem = open_circuit(name);
    const run::RunFolder run = explained_run(problem, name, arguments, arguments.budget > 0 ? arguments.budget : 400);
    std::fprintf(stderr, "%s, brute force\n", name.c_str());
    const BruteForceSlopes brute =
        brute_force_slopes(problem, best_unit(problem, run), kReach, arguments.quick ? 220 : 2000, arguments.workers,
                           bench_folder(arguments) / (flat_name(name) + ".slopes.jsonl"));
    sensitivity::ExplainOptions options;
    options.simulate = false;
    const Scores scores = score(sensitivity::explain(run, {}, options), brute);
    print(name, scores);
    for (std::size_t w = 0; w < kWayCount; ++w) all[w].add(scores[w]);
  }
  print("all", all);
  const bool met = all[0].correlation() >= kLeastCorrelation && all[0].top() >= kLeastTop;
  std::printf("median rank correlation at least %.1f and first variable right in %.0f %%: %s\n", kLeastCorrelation,
              100 * kLeastTop, met ? "pass" : "MISSED");
  return met;
}

}  // namespace

int main(int count, char** words) {
  return run_bench(count, words, {"--rolling", "--methods", "--threads", "--seeds"}, compare);
}
