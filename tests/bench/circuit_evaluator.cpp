// Circuits as evaluators: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "circuit_evaluator.hpp"

#include <numeric>

#include "exturbo/sizing/cost.hpp"
#include "sizing/pool_options.hpp"
#include "sizing/result.hpp"

namespace exturbo::bench {
namespace {

spice::PoolOptions options_of(int workers) {
  sizing::Machine machine;
  machine.workers = workers;
  spice::PoolOptions options = sizing::pool_options(machine);
  options.early_stop = true;
  return options;
}

}  // namespace

CircuitEvaluator::CircuitEvaluator(const problem::Problem& problem, int workers)
    : problem_(problem),
      space_(sizing::search_space(problem)),
      scales_(static_cast<std::size_t>(sizing::constraint_count(problem)), 1.0),
      pool_(problem, options_of(workers)) {}

std::vector<Measured> CircuitEvaluator::evaluate(const std::vector<std::vector<double>>& points) {
  std::vector<std::size_t> corners(problem_.corners.size());
  std::iota(corners.begin(), corners.end(), std::size_t{0});
  for (std::size_t i = 0; i < points.size(); ++i) {
    spice::Request request{i, problem::complete_variables(problem_, points[i]), corners, {}};
    request.devices = false;
    pool_.submit(std::move(request));
  }
  std::vector<Measured> results(points.size());
  for (std::size_t done = 0; done < points.size();) {
    const auto finished = pool_.wait_any(std::chrono::milliseconds(1000));
    if (!finished) continue;
    ++done;
    run::Evaluation evaluation;
    sizing::record_outcome(problem_, corners, finished->outcome, evaluation);
    sizing::judge(problem_, evaluation);
    results[finished->id] = {sizing::to_outcome(problem_, evaluation), evaluation.feasible, evaluation.cost};
  }
  return results;
}

}  // namespace exturbo::bench
