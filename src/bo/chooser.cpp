// Chooses the next point from the models: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "chooser.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "acquisition.hpp"
#include "candidates.hpp"
#include "constrained_search.hpp"
#include "grid_search.hpp"
#include "model_function.hpp"

namespace exturbo::bo {
namespace {

constexpr int kKept = 20;        // candidates kept in order of preference
constexpr double kMargin = 1.0;  // posterior deviations that a constraint is held with
constexpr int kMarginRounds = 2;
constexpr int kRelaxedEvaluations = 60;
constexpr double kLeastMargin = 3e-7;  // in model units: a constraint must be met, not nearly met

int candidate_count(const Options& options, Eigen::Index d) {
  return options.candidates > 0 ? options.candidates : static_cast<int>(std::min<Eigen::Index>(100 * d, 600));
}

/// Indices of the best rows of `values` (N x outputs), best first.
std::vector<int> best_rows(const Eigen::MatrixXd& values, int count) {
  std::vector<int> order(static_cast<std::size_t>(values.rows()));
  std::iota(order.begin(), order.end(), 0);
  const Eigen::VectorXd violations = values.rightCols(values.cols() - 1).cwiseMax(0.0).rowwise().sum();
  const auto before = [&](int a, int b) {
    if (violations[a] != violations[b]) return violations[a] < violations[b];
    return values(a, 0) != values(b, 0) ? values(a, 0) < values(b, 0) : a < b;
  };
  const auto kept = std::min<std::ptrdiff_t>(count, static_cast<std::ptrdiff_t>(order.size()));
  std::partial_sort(order.begin(), order.begin() + kept, order.end(), before);
  order.resize(static_cast<std::size_t>(kept));
  return order;
}

/// Refines `start` under the function: towards feasibility and, once a feasible point is known, towards the objective.
/// Before that the objective would only pull to where constraints are about to break.
Eigen::VectorXd refine(const ModelFunction& function, const Eigen::VectorXd& start, const Box& box,
                       bool feasible_known) {
  if (!feasible_known) return minimise_violation(function, start, box, 60);
  Eigen::VectorXd point = start;
  Eigen::VectorXd best;
  Eigen::VectorXd values;
  function.at(point, best, nullptr);
  if (modelled_violation(best) > kSlack) {
    const Eigen::VectorXd moved = minimise_violation(function, point, box, 60);
    function.at(moved, values, nullptr);
    if (ranks_before(values, best, kSlack)) {
      point = moved;
      best = values;
    }
  }
  const Eigen::VectorXd moved = minimise_objective(function, point, box, 75);
  function.at(moved, values, nullptr);
  return ranks_before(values, best, kSlack) ? moved : point;
}

Eigen::MatrixXd screened_points(const ChoiceContext& context) {
  core::RandomStream stream(context.options.rng_seed, static_cast<std::uint64_t>(context.id),
                            core::Purpose::kCandidates);
  const Eigen::Index d = context.incumbent.unit.size();
  Eigen::MatrixXd points =
      candidate_points(context.box, context.incumbent.unit, candidate_count(context.options, d), stream);
  round_to_grid(context.space, points);
  return points;
}

Preference in_order(const Eigen::MatrixXd& points, const std::vector<int>& order) {
  Preference preference;
  for (const int row : order) preference.push_back(points.col(row));
  return preference;
}

/// Candidates and the incumbent in the order of the modelled functions.
Preference screened(const ChoiceContext& context, const MeanFunction& means) {
  Eigen::MatrixXd points = screened_points(context);
  points.col(0) = context.incumbent.unit;
  return in_order(points, best_rows(means.evaluate(points, context.options.threads), kKept));
}

}  // namespace

Preference choose_feasibility(const ChoiceContext& context) {
  Preference preference = screened(context, MeanFunction(context.models));
  const Eigen::VectorXd first = preference.front();
  preference.insert(preference.begin(),
                    maximise_feasibility(context.models, context.box, first, context.incumbent.unit));
  return preference;
}

Preference choose_expected_improvement(const ChoiceContext& context) {
  Preference preference = screened(context, MeanFunction(context.models));
  const Eigen::VectorXd first = preference.front();
  const double best = context.models.outputs().front().process.mean_at(context.incumbent.unit, nullptr);
  preference.insert(preference.begin(),
                    maximise_expected_improvement(context.models, best, context.box, first, context.incumbent.unit));
  return preference;
}

PosteriorOptimum choose_posterior_optimum(const ChoiceContext& context) {
  MeanFunction means(context.models, context.optimism);
  Preference preference = screened(context, means);
  // From the best candidate, from the incumbent and, beyond the constraints, from the objective's own optimum: ends may
  // differ. The best of them is then moved by the margins.
  const bool feasible_known = Ranking::feasible(context.incumbent.outcome);
  std::vector<Eigen::VectorXd> starts{preference.front(), context.incumbent.unit};
  if (feasible_known && means.outputs() > 1)
    starts.push_back(minimise_relaxed(means, preference.front(), context.box, kRelaxedEvaluations));
  Eigen::VectorXd best, best_values, values;
  for (const Eigen::VectorXd& start : starts) {
    const Eigen::VectorXd found = refine(means, start, context.box, feasible_known);
    means.at(found, values, nullptr);
    if (best.size() > 0 && !ranks_before(values, best_values, kSlack)) continue;
    best = found;
    best_values = values;
  }
  // Margins belong to the point they lead to: a few rounds settle both.
  for (int round = 0; round < kMarginRounds; ++round) {
    means.set_margins(best, context.caution * kMargin, context.caution * kLeastMargin);
    best = refine(means, best, context.box, feasible_known);
  }
  const auto search = [&](const Eigen::VectorXd& start, const Box& box) {
    return refine(means, start, box, feasible_known);
  };
  preference.insert(preference.begin(), settle_on_grid(context.space, best, context.box, search));
  return {std::move(best), std::move(preference)};
}

Preference choose_thompson(const ChoiceContext& context, double temperature) {
  const Eigen::MatrixXd points = screened_points(context);
  const SampleFunction sample(context.models, context.options, static_cast<int>(points.rows()), context.id,
                              temperature);
  const Eigen::MatrixXd values = sample.evaluate(points, context.options.threads);
  return in_order(points, best_rows(values, kKept));
}

}  // namespace exturbo::bo
