// Whether two descriptions are one circuit: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "support/same_circuit.hpp"

#include <algorithm>
#include <map>

namespace exturbo::test {
namespace {

using circuit::Component;

/// Types, ports and nets, these as numbers in the order of their first appearance.
std::vector<std::string> shape_of(std::vector<Component> components) {
  std::stable_partition(components.begin(), components.end(),
                        [](const Component& component) { return component.type != "Vdd" && component.type != "Gnd"; });
  std::map<std::string, std::size_t> numbers;
  std::vector<std::string> result;
  for (const Component& component : components) {
    std::string shape = component.type;
    for (const auto& [port, net] : component.ports)
      shape += " " + port + "=" + std::to_string(numbers.try_emplace(net, numbers.size()).first->second);
    result.push_back(std::move(shape));
  }
  return result;
}

}  // namespace

bool same_circuit(const circuit::CircuitDescription& one, const circuit::CircuitDescription& other) {
  return shape_of(one.components) == shape_of(other.components);
}

}  // namespace exturbo::test
