// Functions with constraints <= 0 that no default of the optimiser was chosen on.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

#include "exturbo/bo/outcome.hpp"

namespace exturbo::bench {

/// Tension/compression spring (Arora 1989; Coello & Montes 2002): wire, coil, number of coils; 0.012665.
bo::Outcome spring(const std::vector<double>& x);

/// Townsend's function inside a heart-like curve (Townsend 2014, Chebfun): -2.023988.
bo::Outcome townsend(const std::vector<double>& x);

/// Gas transmission compressor (Beightler & Phillips 1976): 2964895.4.
bo::Outcome gas_transmission(const std::vector<double>& x);

/// Heat exchanger (Avriel & Williams 1971; Hock & Schittkowski 1981, no. 106): six constraints, three of them always
/// active, in a feasible set of a ten-thousandth of the box; 7049.248.
bo::Outcome heat_exchanger(const std::vector<double>& x);

/// Process synthesis (Yuan et al. 1988; Floudas 1995): three real variables and four of 0 or 1; 4.579582.
bo::Outcome process_synthesis(const std::vector<double>& x);

}  // namespace exturbo::bench
