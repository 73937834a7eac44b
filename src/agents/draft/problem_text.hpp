// How a problem is written down for people to edit.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace exturbo::agents {

/// The value as a problem may give it, on six significant digits: a plain number from 0.01 to 1000, else with a suffix.
nlohmann::ordered_json spice_number(double value);

/// The text of a problem: what fits on a line stands on one.
std::string problem_text(const nlohmann::ordered_json& problem);

}  // namespace exturbo::agents
