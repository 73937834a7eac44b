// Each transistor of a circuit on its own, at its operating point: what tells capacitances that no model tells, such as
// those of BSIM3, or overlap and junctions together with the channel.
// SPDX-License-Identifier: BSD-3-Clause
//
// The cell loses everything but its transistors, whose terminals become nodes of their own with a source each. The
// devices share nothing, so that three AC analyses of one frequency give the admittances of all of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "circuit_elements.hpp"
#include "engine.hpp"
#include "exturbo/spice/deck.hpp"
#include "exturbo/spice/outcome.hpp"

namespace exturbo::spice {

/// The deck at a design with the transistors among `elements` isolated. `nodes` are the voltages of the operating
/// point; sources are named vt<i>d, vt<i>g, vt<i>s, vt<i>b, i the index of the element.
std::vector<std::string> isolated_deck(const DeckTemplate& deck, const std::map<std::string, double>& variables,
                                       const std::vector<CircuitElement>& elements,
                                       const std::map<std::string, double>& nodes);

/// What a transistor on its own tells.
struct LoneDevice {
  TerminalMatrix capacitances, conductances;
  double weak_gm_over_id = 0;  ///< See DeviceState.
};

/// By element name. Loads such a deck into the engine, runs it, and removes it. `weak_gates` are the gates' voltages
/// for weak_gm_over_id, by element name. Empty if ngspice refused the deck or an analysis failed; the engine tells why.
std::map<std::string, LoneDevice> lone_devices(Engine& engine, const std::vector<std::string>& deck,
                                               const std::vector<CircuitElement>& elements,
                                               const std::map<std::string, double>& weak_gates);

}  // namespace exturbo::spice
