// Circuits as evaluators: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "circuit_evaluator.hpp"

#include "exturbo/sizing/cost.hpp"
#include "sizing/design_evaluator.hpp"

namespace exturbo::bench {
namespace {

sizing::Machine with_workers(int workers) {
  sizing::Machine machine;
  machine.workers = workers;
  return machine;
}

}  // namespace

CircuitEvaluator::CircuitEvaluator(const problem::Problem& problem, int workers)
    : problem_(problem),
      space_(sizing::search_space(problem)),
      scales_(static_cast<std::size_t>(sizing::constraint_count(problem)), 1.0),
      designs_(std::make_unique<sizing::DesignEvaluator>(problem, with_workers(workers), true)) {}

CircuitEvaluator::~CircuitEvaluator() = default;

std::vector<Measured> CircuitEvaluator::evaluate(const std::vector<std::vector<double>>& points) {
  std::vector<Measured> results;
  for (const run::Evaluation& evaluation : designs_->evaluate(points))
    results.push_back({sizing::to_outcome(problem_, evaluation), evaluation.feasible, evaluation.cost});
  return results;
}

}  // namespace exturbo::bench
