// Composes complete ngspice decks from a problem's netlists, cards and values.
// SPDX-License-Identifier: BSD-3-Clause
//
// A deck is: title, options, temperature, `.param` of parameters and variables, the corner's model cards, the cell, the
// testbench, `.end`. MOS lines of the cell that give W and none of AD, AS, PD, PS, M are split into fingers of at most
// `finger_width` and get the junction areas of the process, so that every node of a bandwidth is loaded as drawn.
// Pure functions, linear in the length of the netlists.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"

namespace exturbo::spice {

/// A deck but for the values that change between evaluations.
struct DeckTemplate {
  std::vector<std::string> before;  ///< Title, options, temperature, parameters.
  std::vector<std::string> after;   ///< Cards, cell, testbench.
};

/// The deck of a testbench under a corner. `derived_cards` sets rbodymod = rgatemod = 0 on cards that have them: about
/// three times faster, gain within 0.01 dB, unity-gain frequency within 0.1 %. `monte_carlo` adds the variates of
/// monte_carlo.hpp, whose values then belong to the variables.
DeckTemplate compose_deck(const problem::Problem& problem, const problem::Testbench& testbench,
                          const problem::Corner& corner, bool derived_cards = false, bool monte_carlo = false);

/// The finished deck, a line each, title first, `.end` last. `nodeset` are node voltages (lower-case names) from which
/// Newton's method starts.
std::vector<std::string> deck_lines(const DeckTemplate& deck, const std::map<std::string, double>& variables,
                                    const std::map<std::string, double>& nodeset = {});

/// Text of a deck that plain `ngspice -b` runs from any folder: the sized cell in its open-loop bench with the AC
/// analysis of `analysis` (100 points a decade at least) and `.meas` lines for dc_gain, unity_gain_frequency and
/// phase_margin. The testbench is the one that measures dc_gain, else the first with an AC analysis.
std::string sized_deck(const problem::Problem& problem, const problem::Corner& corner,
                       const std::map<std::string, double>& variables);

/// Text of `.param` lines, one per variable, with the exact values.
std::string param_lines(const std::map<std::string, double>& variables);

/// Parameters of a corner: the problem's, overridden by the corner's.
std::map<std::string, double> corner_parameters(const problem::Problem& problem, const problem::Corner& corner);

/// Names of the `.meas` lines of a netlist with the kind of analysis each reads ("ac", "dc", "tran", "noise", "op").
std::map<std::string, std::string> meas_names(const std::vector<std::string>& lines);

}  // namespace exturbo::spice
