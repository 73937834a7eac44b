// What limits a design: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "limits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "bo/constrained_search.hpp"
#include "bo/trust_region.hpp"
#include "exturbo/sizing/cost.hpp"
#include "local_models.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr double kReach = 0.15;          ///< Half a side of the box the models are trusted in, at first.
constexpr double kLeastReach = 0.02;     ///< A search ends below it.
constexpr int kBaseRounds = 12;          ///< Proposals simulated at most: for the specs as they are,
constexpr int kRounds = 6;               ///< for each tightened one.
constexpr double kSettled = 1e-3;        ///< Gain in the objective below which another proposal is not worth it.
constexpr int kSearch = 1500;            ///< Evaluations of the models for each.
constexpr double kModelMiss = 1e-3;      ///< Largest modelled violation that still counts as met, in deviations.
constexpr double kSimulatedMiss = 2e-3;  ///< The same of a simulated design, relative to the bound.
constexpr std::size_t kMoves = 4;
constexpr double kLeastMove = 0.005;  ///< In the unit cube.

class Search {
 public:
  Search(const problem::Problem& problem, LocalModels& models, const Eigen::VectorXd& unit,
         const run::Evaluation& design, sizing::DesignEvaluator& evaluator)
      : problem_(problem), models_(models), space_(sizing::search_space(problem)), evaluator_(evaluator) {
    const double objective = metric_value(design, problem.objective.metric);
    tried_.push_back({unit, design, objective});
  }

  struct Answer {
    Eigen::VectorXd unit;           ///< Of the best simulated design.
    Proposal predicted, simulated;  ///< Without their changes.
  };

  /// Proposes and simulates designs for the bounds, each around the best so far; the box shrinks where a proposal is
  /// no better.
  void search(const std::vector<Bound>& bounds, int rounds) {
    double reach = kReach;
    for (int round = 0; round < rounds && reach >= kLeastReach; ++round) {
      const Answer before = best(bounds);
      auto [unit, predicted] = propose(bounds, before.unit, reach);
      const run::Evaluation made = evaluator_.evaluate({space_.exact_values(to_vector(unit))}).front();
      if (made.failed()) {
        reach /= 2;
        continue;
      }
      const Proposal simulated = judged(bounds, made);
      models_.append(unit, made);
      tried_.push_back({std::move(unit), made, predicted});
      if (!better(simulated, before.simulated)) {
        reach /= 2;
      } else if (before.simulated.met &&
                 before.simulated.objective - simulated.objective < kSettled * std::abs(before.simulated.objective)) {
        break;
      }
    }
  }

  /// The best for the bounds of all designs simulated so far, for whichever question.
  Answer best(const std::vector<Bound>& bounds) const {
    Answer answer;
    for (const Tried& tried : tried_) {
      Proposal simulated = judged(bounds, tried.made);
      if (answer.unit.size() > 0 && !better(simulated, answer.simulated)) continue;
      answer = {tried.unit, simulated, std::move(simulated)};
      answer.predicted.objective = tried.predicted;
    }
    return answer;
  }

 private:
  /// A simulated design, and the objective that the models predicted for it.
  struct Tried {
    Eigen::VectorXd unit;
    run::Evaluation made;
    double predicted = 0;
  };

  static bool better(const Proposal& a, const Proposal& b) {
    if (a.met != b.met) return a.met;
    if (!a.met && a.missed.size() != b.missed.size()) return a.missed.size() < b.missed.size();
    if (!a.met) return a.miss < b.miss;
    return a.objective < b.objective;
  }

  /// What the models propose around a design, and the objective they predict: the best of searches from there and from
  /// the run's design.
  std::pair<Eigen::VectorXd, double> propose(const std::vector<Bound>& bounds, const Eigen::VectorXd& centre,
                                             double reach) const {
    const BoundedObjective function(models_, problem_.objective.metric, bounds);
    const double tolerance = kModelMiss * static_cast<double>(bounds.size());
    Eigen::VectorXd best, best_values;
    for (const Eigen::VectorXd& start : {centre, tried_.front().unit}) {
      bo::Box box{(centre.array() - reach).cwiseMax(0.0), (centre.array() + reach).cwiseMin(1.0)};
      Eigen::VectorXd x = bo::minimise_objective(function, start, box, kSearch);
      if (hold_integers(x, box)) x = bo::minimise_objective(function, x, box, kSearch);
      Eigen::VectorXd values;
      function.at(x, values, nullptr);
      if (best.size() > 0 && !bo::ranks_before(values, best_values, tolerance)) continue;
      best = std::move(x);
      best_values = std::move(values);
    }
    const double predicted = models_.of(problem_.objective.metric).at(best, nullptr);
    return {std::move(best), predicted};
  }

  /// Integers to their nearest values, and the box shrunk to them. True if there are any.
  bool hold_integers(Eigen::VectorXd& x, bo::Box& box) const {
    const std::vector<double> rounded = space_.round_unit(to_vector(x));
    bool any = false;
    for (Eigen::Index j = 0; j < x.size(); ++j) {
      if (!space_.dimensions()[static_cast<std::size_t>(j)].integer) continue;
      x[j] = box.lower[j] = box.upper[j] = rounded[static_cast<std::size_t>(j)];
      any = true;
    }
    return any;
  }

  Proposal judged(const std::vector<Bound>& bounds, const run::Evaluation& made) const {
    Proposal proposal;
    proposal.objective = metric_value(made, problem_.objective.metric);
    proposal.variables = made.variables;
    for (const Bound& bound : bounds) {
      const double value = metric_value(made, bound.metric);
      const double miss =
          (bound.lower ? bound.value - value : value - bound.value) / std::max(std::abs(bound.value), 1e-30);
      if (miss <= kSimulatedMiss) continue;
      proposal.missed.push_back(bound.metric);
      proposal.miss += std::isfinite(miss) ? miss : 1;
    }
    proposal.met = proposal.missed.empty();
    return proposal;
  }

  const problem::Problem& problem_;
  LocalModels& models_;
  bo::SearchSpace space_;
  sizing::DesignEvaluator& evaluator_;
  std::vector<Tried> tried_;  ///< The run's design first.
};

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
  Search search(problem, models, unit, slopes.design, evaluator);
  const std::vector<Bound> bounds = bounds_of(problem);
  search.search(bounds, kBaseRounds);
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
    search.search(tight, kRounds);
    questions.push_back(std::move(tight));
    limits.active.push_back(std::move(row));
  }
  const Search::Answer base = search.best(bounds);
  limits.predicted = base.predicted;
  limits.simulated = base.simulated;
  limits.predicted.change = limits.predicted.objective - limits.objective;
  limits.simulated.change = limits.simulated.objective - limits.objective;
  for (std::size_t k = 0; k < questions.size(); ++k) {
    ActiveSpec& row = limits.active[k];
    const Search::Answer answer = search.best(questions[k]);
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
