// Elements of a testbench: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "circuit_elements.hpp"

#include <utility>

namespace exturbo::spice {
namespace {

std::size_t node_count(char letter) {
  switch (letter) {
    case 'm':
    case 'e':
    case 'g':
      return 4;
    case 'q':
      return 3;
    case 'r':
    case 'c':
    case 'l':
    case 'v':
    case 'i':
    case 'd':
      return 2;
    default:
      return 0;
  }
}

class ElementCollector {
 public:
  ElementCollector(const problem::Problem& problem, const std::map<std::string, std::string>& inner)
      : inner_(inner), cells_(subcircuits(problem.netlist_lines)) {}

  /// A subcircuit's body, or the testbench's lines outside subcircuits.
  struct Place {
    std::string cell, name_prefix, path;
    std::map<std::string, std::string> ports;  ///< Port -> node outside.
  };

  void collect(const std::vector<Statement>& body, const Place& place, int depth) {
    for (const Statement& statement : body) {
      if (elements_.size() > kMaxElements || depth > kMaxNesting) return;
      std::vector<std::string> parts = words(statement.text);
      if (parts.empty() || parts[0][0] < 'a' || parts[0][0] > 'z') continue;  // a control line, or no element
      const std::string written = statement.text.substr(0, statement.text.find_first_of(" \t"));
      if (parts[0][0] == 'x') {
        read_instance(parts, written, place, depth);
      } else {
        add(parts, written, parts[0][0], "", place);
      }
    }
  }
  std::vector<CircuitElement> result() { return std::move(elements_); }

 private:
  void read_instance(const std::vector<std::string>& parts, const std::string& written, const Place& place, int depth) {
    const std::string target = instantiated(parts);
    const auto cell = cells_.find(target);
    if (cell == cells_.end()) {
      const auto device = inner_.find(target);
      return add(parts, written, device == inner_.end() ? 'x' : 'm', device == inner_.end() ? "" : device->second,
                 place);
    }
    Place below{target, place.cell.empty() ? "" : place.name_prefix + written + ".", place.path + parts[0] + ".", {}};
    for (std::size_t i = 0; i < cell->second.ports.size() && i + 1 < parts.size(); ++i)
      below.ports[cell->second.ports[i]] = node(parts[i + 1], place);
    collect(cell->second.body, below, depth + 1);
  }

  void add(const std::vector<std::string>& parts, const std::string& written, char letter, const std::string& inner,
           const Place& place) {
    CircuitElement element;
    element.name = place.name_prefix + written;
    element.letter = letter;
    element.line = place.path + parts[0];
    const std::string path = element.line + (inner.empty() ? "" : "." + inner);
    element.device = path.find('.') == std::string::npos ? path : std::string(1, letter) + "." + path;
    element.cell = place.cell;
    const std::size_t count = node_count(letter);
    for (std::size_t i = 1; i <= count && i < parts.size(); ++i) element.nodes.push_back(node(parts[i], place));
    elements_.push_back(std::move(element));
  }

  static std::string node(const std::string& name, const Place& place) {
    if (name == "0" || name == "gnd") return "0";
    const auto port = place.ports.find(name);
    return port != place.ports.end() ? port->second : place.path + name;
  }

  const std::map<std::string, std::string>& inner_;
  std::map<std::string, Subcircuit> cells_;
  std::vector<CircuitElement> elements_;
};

}  // namespace

std::vector<CircuitElement> circuit_elements(const problem::Problem& problem, const problem::Testbench& testbench,
                                             const std::map<std::string, std::string>& inner) {
  ElementCollector collector(problem, inner);
  collector.collect(statements(testbench.lines), {"", testbench.name + ".", "", {}}, 0);
  return collector.result();
}

}  // namespace exturbo::spice
