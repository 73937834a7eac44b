// Designs that hold given bounds: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "limit_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "bo/constrained_search.hpp"
#include "bo/grid_search.hpp"
#include "bo/trust_region.hpp"
#include "exturbo/sizing/cost.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr double kWide = 0.15;        ///< Half a side of the box in which another place is looked for;
constexpr double kNear = 0.05;        ///< of the one in which a design is improved, at first:
constexpr double kLeastNear = 0.005;  ///< below it is left,
constexpr double kGrowth = 2;         ///< it grows by this where the models held good
constexpr double kShrink = 1.0 / 3;   ///< and shrinks by this where they did not.
constexpr double kGood = 0.75;        ///< The models held good: share of the predicted gain in merit.
constexpr double kPoor = 0.25;        ///< They did not.
constexpr double kPenalty = 4;        ///< Of a relative violation, in the merit: price of one share of a bound.
constexpr double kSettled = 5e-4;     ///< A search ends where the models see less to gain in merit.
constexpr int kSearch = 200;          ///< Evaluations of the models for each proposal.
constexpr double kGained = 2e-3;      ///< A search that lowers merit by no more gained nothing.

/// Integers stay: a price is one of sizes that can follow a bound as closely as it asks.
bo::SearchSpace without_grid(const bo::SearchSpace& space) {
  std::vector<bo::Dimension> dimensions = space.dimensions();
  for (bo::Dimension& dimension : dimensions) dimension.grid = 0;
  return bo::SearchSpace(std::move(dimensions));
}

/// Relative to the bound, at most 1; 1 for a value that is none, 0 where the bound holds.
double missed_by(const Bound& bound, double value) {
  if (std::isnan(value)) return 1;
  const double miss = bound.lower ? bound.value - value : value - bound.value;
  return std::clamp(miss / std::max(std::abs(bound.value), 1e-30), 0.0, 1.0);
}

bool better(const Proposal& a, const Proposal& b) {
  if (a.met != b.met) return a.met;
  return a.met ? a.objective < b.objective : a.miss < b.miss;
}

}  // namespace

LimitSearch::LimitSearch(const problem::Problem& problem, LocalModels& models, const Eigen::VectorXd& unit,
                         const run::Evaluation& design, sizing::DesignEvaluator& evaluator)
    : problem_(problem), models_(models), space_(without_grid(sizing::search_space(problem))), evaluator_(evaluator) {
  tried_.push_back({unit, design, metric_value(design, problem.objective.metric)});
}

bool LimitSearch::search(const std::vector<Bound>& bounds, int rounds) {
  const double begin = least_merit(bounds).second;
  double near = kNear;
  for (int round = 0; round < rounds; ++round) {
    const auto [centre, before] = least_merit(bounds);
    const bool met = best(bounds).simulated.met;
    std::vector<Eigen::VectorXd> proposals = propose(bounds, centre, {kWide, near});
    const double wide_gain = before - predicted_merit(bounds, proposals[0]);
    const double near_gain = before - predicted_merit(bounds, proposals[1]);
    const bool try_wide = wide_gain >= kSettled;
    const bool try_near = near >= kLeastNear && (near_gain >= kSettled || !met);
    if (!try_near) proposals.pop_back();
    if (!try_wide) proposals.erase(proposals.begin());
    if (proposals.empty()) break;
    const std::vector<double> merits = simulate(bounds, proposals);
    if (try_near) {
      const double gain = before - merits.back();
      if (gain >= kGood * near_gain) {
        near = std::min(kGrowth * near, kWide);
      } else if (!(gain >= kPoor * near_gain)) {
        near *= kShrink;
      }
    }
    if (try_wide && before - merits.front() > kGained) near = std::max(near, kNear);
  }
  return begin - least_merit(bounds).second > kGained;
}

LimitSearch::Answer LimitSearch::best(const std::vector<Bound>& bounds) const {
  Answer answer;
  for (const Tried& tried : tried_) {
    Proposal simulated = judged(bounds, tried.made);
    if (answer.unit.size() > 0 && !better(simulated, answer.simulated)) continue;
    answer = {tried.unit, simulated, std::move(simulated)};
    answer.predicted.objective = tried.predicted;
  }
  return answer;
}

std::vector<Eigen::VectorXd> LimitSearch::propose(const std::vector<Bound>& bounds, const Eigen::VectorXd& centre,
                                                  const std::vector<double>& reaches) const {
  const BoundedObjective function(models_, problem_.objective.metric, bounds);
  const auto search = [&](const Eigen::VectorXd& start, const bo::Box& box) {
    return bo::minimise_objective(function, start, box, kSearch);
  };
  std::vector<Eigen::VectorXd> proposals(reaches.size());
#pragma omp parallel for schedule(dynamic, 1)
  for (std::size_t k = 0; k < reaches.size(); ++k) {
    const bo::Box box{(centre.array() - reaches[k]).cwiseMax(0.0), (centre.array() + reaches[k]).cwiseMin(1.0)};
    proposals[k] = bo::settle_on_grid(space_, search(centre, box), box, search);
  }
  return proposals;
}

std::vector<double> LimitSearch::simulate(const std::vector<Bound>& bounds,
                                          const std::vector<Eigen::VectorXd>& proposals) {
  std::vector<std::vector<double>> designs;
  std::vector<double> predicted;
  for (const Eigen::VectorXd& unit : proposals) {
    designs.push_back(space_.to_values(to_vector(unit)));
    predicted.push_back(models_.of(problem_.objective.metric).at(unit, nullptr));
  }
  std::vector<double> merits(proposals.size(), std::numeric_limits<double>::infinity());
  std::vector<run::Evaluation> made = evaluator_.evaluate(designs);
  for (std::size_t k = 0; k < made.size(); ++k) {
    if (made[k].failed()) continue;
    merits[k] = merit(judged(bounds, made[k]));
    models_.append(proposals[k], made[k]);
    tried_.push_back({proposals[k], std::move(made[k]), predicted[k]});
  }
  return merits;
}

Proposal LimitSearch::judged(const std::vector<Bound>& bounds, const run::Evaluation& made) const {
  Proposal proposal;
  proposal.objective = metric_value(made, problem_.objective.metric);
  proposal.variables = made.variables;
  for (const Bound& bound : bounds) {
    const double miss = missed_by(bound, metric_value(made, bound.metric));
    if (miss == 0) continue;
    proposal.missed.push_back(bound.metric);
    proposal.miss += miss;
  }
  proposal.met = proposal.missed.empty();
  return proposal;
}

double LimitSearch::merit(const Proposal& proposal) const {
  const double scale = std::abs(metric_value(tried_.front().made, problem_.objective.metric));
  return proposal.objective / std::max(scale, 1e-300) + kPenalty * proposal.miss;
}

double LimitSearch::predicted_merit(const std::vector<Bound>& bounds, const Eigen::VectorXd& unit) const {
  Proposal proposal;
  proposal.objective = models_.of(problem_.objective.metric).at(unit, nullptr);
  for (const Bound& bound : bounds) {
    const OutputModel& model = models_.of(bound.metric);
    if (model.status() == FitStatus::kOk) proposal.miss += missed_by(bound, model.at(unit, nullptr));
  }
  return merit(proposal);
}

std::pair<Eigen::VectorXd, double> LimitSearch::least_merit(const std::vector<Bound>& bounds) const {
  std::pair<Eigen::VectorXd, double> least{tried_.front().unit, std::numeric_limits<double>::infinity()};
  for (const Tried& tried : tried_) {
    const double value = merit(judged(bounds, tried.made));
    if (value < least.second) least = {tried.unit, value};
  }
  return least;
}

}  // namespace exturbo::sensitivity
