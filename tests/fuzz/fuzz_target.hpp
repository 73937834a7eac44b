// What the fuzz targets share: their names, parts of an input, and claims.
// SPDX-License-Identifier: BSD-3-Clause
//
// A target is a function of an input that ends the process where a claim does not hold, and returns whether the input
// was accepted: without a fault. libfuzzer_main.cpp gives it to libFuzzer, replay.cpp runs it on files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "exturbo/circuit/description.hpp"
#include "exturbo/core/fault.hpp"

namespace exturbo::fuzz {

bool circuit(const std::string& input);
bool description(const std::string& input);
bool history(const std::string& input);
bool netlist(const std::string& input);
bool problem(const std::string& input);
bool report(const std::string& input);
bool run(const std::string& input);
bool seeds(const std::string& input);

/// Ends the process where a claim does not hold: libFuzzer and ctest then have the input as a finding.
void claim(bool holds, const std::string& what);

/// Every fault tells what and where and what to do about it.
void claim_complete(const std::vector<core::Fault>& faults);

/// SPICE text of a description, read back, is the same circuit.
void claim_spice_text(const circuit::CircuitDescription& description);

/// `count` parts of an input, divided by lines of "%%%"; absent ones are empty.
std::vector<std::string> parts_of(const std::string& input, std::size_t count);

}  // namespace exturbo::fuzz
