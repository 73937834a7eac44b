// Circuit descriptions: reading never throws, and what has no fault is read back equal, as JSON and as SPICE.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/circuit/recognition.hpp"
#include "fuzz_target.hpp"

namespace exturbo::fuzz {

bool description(const std::string& input) {
  const auto read = circuit::read_circuit_description(input, "d.json");
  claim_complete(read.faults);
  if (!read.faults.empty()) return false;
  const auto again = circuit::read_circuit_description(to_json(read.description), "d.json");
  claim(again.faults.empty() && again.description == read.description, "a description is read back equal");
  recognise(read.description);
  claim_spice_text(read.description);
  return true;
}

}  // namespace exturbo::fuzz
