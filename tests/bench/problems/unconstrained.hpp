// Smooth and rugged functions without constraints, to be minimised, of any number of variables unless said.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/outcome.hpp"

namespace exturbo::bench {

/// Ackley 1987 (a = 20, b = 0.2, c = 2 pi): a cone of ripples; 0 at the origin.
double ackley_value(const std::vector<double>& x);
bo::Outcome ackley(const std::vector<double>& x);

/// Levy, as in Laguna & Marti 2005: 0 at (1, ..., 1).
bo::Outcome levy(const std::vector<double>& x);

/// Rastrigin 1974, in the form of Muehlenbein, Schomisch & Born 1991: a bowl with a lattice of basins; 0 at the origin.
double rastrigin_value(const std::vector<double>& x);
bo::Outcome rastrigin(const std::vector<double>& x);

/// Rosenbrock 1960, chained: a curved valley; 0 at (1, ..., 1).
bo::Outcome rosenbrock(const std::vector<double>& x);

/// Hartmann 1973 (Dixon & Szegoe 1978) of six variables in [0, 1]: -3.32237 at (0.20169, 0.150011, ...).
bo::Outcome hartmann6(const std::vector<double>& x);

}  // namespace exturbo::bench
