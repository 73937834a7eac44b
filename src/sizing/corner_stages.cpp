// Which corners a design is simulated on first: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "corner_stages.hpp"

#include <algorithm>
#include <limits>

#include "exturbo/sizing/cost.hpp"

namespace exturbo::sizing {
namespace {

struct WorstCorner {
  std::size_t corner = 0;
  double slack = -std::numeric_limits<double>::infinity();
};

/// The corner with the largest slack (the first of equals); a corner that gives no value is worse than any that does.
WorstCorner worst_corner(const problem::Problem& problem, const problem::Spec& spec,
                         const run::Evaluation& evaluation) {
  WorstCorner worst;
  for (std::size_t i = 0; i < evaluation.corners.size(); ++i) {
    const auto& metrics = evaluation.corners[i].metrics;
    const auto value = metrics.find(spec.metric);
    const double slack =
        value == metrics.end() ? std::numeric_limits<double>::infinity() : largest_slack(problem, spec, value->second);
    if (slack > worst.slack) worst = {i, slack};
  }
  return worst;
}

}  // namespace

std::vector<std::size_t> CornerStages::active(int slot, int last,
                                              const std::map<int, run::Evaluation>& evaluations) const {
  if (strategy_ == CornerStrategy::kAll || slot == 1) return all();
  std::vector<std::size_t> chosen{0};
  // The latest designs are the nearest to those to come; earlier ones fill what room they leave.
  for (int index = last; index >= 1 && chosen.size() < kMostActive; --index) {
    const run::Evaluation& evaluation = evaluations.at(index);
    if (evaluation.corners.size() != problem_->corners.size()) continue;
    std::vector<WorstCorner> worst;
    for (const problem::Spec& spec : problem_->specs) worst.push_back(worst_corner(*problem_, spec, evaluation));
    std::stable_sort(worst.begin(), worst.end(), [](const auto& a, const auto& b) { return a.slack > b.slack; });
    for (const WorstCorner& candidate : worst) {
      if (chosen.size() < kMostActive && std::find(chosen.begin(), chosen.end(), candidate.corner) == chosen.end())
        chosen.push_back(candidate.corner);
    }
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

std::vector<std::size_t> CornerStages::others(const std::vector<std::size_t>& active) const {
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < problem_->corners.size(); ++i) {
    if (std::find(active.begin(), active.end(), i) == active.end()) rest.push_back(i);
  }
  return rest;
}

bool CornerStages::must_go_on(const run::Evaluation& evaluation) const {
  // judge() gives 1 plus the violations, so exactly 1 where none is left.
  return !evaluation.failed() && !evaluation.feasible && evaluation.cost == 1 &&
         evaluation.corners.size() < problem_->corners.size();
}

spice::Outcome CornerStages::joined(const spice::Outcome& first, const std::vector<std::size_t>& active,
                                    const spice::Outcome& second) const {
  spice::Outcome both;
  both.worker = second.worker;
  both.attempts = std::max(first.attempts, second.attempts);
  both.seconds = first.seconds + second.seconds;
  both.corners.resize(problem_->corners.size());
  for (std::size_t i = 0; i < active.size(); ++i) both.corners[active[i]] = first.corners.at(i);
  const std::vector<std::size_t> rest = others(active);
  for (std::size_t i = 0; i < rest.size(); ++i) both.corners[rest[i]] = second.corners.at(i);
  return both;
}

bool CornerStages::agrees(const run::Evaluation& evaluation, const std::vector<std::size_t>& active) const {
  const auto same = [&](const std::vector<std::size_t>& corners) {
    return std::equal(corners.begin(), corners.end(), evaluation.corners.begin(), evaluation.corners.end(),
                      [&](std::size_t corner, const run::CornerRecord& record) {
                        return problem_->corners[corner].name == record.name;
                      });
  };
  return same(active) || same(all());
}

}  // namespace exturbo::sizing
