// Variables in words: a size with its unit, and where in its range it lies.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>

#include "exturbo/problem/problem.hpp"
#include "problem/variable_uses.hpp"

namespace exturbo::report {

/// What the cell's netlist makes of each variable.
std::map<std::string, problem::VariableUses> uses_of_variables(const problem::Problem& problem);

/// A size with its unit; without one, as a plain number where that is readable, else with a SPICE suffix.
std::string size_text(double value, const std::string& unit);

/// Where in its range a value of a free variable lies, 0 to 1 inside it, on the variable's own scale.
double range_position(const problem::Variable& variable, double value);

/// The variable of this name, or nullptr.
const problem::Variable* find_variable(const problem::Problem& problem, const std::string& name);

}  // namespace exturbo::report
