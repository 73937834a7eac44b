// Monte Carlo: local mismatch by the area law (Pelgrom et al., JSSC 1989) and global variation, as variables of a deck.
// SPDX-License-Identifier: BSD-3-Clause
//
// A Monte Carlo deck is the ordinary one with parameters that are standard-normal numbers, the variates: a sample is a
// request with more variables. Each transistor of the cell whose card has a mismatch gets two, for its threshold (a
// source in series with the gate, which every model takes) and its current factor (through M); each card that the
// process varies gets one, which moves the parameters of the card between its fast and its slow corner. A subcircuit
// transistor of a library counts as a transistor: its source lies before its second node, the gate.
// sigma of one device is that of a pair's difference over sqrt(2), so that a pair shows a_vt / sqrt(W L).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"

namespace exturbo::spice {

/// Instance names ("M1", "XB.M3") of the transistors that get mismatch, in the order of the netlist: those with W and L
/// on their line and a mismatch of their card or device. The k-th (from 1) has the variates mc_vt_k and mc_beta_k.
std::vector<std::string> monte_carlo_devices(const problem::Problem& problem);

/// Instance names of the transistors that get none.
std::vector<std::string> matched_devices(const problem::Problem& problem);

/// Names of all variates: one per varied card (mc_card_<name>), two per device.
std::vector<std::string> monte_carlo_variates(const problem::Problem& problem);

/// Values of all variates of sample `sample`: a function of its arguments alone. A positive mc_vt is a larger threshold
/// magnitude, a positive mc_card a faster device.
std::map<std::string, double> monte_carlo_sample(const problem::Problem& problem, std::uint64_t rng_seed,
                                                 std::uint32_t sample);

/// All variates zero: the design without variation.
std::map<std::string, double> monte_carlo_nominal(const problem::Problem& problem);

}  // namespace exturbo::spice
