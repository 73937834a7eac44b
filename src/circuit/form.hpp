// What names and values a description may hold.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace exturbo::circuit {

/// Schematics name nets with + - ! $ \ and ', so that anything printable of at most 64 characters is a net.
bool is_net(const std::string& text);

/// Letters, digits, _ and dots, which lead through subcircuits ("XB.M3"); a letter first, at most 64.
bool is_instance_name(const std::string& text);

/// As is_instance_name(), without dots.
bool is_parameter_name(const std::string& text);

/// "{w1/2}", at most 200 characters: the braces alone make it an expression; what is in them is for the one who
/// evaluates it.
bool is_expression(const std::string& text);

}  // namespace exturbo::circuit
