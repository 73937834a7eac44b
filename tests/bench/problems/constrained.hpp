// Functions with constraints <= 0 that published Bayesian optimisers are compared on, as BoTorch 0.9.5 defines them.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/outcome.hpp"

namespace exturbo::bench {

/// Ackley with bounded sum and norm of x (Eriksson & Poloczek 2021).
bo::Outcome constrained_ackley(const std::vector<double>& x);

/// Pressure vessel (Sandgren 1990; bounds of Coello & Montes 2002); two variables are rounded in the objective alone.
bo::Outcome pressure_vessel(const std::vector<double>& x);

/// Welded beam (Ragsdell & Phillips 1976), with 36 times the textbook's buckling load.
bo::Outcome welded_beam(const std::vector<double>& x);

/// Speed reducer (Golinski 1970; Lemonge, Barbosa, Borges & Silva 2010).
bo::Outcome speed_reducer(const std::vector<double>& x);

}  // namespace exturbo::bench
