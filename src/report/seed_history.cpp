// The seeds of a run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "seed_history.hpp"

#include <algorithm>
#include <cmath>

#include "exturbo/core/fault.hpp"
#include "variable_text.hpp"

namespace exturbo::report {
namespace {

constexpr double kSame = 1e-6;  ///< Of the range, where there is no grid.

void add_seeds(const run::RunFolder& run, const problem::Problem& problem, const std::string& name, bool ranked,
               std::vector<ProposedSeed>& seeds) {
  if (!run.has(name)) return;
  problem::SeedsResult read = problem::load_seeds(run.path() / name, problem);
  if (!read.faults.empty()) throw core::InputError(std::move(read.faults));
  for (problem::Seed& seed : read.seeds) seeds.push_back({std::move(seed), ranked, 0});
}

double middle(const problem::Variable& variable) {
  return variable.scale == problem::Scale::kLog ? std::sqrt(variable.min * variable.max)
                                                : (variable.min + variable.max) / 2;
}

/// Whether the design is what filling, clipping and rounding make of the seed.
bool comes_from(const problem::Problem& problem, const run::Evaluation& evaluation, const problem::Seed& seed) {
  for (const problem::Variable* variable : problem.free_variables()) {
    const auto given = seed.variables.find(variable->name);
    const double meant =
        given == seed.variables.end() ? middle(*variable) : std::clamp(given->second, variable->min, variable->max);
    const auto value = evaluation.variables.find(variable->name);
    const double step = std::max(variable->integer ? 1 : variable->grid, kSame * (variable->max - variable->min));
    if (value == evaluation.variables.end() || std::abs(meant - value->second) > step) return false;
  }
  return true;
}

}  // namespace

std::vector<ProposedSeed> read_seeds(const run::RunFolder& run, const problem::Problem& problem,
                                     const std::vector<run::Evaluation>& evaluations) {
  std::vector<ProposedSeed> seeds;
  add_seeds(run, problem, "seeds.json", true, seeds);
  add_seeds(run, problem, "seeds-unused.json", false, seeds);
  for (const run::Evaluation& evaluation : evaluations) {
    if (evaluation.origin != "seed") continue;
    const auto waiting = [](const ProposedSeed& proposed) { return proposed.ranked && proposed.evaluation == 0; };
    // Those equal after rounding are simulated once: the order alone does not tell which one it was.
    const auto own = std::find_if(seeds.begin(), seeds.end(), [&](const ProposedSeed& proposed) {
      return waiting(proposed) && comes_from(problem, evaluation, proposed.seed);
    });
    if (own != seeds.end()) own->evaluation = evaluation.index;
  }
  return seeds;
}

double range_distance(const problem::Problem& problem, const std::map<std::string, double>& a,
                      const std::map<std::string, double>& b) {
  double sum = 0;
  int count = 0;
  for (const auto& [name, value] : a) {
    const problem::Variable* variable = find_variable(problem, name);
    const auto other = b.find(name);
    if (variable == nullptr || !variable->is_free() || other == b.end()) continue;
    const double step = range_position(*variable, std::clamp(value, variable->min, variable->max)) -
                        range_position(*variable, other->second);
    sum += step * step;
    ++count;
  }
  return count == 0 ? 0 : std::sqrt(sum / count);
}

}  // namespace exturbo::report
