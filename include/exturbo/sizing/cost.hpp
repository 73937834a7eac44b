// How a measured design stands against its specs: violations, cost J, worst corner, and what the optimiser is told.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exturbo/bo/optimizer.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/run/evaluation.hpp"

namespace exturbo::sizing {

/// |metric - bound| / max(|bound|, scale), at most 1; 0 where the spec is met; 1 where `value` is null (not
/// measurable).
double violation(const problem::Spec& spec, const double* value);

/// Signed distance to the nearer bound over max(|bound|, 1e-30): positive where the spec is met. For reports.
double relative_margin(const problem::Spec& spec, double value);

/// Sets metrics (worst corner), unmeasured, feasible and cost of an evaluation from its status and corners.
/// Worst: the smallest value for a metric with a lower bound, the largest for one with an upper bound or the objective,
/// the first corner's for the others; where a spec has both bounds, the value with the larger violation.
/// J: 1 + sum of violations while any spec is violated; 1 + number of specs for a failed evaluation; else
/// clip(f / f_ref, 1e-6, 1). An evaluation that lacks corners of the problem is never feasible: where it violates
/// nothing its J is 1.
void judge(const problem::Problem& problem, run::Evaluation& evaluation);

/// Specs that the evaluation does not meet, by metric id; all of them for a failed one.
std::vector<std::string> violated_specs(const problem::Problem& problem, const run::Evaluation& evaluation);

/// Number of constraints the optimiser sees: one per bound of each spec.
int constraint_count(const problem::Problem& problem);

/// The larger of a spec's slacks (see to_outcome) at `value`.
double largest_slack(const problem::Problem& problem, const problem::Spec& spec, double value);

/// True for units whose values are compared by factors: Hz, V/s, W, A, s, V/sqrt(Hz).
bool is_ratio(const std::string& unit);

/// What the optimiser is told: the objective, and per bound a slack (<= 0: met) in natural units of the metric: 10 dB,
/// 20 degrees, a tenth of a share, a factor e for frequencies, slew rates, powers and noise; the bound itself for
/// others.
bo::Outcome to_outcome(const problem::Problem& problem, const run::Evaluation& evaluation);

/// The optimiser's view of the variables: the free ones, in order.
bo::SearchSpace search_space(const problem::Problem& problem);

}  // namespace exturbo::sizing
