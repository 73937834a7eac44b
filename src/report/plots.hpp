// How a run went, drawn against the evaluation: cost J, the objective, the trust region. Static SVG in a `<figure>`.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "summary.hpp"

namespace exturbo::report {

/// J of every evaluation: failed ones as crosses in a lane of their own, infeasible ones as rings, feasible ones as
/// filled diamonds, the best so far as a stepped line; the line J = 1 and the first feasible evaluation are marked. A
/// sentence instead if there is no evaluation.
std::string convergence_plot(const Summary& summary);

/// The objective of the feasible evaluations and its best so far, with its spec's bound.
/// A sentence instead if there is no feasible evaluation.
std::string objective_plot(const Summary& summary);

/// Side of the trust region when each design of the model was proposed; a line where it was given up. "" for a run
/// whose journal does not say.
std::string region_plot(const Summary& summary);

}  // namespace exturbo::report
