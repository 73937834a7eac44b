// A kind of circuit: its benches, metrics and default specs, filled in for one cell.
// SPDX-License-Identifier: BSD-3-Clause
//
// testbenches/<kind>/kind.json is a problem without its cell, with "pins" and a bench for "polarity"; `based_on` names
// a kind that it changes (a JSON merge patch, RFC 7396). Text in <..> is replaced: in JSON by the value of the
// expression of the numbers given here, in a bench by a text given here.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace exturbo::agents {

using Json = nlohmann::ordered_json;

/// Roles of the pins that a kind needs, and of those it knows besides.
std::vector<std::string> kind_pins(const std::string& kind);
std::vector<std::string> kind_optional_pins(const std::string& kind);

/// kind.json of a kind that exists, whole and with its numbers filled in; in it, "netlist" of a testbench is the name
/// of a template.
Json kind_json(const std::string& kind, const std::map<std::string, double>& values);

/// Text of a bench. A line that is nothing but a placeholder of an empty text is left out.
std::string bench_text(const std::string& name, const std::map<std::string, std::string>& texts);

}  // namespace exturbo::agents
