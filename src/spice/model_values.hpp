// Values on model cards that are not numbers.
// SPDX-License-Identifier: BSD-3-Clause
//
// ngspice refuses an expression that gives no number wherever it stands, but for model cards: there it takes 0 for it
// and says nothing.
#pragma once

#include <string>
#include <vector>

namespace exturbo::spice {

/// True if a .model line of the deck, its continuations included, holds an expression.
bool has_model_expression(const std::vector<std::string>& deck);

/// The first assignment of nan or inf ("vto=-nan") on an expanded, lower-case line of a deck if it is a .model line,
/// else "".
std::string assignment_without_number(const std::string& line);

}  // namespace exturbo::spice
