// The optimiser of a run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "run_optimizer.hpp"

#include <cmath>
#include <cstdio>
#include <limits>
#include <map>
#include <utility>

#include "exturbo/core/fault.hpp"
#include "exturbo/sizing/cost.hpp"

namespace exturbo::sizing {
namespace {

constexpr int kHistorySeeds = 3;
constexpr double kHistorySeedsApart = 0.05;  ///< In some variable, of its range.
// A person who is surer of a seed goes first, and so do all of some confidence before a design that misses specs.
constexpr double kConfidence = 0.95;
constexpr double kConfidenceInfeasible = 0.5;

run::Evaluation as_evaluation(const run::PriorEvaluation& prior) {
  run::Evaluation evaluation;
  evaluation.status = prior.status;
  evaluation.metrics = prior.metrics;
  return evaluation;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

}  // namespace

bo::Optimizer make_optimizer(const problem::Problem& problem, const run::Json& manifest,
                             const std::vector<run::PriorEvaluation>& history) {
  bo::Options options;
  options.rng_seed = manifest.at("rng_seed").get<std::uint64_t>();
  options.batch = manifest.at("batch").get<int>();
  options.compute.device = gp::device(manifest.value("device", "cpu"));  // runs of earlier versions have none
  options.max_model_points = manifest.value("model_points", options.max_model_points);
  options.initial_length = manifest.value("trust_region", options.initial_length);
  const std::string& unit = problem.metric(problem.objective.metric)->unit;
  // Powers, noise and times span decades over the box and are positive wherever the circuit works.
  if (unit == "W" || unit == "A" || unit == "s" || unit == "V/sqrt(Hz)")
    options.objective_hint.transform = bo::Transform::kLog;
  bo::OutputHint natural;
  natural.scale = 1;  // to_outcome() states slacks in natural units.
  options.constraint_hints.assign(static_cast<std::size_t>(constraint_count(problem)), natural);
  bo::Optimizer optimizer(search_space(problem), constraint_count(problem), options);
  std::vector<bo::PriorEvaluation> prior;
  prior.reserve(history.size());
  for (const run::PriorEvaluation& each : history) {
    if (static_cast<int>(each.values.size()) != optimizer.space().size()) {
      throw core::InputError(
          {{"RUN-009", "history.jsonl", "evaluation " + std::to_string(each.index) + " of " + each.run,
            "has not one value for each free variable", "restore the file, or start a new run"}});
    }
    prior.push_back({each.values, to_outcome(problem, as_evaluation(each))});
  }
  optimizer.learn(prior);
  std::vector<std::vector<double>> seeds;
  for (const run::Json& point : manifest.value("seed_points", run::Json::array())) {
    std::vector<double> values;
    for (const run::Json& value : point)
      values.push_back(value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>());
    seeds.push_back(std::move(values));
  }
  optimizer.suggest(seeds);
  return optimizer;
}

std::vector<problem::Seed> history_seeds(const problem::Problem& problem, const bo::Optimizer& optimizer,
                                         const std::vector<run::PriorEvaluation>& history) {
  std::map<std::vector<double>, const run::PriorEvaluation*> by_values;
  for (const run::PriorEvaluation& prior : history)
    by_values.emplace(optimizer.space().round_values(prior.values), &prior);
  std::vector<problem::Seed> seeds;
  for (const std::vector<double>& values : optimizer.best_learned(kHistorySeeds, kHistorySeedsApart)) {
    const run::PriorEvaluation& prior = *by_values.at(values);
    const run::Evaluation evaluation = as_evaluation(prior);
    const std::vector<std::string> violated = violated_specs(problem, evaluation);
    const auto objective = evaluation.metrics.find(problem.objective.metric);
    problem::Seed seed;
    seed.agent = "history";
    seed.role = prior.run;
    for (std::size_t i = 0; i < values.size(); ++i) seed.variables[problem.free_variables()[i]->name] = values[i];
    seed.reason = "evaluation " + std::to_string(prior.index) + " of " + prior.run;
    if (objective != evaluation.metrics.end())
      seed.reason += ": " + objective->first + " = " + number(objective->second);
    seed.reason += violated.empty() ? ", met all specs there" : ", missed there:";
    for (std::size_t i = 0; i < violated.size(); ++i) seed.reason += (i == 0 ? " " : ", ") + violated[i];
    seed.confidence = violated.empty() ? kConfidence : kConfidenceInfeasible;
    seeds.push_back(std::move(seed));
  }
  return seeds;
}

}  // namespace exturbo::sizing
