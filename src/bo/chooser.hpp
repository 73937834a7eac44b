// Chooses the next point from the models.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <vector>

#include "history.hpp"
#include "surrogate.hpp"
#include "trust_region.hpp"

namespace exturbo::bo {

/// Points in order of preference, the first the one to propose; the others serve where it was asked before.
using Preference = std::vector<Eigen::VectorXd>;

/// What a choice works on; all outlive the call.
struct ChoiceContext {
  const SurrogateSet& models;
  const Options& options;
  const Evaluation& incumbent;
  Box box;
  int id;  ///< Of the suggestion: names its random numbers.
};

/// Optimum of the posterior means in the box, constraints held with a margin of some posterior deviations.
Preference choose_posterior_optimum(const ChoiceContext& context);

/// Optimum of one joint Thompson sample over candidates in the box, refined along the sample's gradient.
Preference choose_thompson(const ChoiceContext& context, double temperature);

}  // namespace exturbo::bo
