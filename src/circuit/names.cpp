// Names for components that have none.
// SPDX-License-Identifier: BSD-3-Clause
#include <map>
#include <set>

#include "exturbo/circuit/description.hpp"
#include "exturbo/core/text.hpp"

namespace exturbo::circuit {
namespace {

/// First letter of such an element in SPICE; X where SPICE has none.
char letter_of(const std::string& type) {
  static const std::map<std::string, char> kLetters{
      {"NMOS", 'M'}, {"PMOS", 'M'}, {"NPN", 'Q'}, {"PNP", 'Q'},     {"Diode", 'D'},
      {"Res", 'R'},  {"Cap", 'C'},  {"Ind", 'L'}, {"Current", 'I'}, {"Voltage", 'V'},
  };
  const auto found = kLetters.find(type);
  return found == kLetters.end() ? 'X' : found->second;
}

}  // namespace

CircuitDescription with_names(CircuitDescription description) {
  std::set<std::string> taken;
  for (const Component& component : description.components) taken.insert(core::lower_case(component.name));
  std::map<char, int> last;
  for (Component& component : description.components) {
    const char letter = letter_of(component.type);
    while (component.name.empty()) {
      const std::string name = letter + std::to_string(++last[letter]);
      if (taken.insert(core::lower_case(name)).second) component.name = name;
    }
  }
  return description;
}

}  // namespace exturbo::circuit
