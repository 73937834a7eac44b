// Chooses the next point from the models.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <vector>

#include "exturbo/bo/search_space.hpp"
#include "history.hpp"
#include "surrogate.hpp"
#include "trust_region.hpp"

namespace exturbo::bo {

/// Points in order of preference, the first the one to propose; the others serve where it was asked before.
using Preference = std::vector<Eigen::VectorXd>;

/// What a choice works on; all outlive the call.
struct ChoiceContext {
  const SurrogateSet& models;
  const SearchSpace& space;
  const Options& options;
  const Evaluation& incumbent;
  Box box;
  int id;           ///< Of the suggestion: names its random numbers.
  double optimism;  ///< Posterior deviations by which the objective is lowered, >= 0.
  double caution;   ///< Factor on the margins of the posterior optimum, >= 1.
};

struct PosteriorOptimum {
  Eigen::VectorXd optimum;  ///< Whatever the grid.
  Preference preference;    ///< The first is the optimum on the grid (settle_on_grid()).
};

/// Optimum of the posterior means (the objective's lowered by `optimism`) in the box, found along their gradients;
/// constraints are held with a margin of some posterior deviations.
PosteriorOptimum choose_posterior_optimum(const ChoiceContext& context);

/// The most probable feasible point of the box.
Preference choose_feasibility(const ChoiceContext& context);

/// Log expected improvement on the incumbent (which is feasible) plus log probability of feasibility.
Preference choose_expected_improvement(const ChoiceContext& context);

/// Candidates in the box in the order that one joint sample of all posteriors ranks them; `temperature` 1 is Thompson
/// sampling, less stays closer to the posterior means.
Preference choose_thompson(const ChoiceContext& context, double temperature);

}  // namespace exturbo::bo
