// What limits a design: the active specs, and what tightening each would cost, predicted by local models and simulated.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "design_slopes.hpp"
#include "exturbo/problem/problem.hpp"
#include "run_data.hpp"
#include "sizing/design_evaluator.hpp"

namespace exturbo::sensitivity {

/// A design that local models proposed. Changes are against the best design found at the specs as they are.
struct Proposal {
  bool met = false;      ///< All specs, when it was simulated.
  double miss = 0;       ///< Sum of the violations, relative to their bounds.
  double objective = 0;  ///< NaN where it was not measured.
  double change = 0;
  std::map<std::string, double> variables;
  std::vector<std::string> missed;  ///< Specs.
};

struct Move {
  std::string variable;
  double from = 0, to = 0;
};

/// One bound of a spec that the design would miss if it were tightened by a usual step.
struct ActiveSpec {
  std::string metric;
  bool lower = true;  ///< The bound is a minimum.
  double bound = 0;
  double value = 0;
  double margin = 0;       ///< Relative, as sizing::relative_margin.
  double tightened = 0;    ///< The bound asked about.
  Proposal predicted;      ///< Of that design, by the models before it was simulated.
  Proposal simulated;      ///< The best that was simulated for this bound.
  double price = 0;        ///< Predicted change of the objective over the change of the bound.
  std::vector<Move> pays;  ///< Largest moves (in the unit cube) from the optimum at the specs as they are; at most 4.
};

struct Limits {
  double objective = 0;           ///< Of the design.
  Proposal predicted, simulated;  ///< The best design at the specs as they are; its changes are against the run's.
  std::vector<ActiveSpec> active;
  std::vector<std::string> inactive;  ///< Metrics whose specs hold with more than the step to spare.
  int simulations = 0;
};

/// The bound tightened by the usual step: dB by 1, degrees by 3, shares by 0.02,
/// others by 10 %.
double tightened_bound(const std::string& unit, double bound, bool lower);

/// Models of the objective and every metric with a spec, of the evaluations nearest the design and the simulations
/// around it, propose designs, which are simulated and taken into them (limit_search.hpp). All questions are gone
/// through, that of the specs as they are and one for each tightened bound, until none gains. Each is answered by the
/// best of all designs simulated for any of them. Sizes are free of the grid, integers are not. `design` must meet all
/// specs.
Limits find_limits(const problem::Problem& problem, const RunData& data, const DesignSlopes& slopes,
                   const Eigen::VectorXd& unit, sizing::DesignEvaluator& evaluator);

}  // namespace exturbo::sensitivity
