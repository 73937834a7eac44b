// Functions without constraints that no default of the optimiser was chosen on.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <vector>

#include "exturbo/bo/outcome.hpp"

namespace exturbo::bench {

/// Ackley and Rastrigin of x - o turned by an orthogonal matrix (Suganthan et al. 2005, CEC special session); 0 at o.
bo::Outcome turned_ackley(const std::vector<double>& x);
bo::Outcome turned_rastrigin(const std::vector<double>& x);
/// The place o of both: uniform in [-3, 3]^d, the same numbers in every run.
std::vector<double> turned_optimum(std::size_t d);

/// Griewank 1981: a wide bowl with shallow ripples; 0 at the origin.
bo::Outcome griewank(const std::vector<double>& x);

/// Styblinski & Tang 1990: 2^d basins; -39.16617 d at (-2.903534, ...).
bo::Outcome styblinski_tang(const std::vector<double>& x);

/// Hartmann-6 of every third of at least 18 variables; the others do nothing (the test of Wang et al. 2013, REMBO).
bo::Outcome sparse_hartmann6(const std::vector<double>& x);

/// Gear train (Sandgren 1990): four numbers of teeth whose ratio shall be 1/6.931; 2.700857e-12 at (16, 19, 43, 49).
bo::Outcome gear_train(const std::vector<double>& x);

}  // namespace exturbo::bench
