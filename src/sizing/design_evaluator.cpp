// Simulates and judges designs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "design_evaluator.hpp"

#include <chrono>
#include <numeric>
#include <utility>

#include "exturbo/sizing/cost.hpp"
#include "result.hpp"

namespace exturbo::sizing {

DesignEvaluator::DesignEvaluator(const problem::Problem& problem, const Machine& machine, bool early_stop)
    : problem_(problem), evaluator_(make_evaluator(problem, machine, early_stop)) {}

std::vector<run::Evaluation> DesignEvaluator::evaluate(const std::vector<std::vector<double>>& designs) {
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::size_t> corners(problem_.corners.size());
  std::iota(corners.begin(), corners.end(), std::size_t{0});
  std::vector<run::Evaluation> evaluations(designs.size());
  for (std::size_t i = 0; i < designs.size(); ++i) {
    evaluations[i].variables = problem::complete_variables(problem_, designs[i]);
    spice::Request request{i, evaluations[i].variables, corners, {}};
    request.devices = false;
    evaluator_->submit(std::move(request));
  }
  while (evaluator_->pending() > 0) {
    const auto finished = evaluator_->wait_any(std::chrono::milliseconds(1000));
    if (!finished) continue;
    run::Evaluation& evaluation = evaluations[finished->id];
    record_outcome(problem_, corners, finished->outcome, evaluation);
    judge(problem_, evaluation);
  }
  evaluations_ += static_cast<int>(designs.size());
  seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return evaluations;
}

}  // namespace exturbo::sizing
