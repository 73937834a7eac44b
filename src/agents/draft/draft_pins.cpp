// Pins of a cell: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_pins.hpp"

#include <algorithm>
#include <regex>

#include "exturbo/agents/problem_draft.hpp"
#include "exturbo/core/text.hpp"
#include "spice/fault_hints.hpp"

namespace exturbo::agents {
namespace {

constexpr std::size_t kLongestName = 64;  ///< That is looked at: the regular expressions recurse over it.

/// Names of ports by role; the first that fits counts. Supplies are known to module circuit.
const std::vector<std::pair<std::string, std::regex>>& usual_names() {
  static const std::vector<std::pair<std::string, std::regex>> names = [] {
    const auto is = [](const char* pattern) { return std::regex(pattern, std::regex::ECMAScript); };
    return std::vector<std::pair<std::string, std::regex>>{
        {"out", is("v?o(ut(put)?)?|vout[sp]?|outp?")},
        {"outp", is("v?o(ut(put)?)?_?(p(lus|os)?|\\+)")},
        {"outn", is("v?o(ut(put)?)?_?(n(eg)?|m(inus)?|-)")},
        {"ocm", is("v?o?cm(o|_?out|_?ref)?|v?(ref_?cm|outcm|out_cm)")},
        {"inp", is("v?(in?_?|input_?)(p(lus|os)?|\\+)|v(p|\\+)|v?non_?inv(erting)?|plus|p_?in|\\+")},
        {"inn", is("v?(in?_?|input_?)(n(eg)?|m(inus)?|-)|v(n|m|-)|v?inv(erting)?|minus|n_?in|m_?in|-")},
        {"in", is("v?in(put)?")},
    };
  }();
  return names;
}

}  // namespace

std::string DraftPins::port(const std::string& role) const {
  for (const auto& [port, of] : roles) {
    if (of == role) return port;
  }
  return "";
}

void DraftPins::swap(const std::string& one, const std::string& other) {
  std::swap(roles.at(port(one)), roles.at(port(other)));
}

DraftPins name_pins(const DraftCell& cell, const std::map<std::string, std::string>& given,
                    const std::vector<std::string>& needed, const std::vector<std::string>& optional,
                    std::vector<core::Fault>& faults) {
  DraftPins pins;
  std::vector<std::string> known = needed;
  known.insert(known.end(), optional.begin(), optional.end());
  for (const auto& [role, port] : given) {
    if (std::find(known.begin(), known.end(), role) == known.end()) {
      faults.push_back({"INI-004", "command line", "--pins", "this kind of circuit has no pin '" + role + "'",
                        spice::did_you_mean(role, known, "its pins: " + spice::join(known))});
    } else if (std::find(cell.ports.begin(), cell.ports.end(), port) == cell.ports.end()) {
      faults.push_back({"INI-005", "command line", "--pins", "the cell has no port '" + port + "'",
                        spice::did_you_mean(port, cell.ports, "its ports: " + spice::join(cell.ports))});
    } else if (!pins.roles.emplace(port, role).second) {
      faults.push_back({"INI-006", "command line", "--pins", "the port '" + port + "' is given twice",
                        "give each pin a port of its own"});
    }
  }
  for (const auto& [role, pattern] : usual_names()) {
    if (given.contains(role) || std::find(known.begin(), known.end(), role) == known.end()) continue;
    for (const std::string& port : cell.ports) {
      if (pins.roles.contains(port) || port.size() > kLongestName || !std::regex_match(port, pattern)) continue;
      pins.roles.emplace(port, role);
      break;
    }
  }
  pins.inputs_by_name = !pins.port("inp").empty() && !pins.port("inn").empty();
  pins.outputs_by_name = !pins.port("outp").empty() && !pins.port("outn").empty();
  return pins;
}

std::map<std::string, std::string> read_pins(const std::string& text, std::vector<core::Fault>& faults) {
  std::map<std::string, std::string> pins;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string part = core::lower_case(text.substr(begin, end - begin));
    begin = end + 1;
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == part.size()) {
      faults.push_back({"INI-007", "command line", "--pins", "'" + part + "' is no ROLE=PORT",
                        "write inp=PORT,inn=PORT,out=PORT,vdd=PORT,vss=PORT"});
    } else if (!pins.emplace(part.substr(0, equals), part.substr(equals + 1)).second) {
      faults.push_back({"INI-007", "command line", "--pins", "'" + part.substr(0, equals) + "' is given twice",
                        "give each pin once"});
    }
  }
  return pins;
}

}  // namespace exturbo::agents
