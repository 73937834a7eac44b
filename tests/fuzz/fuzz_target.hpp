// What the fuzz targets share: their names, parts of an input, and claims.
// SPDX-License-Identifier: BSD-3-Clause
//
// A target is a function of an input that ends the process where a claim does not hold. libfuzzer_main.cpp gives it to
// libFuzzer, replay.cpp runs it on files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"

namespace exturbo::fuzz {

void description(const std::string& input);
void netlist(const std::string& input);
void problem(const std::string& input);
void run(const std::string& input);
void seeds(const std::string& input);

/// Ends the process where a claim does not hold: libFuzzer and ctest then have the input as a finding.
void claim(bool holds, const std::string& what);

/// Every fault tells what and where and what to do about it.
void claim_complete(const std::vector<core::Fault>& faults);

/// `count` parts of an input, divided by lines of "%%%"; absent ones are empty.
std::vector<std::string> parts_of(const std::string& input, std::size_t count);

}  // namespace exturbo::fuzz
