// Corners by rule: what a temperature, a process corner and a share of the supply make of a problem's parameters.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"

namespace exturbo::problem {

/// Name of the parameter that holds the supply voltage.
inline constexpr const char* kSupplyParameter = "vdd";

/// Values of all parameters when those of `changes` have other values: parameters that are expressions follow, unless
/// they are among the changes. \throws ExpressionError if an expression cannot be evaluated.
std::map<std::string, double> evaluate_parameters(const Problem& problem, const std::map<std::string, double>& changes);

/// A corner whose supply is `supply` times the problem's, if it has one. Named after what it is: "ss_-40C_1.14V".
/// \throws ExpressionError.
Corner make_corner(const Problem& problem, const std::string& process, double temperature, double supply = 1,
                   const std::map<std::string, double>& changes = {});

/// The nominal corner: the first one listed.
const Corner& nominal_corner(const Problem& problem);

/// The nominal corner, then every corner of the process at -40, 27 and 125 degrees Celsius and 0.95 and 1.05 of the
/// supply (the supply as it is where the problem has no parameter for it). \throws ExpressionError.
std::vector<Corner> corner_grid(const Problem& problem);

}  // namespace exturbo::problem
