// Circuit descriptions: reading never throws, and what has no fault is read back equal.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/agents/circuit_description.hpp"
#include "fuzz_target.hpp"

using namespace exturbo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto read = agents::read_circuit_description(text, "d.json");
  fuzz::claim_complete(read.faults);
  if (!read.faults.empty()) return 0;
  const auto again = agents::read_circuit_description(to_json(read.description), "d.json");
  fuzz::claim(again.faults.empty() && again.description == read.description, "a description is read back equal");
  return 0;
}
