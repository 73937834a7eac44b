// What limits a design: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "limits.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "exturbo/sizing/cost.hpp"
#include "limit_search.hpp"
#include "local_models.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr int kBaseRounds = 30;  ///< Of two simulated proposals, at most: for the specs as they are,
constexpr int kRounds = 10;      ///< for each tightened one.
constexpr int kPasses = 4;       ///< Through all questions, at most.
constexpr std::size_t kMoves = 4;
constexpr double kLeastMove = 0.005;  ///< In the unit cube.

std::vector<Move> moves(const problem::Problem& problem, const Eigen::VectorXd& from, const Eigen::VectorXd& to) {
  const bo::SearchSpace space = sizing::search_space(problem);
  const std::vector<double> before = space.exact_values(to_vector(from)), after = space.exact_values(to_vector(to));
  std::vector<Eigen::Index> order(static_cast<std::size_t>(from.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  const Eigen::VectorXd sizes = (to - from).cwiseAbs();
  std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return sizes[a] > sizes[b]; });
  std::vector<Move> result;
  for (const Eigen::Index j : order) {
    if (result.size() == kMoves || sizes[j] < kLeastMove) break;
    const auto index = static_cast<std::size_t>(j);
    result.push_back({space.dimensions()[index].name, before[index], after[index]});
  }
  return result;
}

}  // namespace

double tightened_bound(const std::string& unit, double bound, bool lower) {
  double step = 0.1 * std::abs(bound);
  if (unit == "dB") step = 1;
  if (unit == "deg") step = 3;
  if (unit.starts_with("share")) step = 0.02;
  return lower ? bound + step : bound - step;
}

Limits find_limits(const problem::Problem& problem, const RunData& data, const DesignSlopes& slopes,
                   const Eigen::VectorXd& unit, sizing::DesignEvaluator& evaluator) {
  Limits limits;
  limits.objective = metric_value(slopes.design, problem.objective.metric);
  const int before = evaluator.evaluations();
  LocalModels models(problem, data, slopes, unit);
  if (models.of(problem.objective.metric).status() != FitStatus::kOk) return limits;
  LimitSearch search(problem, models, unit, slopes.design, evaluator);
  const std::vector<Bound> bounds = bounds_of(problem);
  std::vector<std::vector<Bound>> questions;
  for (std::size_t k = 0; k < bounds.size(); ++k) {
    const Bound& bound = bounds[k];
    if (bound.metric == problem.objective.metric) continue;
    const problem::Spec& spec = *problem.spec(bound.metric);
    ActiveSpec row;
    row.metric = bound.metric;
    row.lower = bound.lower;
    row.bound = bound.value;
    row.value = metric_value(slopes.design, bound.metric);
    row.margin = sizing::relative_margin(spec, row.value);
    row.tightened = tightened_bound(problem.metric(bound.metric)->unit, bound.value, bound.lower);
    if (bound.lower ? row.value >= row.tightened : row.value <= row.tightened) {
      if (std::find(limits.inactive.begin(), limits.inactive.end(), bound.metric) == limits.inactive.end())
        limits.inactive.push_back(bound.metric);
      continue;
    }
    std::vector<Bound> tight = bounds;
    tight[k].value = row.tightened;
    questions.push_back(std::move(tight));
    limits.active.push_back(std::move(row));
  }
  search.search(bounds, kBaseRounds);
  bool better = true;
  for (int pass = 0; pass < kPasses && better; ++pass) {
    better = false;
    for (const std::vector<Bound>& question : questions) better |= search.search(question, kRounds);
    better |= search.search(bounds, kBaseRounds);
  }
  const LimitSearch::Answer base = search.best(bounds);
  limits.predicted = base.predicted;
  limits.simulated = base.simulated;
  limits.predicted.change = limits.predicted.objective - limits.objective;
  limits.simulated.change = limits.simulated.objective - limits.objective;
  for (std::size_t k = 0; k < questions.size(); ++k) {
    ActiveSpec& row = limits.active[k];
    const LimitSearch::Answer answer = search.best(questions[k]);
    row.predicted = answer.predicted;
    row.simulated = answer.simulated;
    row.predicted.change = row.predicted.objective - base.predicted.objective;
    row.simulated.change = row.simulated.objective - base.simulated.objective;
    row.price = row.predicted.change / (row.tightened - row.bound);
    row.pays = moves(problem, base.unit, answer.unit);
  }
  limits.simulations = evaluator.evaluations() - before;
  return limits;
}

}  // namespace exturbo::sensitivity
