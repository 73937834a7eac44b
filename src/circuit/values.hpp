// Values of netlist parameters as a description holds them: numbers, or expressions in braces.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>

namespace exturbo::circuit {

/// Values of a cell's parameters inside one instance, by lower-case name.
using Scope = std::map<std::string, std::string>;

/// A number as written, else "{expression}" with the names of `scope` replaced by their values. "" for no value.
std::string value_text(const std::string& written, const Scope& scope);

/// "{(a)*(b)}", or the product of two numbers.
std::string product(const std::string& a, const std::string& b);

}  // namespace exturbo::circuit
