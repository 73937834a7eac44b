// SPICE netlists to circuit descriptions and back.
// SPDX-License-Identifier: BSD-3-Clause
//
// Reading flattens subcircuits ("XB.M3", net "XB.n1") and puts the values of an instance into the expressions of its
// cell. A netlist is data: nothing is run, no other file is read, at most 4096 components come out. Dot lines that
// describe no circuit (analyses, options, measures) are passed over.
//
// An element that a description has no component for is a fault, with two conventions for ideal parts: linear E and G
// sources are amplifiers, and an instance of a subcircuit that is not defined and bears the name of a component type
// (`X1 inp inn out Diso_amp`, nodes in the order of component_types()) is that component. The controlling nodes of an S
// switch are lost, as the form has no place for them. In SPICE text, transistors whose body is not drawn get the body
// at their supply, and a structured comment, `*.NOBODY M1 M2`, that the reader knows; `*.SUPPLY Vdd net` is a supply
// symbol. Reading what to_spice() writes thus gives the same components on the same partition of nets. Nets may be
// renamed: SPICE has no upper and lower case, and fewer characters.
#pragma once

#include <string>
#include <vector>

#include "exturbo/circuit/description.hpp"
#include "exturbo/problem/process.hpp"

namespace exturbo::circuit {

/// Reads a SPICE netlist. `cell` names the .subckt, case-blind; "": the top level if it has transistors, else the only
/// subcircuit or the only one that no other instantiates, else the top level. Polarity of a transistor: from the .model
/// card in the netlist, then from `process` (null: none), then from the name ("nch", "pfet", "n18"); what remains
/// unknown is a fault. Widths and lengths are in metres also where the process takes micrometres. The type is
/// recognised. All faults of the netlist are told at once, `file` is what they name; never throws for bad input.
CircuitDescriptionResult read_netlist(const std::vector<std::string>& lines, const std::string& file,
                                      const std::string& cell, const problem::Process* process);

/// SPICE text of a description: a .subckt with its ports, those of the description or else the nets that lead out by
/// their connections. Ideal amplifiers and switches are subcircuit calls whose bodies are not there; values that are
/// not known become expressions ({r1}) of the component's name; sizes of transistors that are not known are left out.
std::vector<std::string> to_spice(const CircuitDescription& description);

}  // namespace exturbo::circuit
