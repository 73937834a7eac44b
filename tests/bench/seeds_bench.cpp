// What seeds are worth: evaluations to the first feasible design from the designer's seeds, from bad seeds, and cold.
// SPDX-License-Identifier: BSD-3-Clause
//
// seeds_bench [--quick] [--seeds N=10] [--budget N=200] [--workers N=2] [--problems a,b] [--out FILE.jsonl]
// Each run is `exturbo size --stop-at-feasible` with the problem's defaults. "designer": its seeds, made anew for each
// problem; its own evaluations up to its first feasible design are told beside. "random": ten designs drawn uniformly
// in the unit cube; "hostile": ten at corners of the box. FILE keeps each trial as a line as soon as it is done, and
// what is there is not run again. --quick: miller/ptm90, two rng seeds. Ends with 1 if a goal is missed: designer at
// most a third of cold on every problem (medians), 10 or fewer on six of nine, a seed within 20 % of all specs on six
// of nine, random and hostile at most 1.10 times cold (geometric means).
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "bench_arguments.hpp"
#include "circuit_problems.hpp"
#include "exturbo/agents/designer.hpp"
#include "exturbo/sizing/cost.hpp"
#include "exturbo/sizing/simulate.hpp"
#include "exturbo/sizing/size.hpp"
#include "quartiles.hpp"
#include "run_store.hpp"
#include "sizing_trial.hpp"

namespace {

using namespace exturbo;
using namespace exturbo::bench;

constexpr int kBadSeeds = 10;
constexpr double kShareOfCold = 1.0 / 3;
constexpr double kFew = 10;
constexpr double kNear = 0.2;  ///< Violation of a spec, relative.
constexpr double kMostHarm = 1.10;
constexpr double kTwoSigmas = 1.96;  ///< Of a 95 % interval.

std::vector<problem::Seed> bad_seeds(const problem::Problem& problem, bool corners, std::uint64_t rng_seed) {
  const bo::SearchSpace space = sizing::search_space(problem);
  const auto variables = problem.free_variables();
  std::vector<problem::Seed> seeds;
  for (int k = 0; k < kBadSeeds; ++k) {
    core::RandomStream stream(rng_seed, static_cast<std::uint64_t>(k), core::Purpose::kTest);
    std::vector<double> unit;
    for (std::size_t j = 0; j < variables.size(); ++j) {
      const double u = stream.uniform();
      unit.push_back(corners ? std::round(u) : u);
    }
    const std::vector<double> values = space.to_values(unit);
    problem::Seed seed;
    seed.agent = corners ? "hostile" : "random";
    seed.confidence = 1;
    for (std::size_t j = 0; j < variables.size(); ++j) seed.variables[variables[j]->name] = values[j];
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

/// Largest relative violation of a spec by the best seed; 0: it meets all.
double best_violation(const problem::Problem& problem, const std::vector<problem::Seed>& seeds) {
  double best = 1;
  for (const problem::Seed& seed : seeds) {
    const run::Json result = sizing::simulate(problem, seed.variables);
    double worst = 0;
    for (const problem::Spec& spec : problem.specs) {
      const run::Json& metrics = result.at("best").at("metrics");
      const auto found = metrics.find(spec.metric);
      const bool known = found != metrics.end() && found->is_number();
      const double value = known ? found->get<double>() : 0;
      worst = std::max(worst, sizing::violation(spec, known ? &value : nullptr));
    }
    best = std::min(best, worst);
  }
  return best;
}

struct Tally {
  int problems = 0, third = 0, few = 0, near = 0;
  std::vector<double> random, hostile;  ///< ln of evaluations over cold, per problem and rng seed.
};

class Bench {
 public:
  explicit Bench(const BenchArguments& arguments)
      : arguments_(arguments),
        store_(arguments.out),
        seeds_(arguments.seeds > 0 ? arguments.seeds
               : arguments.quick   ? 2
                                   : 10),
        budget_(arguments.budget > 0 ? arguments.budget : 200) {}

  void run(const std::string& name, Tally& tally) {
    const problem::Problem problem = open_circuit(name);
    std::fprintf(stderr, "%s, designer\n", name.c_str());
    const agents::DesignerResult designed = agents::design_seeds(problem);
    const double nearest = best_violation(problem, designed.seeds);
    const std::vector<double> cold = firsts(problem, name, "cold");
    const std::vector<double> warm = firsts(problem, name, "designer", &designed.seeds);
    const std::vector<double> random = firsts(problem, name, "random");
    const std::vector<double> hostile = firsts(problem, name, "hostile");
    std::printf("%-22s %6.1f %9.1f %9d %11.0f %% %8.1f %8.1f\n", name.c_str(), median(cold), median(warm),
                designed.first_feasible, 100 * nearest, median(random), median(hostile));
    std::fflush(stdout);
    ++tally.problems;
    tally.third += median(warm) <= kShareOfCold * median(cold);
    tally.few += median(warm) <= kFew;
    tally.near += nearest <= kNear;
    for (std::size_t s = 0; s < cold.size(); ++s) {
      tally.random.push_back(std::log(random[s] / cold[s]));
      tally.hostile.push_back(std::log(hostile[s] / cold[s]));
    }
  }

 private:
  std::vector<double> firsts(const problem::Problem& problem, const std::string& name, const std::string& method,
                             const std::vector<problem::Seed>* seeds = nullptr) {
    std::vector<double> result;
    for (int s = 1; s <= seeds_; ++s) {
      const TrialKey key{name, method, static_cast<std::uint64_t>(s), budget_, problem.batch};
      const TrialRecord record = store_.get(key, [&] {
        std::fprintf(stderr, "%s, %s, rng seed %d\n", name.c_str(), method.c_str(), s);
        sizing::SizeOptions options;
        options.budget = budget_;
        options.rng_seed = key.rng_seed;
        options.stop_at_feasible = true;
        if (seeds != nullptr) options.seeds = *seeds;
        if (method == "random" || method == "hostile")
          options.seeds = bad_seeds(problem, method == "hostile", key.rng_seed);
        return run_sizing(problem, options, arguments_.workers);
      });
      // A run that found nothing needs more than its budget.
      result.push_back(std::min(record.first(), static_cast<double>(budget_)));
    }
    return result;
  }

  const BenchArguments& arguments_;
  RunStore store_;
  int seeds_;
  int budget_;
};

/// Geometric mean of the ratios with its 95 % interval; true if it is at most kMostHarm.
bool print_harm(const char* name, const std::vector<double>& logs) {
  double mean = 0, squares = 0;
  for (const double x : logs) mean += x / static_cast<double>(logs.size());
  for (const double x : logs) squares += (x - mean) * (x - mean);
  const auto n = static_cast<double>(logs.size());
  const double error = n > 1 ? std::sqrt(squares / (n - 1) / n) : 0;
  const bool met = std::exp(mean) <= kMostHarm;
  std::printf("%s seeds: geometric mean of evaluations over cold %.3f [%.3f %.3f] over %zu pairs: %s\n", name,
              std::exp(mean), std::exp(mean - kTwoSigmas * error), std::exp(mean + kTwoSigmas * error), logs.size(),
              met ? "pass" : "MISSED");
  return met;
}

bool compare(const BenchArguments& arguments) {
  Bench bench(arguments);
  Tally tally;
  std::printf("%-22s %6s %9s %9s %13s %8s %8s\n", "first feasible", "cold", "designer", "(its own)", "best misses by",
              "random", "hostile");
  for (const std::string& name : selected_circuits(arguments)) bench.run(name, tally);
  const int most = std::min(6, tally.problems);
  const auto verdict = [](bool met) { return met ? "pass" : "MISSED"; };
  std::printf(
      "designer at most a third of cold: %d of %d %s; at most %.0f evaluations: %d %s; a seed within 20 %%: %d %s\n",
      tally.third, tally.problems, verdict(tally.third == tally.problems), kFew, tally.few, verdict(tally.few >= most),
      tally.near, verdict(tally.near >= most));
  const bool random = print_harm("random", tally.random);
  const bool hostile = print_harm("hostile", tally.hostile);
  return tally.third == tally.problems && tally.few >= most && tally.near >= most && random && hostile;
}

}  // namespace

int main(int count, char** words) { return run_bench(count, words, {"--rolling", "--methods", "--threads"}, compare); }
