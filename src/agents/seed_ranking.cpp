// Collaborative warm start: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/agents/seed_ranking.hpp"

#include <algorithm>
#include <numeric>

#include "exturbo/sizing/cost.hpp"
#include "seed_confidence.hpp"
#include "sizing/design_evaluator.hpp"

namespace exturbo::agents {
namespace {

bool is_complete(const problem::Seed& seed, const std::vector<const problem::Variable*>& variables) {
  return std::all_of(variables.begin(), variables.end(),
                     [&](const problem::Variable* variable) { return seed.variables.contains(variable->name); });
}

std::vector<double> completed(const problem::Seed& seed, const std::vector<const problem::Variable*>& variables,
                              std::vector<double> base) {
  for (std::size_t j = 0; j < variables.size(); ++j) {
    const auto given = seed.variables.find(variables[j]->name);
    if (given != seed.variables.end()) base[j] = given->second;
  }
  return base;
}

}  // namespace

RankedSeeds rank_seeds(const problem::Problem& problem, std::vector<problem::Seed> seeds,
                       const sizing::Machine& machine) {
  std::stable_sort(seeds.begin(), seeds.end(),
                   [](const problem::Seed& a, const problem::Seed& b) { return a.confidence > b.confidence; });
  if (seeds.size() > kMostRanked) seeds.resize(kMostRanked);
  const bo::SearchSpace space = sizing::search_space(problem);
  const auto variables = problem.free_variables();
  std::vector<double> base = problem::middle_values(problem);
  const auto complete =
      std::find_if(seeds.begin(), seeds.end(), [&](const problem::Seed& seed) { return is_complete(seed, variables); });
  if (complete != seeds.end()) base = completed(*complete, variables, base);

  RankedSeeds ranked;
  std::vector<std::vector<double>> designs;
  std::vector<problem::Seed> kept;
  for (const problem::Seed& seed : seeds) {
    std::vector<double> values = space.round_values(completed(seed, variables, base));
    if (std::find(designs.begin(), designs.end(), values) != designs.end()) {
      ++ranked.repeats;
      continue;
    }
    kept.push_back(seed);
    for (std::size_t j = 0; j < variables.size(); ++j) kept.back().variables[variables[j]->name] = values[j];
    designs.push_back(std::move(values));
  }
  sizing::DesignEvaluator evaluator(problem, machine);
  const std::vector<run::Evaluation> evaluations = evaluator.evaluate(designs);
  ranked.evaluations = evaluator.evaluations();
  std::vector<std::size_t> order(kept.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return evaluations[a].cost < evaluations[b].cost; });
  for (const std::size_t i : order) {
    ranked.seeds.push_back(kept[i]);
    ranked.seeds.back().confidence = confidence_of(evaluations[i]);
    ranked.costs.push_back(evaluations[i].cost);
  }
  return ranked;
}

}  // namespace exturbo::agents
