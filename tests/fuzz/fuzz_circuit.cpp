// SPICE netlists as circuit descriptions: what has no fault is valid JSON and the same circuit again as SPICE.
// SPDX-License-Identifier: BSD-3-Clause
#include <sstream>

#include "exturbo/circuit/netlist.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "fuzz_target.hpp"
#include "support/same_circuit.hpp"

namespace exturbo::fuzz {

void claim_spice_text(const circuit::CircuitDescription& description) {
  const auto back = circuit::read_netlist(circuit::to_spice(description), "d.cir", "", nullptr);
  claim_complete(back.faults);
  for (const core::Fault& fault : back.faults) {
    // The program keeps some names for its own decks; more than 4096 components were none before.
    claim(fault.id == "SPI-046", "SPICE text is read back without " + to_string(fault));
  }
  if (back.faults.empty()) claim(test::same_circuit(description, back.description), "SPICE text is the same circuit");
}

bool circuit(const std::string& input) {
  std::vector<std::string> lines;
  std::istringstream stream(input);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  const auto [description, faults] = circuit::read_netlist(lines, "c.cir", "", nullptr);
  claim_complete(faults);
  if (!faults.empty()) return false;
  const std::string json = to_json(description, circuit::recognise(description));
  const auto read = circuit::read_circuit_description(json, "c.json");
  claim(read.faults.empty() && read.description == with_names(description), "a netlist is a valid description");
  claim_spice_text(description);
  return true;
}

}  // namespace exturbo::fuzz
