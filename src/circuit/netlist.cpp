// SPICE netlists as circuit descriptions: see netlist.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/circuit/netlist.hpp"

#include <set>

#include "element.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "form.hpp"
#include "spice/netlist_text.hpp"

namespace exturbo::circuit {
namespace {

using core::lower_case;
using spice::Statement;

constexpr std::size_t kMaxComponents = 4096;

/// Dot lines that describe the circuit; all others are passed over.
bool describes(const std::string& command) {
  static const std::set<std::string> kCommands{".subckt", ".ends", ".model", ".param", ".global"};
  return kCommands.contains(command);
}

/// The lines with those emptied that describe nothing, continuations included, so that line numbers stay.
std::vector<std::string> describing(const std::vector<std::string>& lines) {
  std::vector<std::string> result = spice::without_control(lines);
  bool skipped = false;
  for (std::string& line : result) {
    const std::size_t start = line.find_first_not_of(" \t\r\n");
    if (start == std::string::npos || line[start] == '*') continue;
    if (line[start] != '+') {
      const std::vector<std::string> words = spice::words(line.substr(start));
      skipped = line[start] == '.' && !words.empty() && !describes(words[0]);
      if (skipped && words[0] == ".end") {
        // SPICE reads nothing behind it.
        for (auto rest = &line; rest != result.data() + result.size(); ++rest) rest->clear();
        break;
      }
    }
    if (skipped) line.clear();
  }
  return result;
}

struct Cell {
  std::string name;  ///< As written.
  std::vector<std::string> ports;
  Scope defaults;
  std::vector<Statement> body;
  bool is_instantiated = false;  ///< By another cell.
  int line = 0;                  ///< Of its .subckt.
};

/// The lines of a netlist by cell, and what holds for all cells.
struct Netlist {
  std::map<std::string, Cell> cells;  ///< By lower-case name.
  Cell top;
  Cards cards;
  std::set<std::string> globals{"0"};  ///< Lower case.
  std::set<std::string> nobody;        ///< Names of elements whose body is not drawn, lower case.
  std::vector<Component> supplies;     ///< From *.SUPPLY lines.
};

Cell cell_of(const std::vector<std::string>& words) {
  Cell cell{words[1], {}, {}, {}};
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    if (equals != std::string::npos) {
      cell.defaults[lower_case(words[i].substr(0, equals))] = value_text(words[i].substr(equals + 1), {});
    } else if (lower_case(words[i]) != "params:") {
      cell.ports.push_back(words[i]);
    }
  }
  return cell;
}

void read_structured_comments(const std::vector<std::string>& lines, Netlist& netlist) {
  for (const std::string& line : lines) {
    if (!line.starts_with("*.")) continue;
    const std::vector<std::string> words = spice::words_as_written(line);
    if (words[0] == "*.NOBODY") {
      for (std::size_t i = 1; i < words.size(); ++i) netlist.nobody.insert(lower_case(words[i]));
    } else if (words[0] == "*.SUPPLY" && words.size() == 3 && (words[1] == "Vdd" || words[1] == "Gnd")) {
      netlist.supplies.push_back({words[1], {{"Port", words[2]}}, "", {}});
    }
  }
}

Netlist split(const std::vector<std::string>& lines) {
  Netlist netlist;
  Cell* open = &netlist.top;
  for (const Statement& statement : spice::statements(lines)) {
    const std::vector<std::string> words = spice::words_as_written(statement.text);
    const std::string first = lower_case(words[0]);
    if (first == ".subckt") {
      open = &(netlist.cells[lower_case(words[1])] = cell_of(words));
      open->line = statement.line;
    } else if (first == ".ends") {
      open = &netlist.top;
    } else if (first == ".model") {
      if (words.size() > 2) netlist.cards[lower_case(words[1])] = lower_case(words[2]);
    } else if (first == ".global") {
      for (std::size_t i = 1; i < words.size(); ++i) netlist.globals.insert(lower_case(words[i]));
    } else if (first[0] != '.') {
      open->body.push_back(statement);
    }
  }
  for (const auto& [name, cell] : netlist.cells) {
    for (const Statement& statement : cell.body) {
      if (lower_case(statement.text.substr(0, 1)) != "x") continue;
      const auto inner = netlist.cells.find(spice::instantiated(spice::words(statement.text)));
      if (inner != netlist.cells.end()) inner->second.is_instantiated = true;
    }
  }
  return netlist;
}

/// The cell that is described when none is named; null: the top level.
const Cell* only_cell(const Netlist& netlist) {
  for (const Statement& statement : netlist.top.body) {
    const std::string letter = lower_case(statement.text.substr(0, 1));
    if (letter == "m" || letter == "q") return nullptr;
  }
  const Cell* result = nullptr;
  for (const auto& [name, cell] : netlist.cells) {
    if (cell.is_instantiated) continue;
    if (result != nullptr) return nullptr;
    result = &cell;
  }
  return result;
}

/// Puts the components of a cell and of the cells inside it into a description.
class Flattener {
 public:
  Flattener(const Netlist& netlist, const std::string& file, const problem::Process* process,
            CircuitDescriptionResult& result)
      : netlist_(netlist), file_(file), process_(process), result_(result) {}

  /// Where a cell stands: what leads to it and the nets at its ports, by lower-case name of the port.
  struct Place {
    std::string prefix;
    std::map<std::string, std::string> nets;
    Scope scope;
    std::string multiplier;  ///< Of the instances on the way; "": 1.
    int depth = 0;
  };

  void flatten(const Cell& cell, const Place& place) {
    for (const Statement& statement : cell.body) {
      if (is_full_) return;
      const std::vector<std::string> words = spice::words_as_written(statement.text);
      line_ = statement.line;
      const auto inner = lower_case(words[0].substr(0, 1)) == "x"
                             ? netlist_.cells.find(spice::instantiated(spice::words(statement.text)))
                             : netlist_.cells.end();
      if (inner != netlist_.cells.end()) {
        enter(inner->second, words, place);
      } else {
        add(words, place);
      }
    }
  }

  /// The net of that name in a cell, spelt as where it was first seen.
  std::string net(const std::string& written, const Place& place) {
    const std::string lower = lower_case(written);
    if (const auto port = place.nets.find(lower); port != place.nets.end()) return port->second;
    const std::string full = netlist_.globals.contains(lower) ? written : place.prefix + written;
    const auto [known, is_new] = spelling_.try_emplace(lower_case(full), full);
    if (is_new && !is_net(full))
      fault("CKT-018", "the net '" + full + "' has more than 64 characters with what leads to it", "shorten the names");
    return known->second;
  }

 private:
  void fault(const std::string& id, const std::string& what, const std::string& hint) {
    result_.faults.push_back({id, file_, "line " + std::to_string(line_), what, hint});
  }

  void enter(const Cell& cell, const std::vector<std::string>& words, const Place& place) {
    if (place.depth + 1 >= spice::kMaxNesting || ++entered_ > kMaxComponents) {
      fault("CKT-017", "'" + words[0] + "': subcircuits are nested too deep or are too many", "at most 16 deep");
      is_full_ = true;
      return;
    }
    Place inside{place.prefix + words[0] + ".", {}, cell.defaults, place.multiplier, place.depth + 1};
    std::vector<std::string> nodes;
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::size_t equals = words[i].find('=');
      const std::string key = lower_case(words[i].substr(0, equals));
      if (equals == std::string::npos) {
        if (key != "params:") nodes.push_back(words[i]);
        continue;
      }
      const std::string value = value_text(words[i].substr(equals + 1), place.scope);
      if (key == "m" && !cell.defaults.contains("m")) {
        inside.multiplier = inside.multiplier.empty() ? value : product(inside.multiplier, value);
      } else {
        inside.scope[key] = value;
      }
    }
    nodes.pop_back();
    if (nodes.size() != cell.ports.size()) {
      fault("CKT-015",
            "'" + words[0] + "' has " + std::to_string(nodes.size()) + " nodes, " + cell.name + " has " +
                std::to_string(cell.ports.size()) + " ports",
            "give a node for each port");
      return;
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) inside.nets[lower_case(cell.ports[i])] = net(nodes[i], place);
    flatten(cell, inside);
  }

  void add(const std::vector<std::string>& words, const Place& place) {
    ElementResult read = read_element(words, {netlist_.cards, process_, place.scope});
    if (!read.component) {
      fault(read.fault.id, read.fault.what, read.fault.hint);
      return;
    }
    Component& component = *read.component;
    for (auto& [port, node] : component.ports) node = net(node, place);
    component.name = place.prefix + words[0];
    if (netlist_.nobody.contains(lower_case(component.name))) component.ports.erase("Body");
    if (!place.multiplier.empty()) {
      const auto own = component.parameters.find("m");
      component.parameters["m"] =
          own == component.parameters.end() ? place.multiplier : product(own->second, place.multiplier);
    }
    check_form(component);
    if (result_.description.components.size() == kMaxComponents) {
      fault("CKT-016", "more than 4096 components", "describe a cell of it");
      is_full_ = true;
      return;
    }
    result_.description.components.push_back(std::move(component));
  }

  /// Longer names and expressions than a description may hold.
  void check_form(const Component& component) {
    if (!is_instance_name(component.name))
      fault("CKT-018", "'" + component.name + "' is not a name for a component",
            "use letters, digits and _, at most 64 with what leads to it");
    for (const auto& [name, value] : component.parameters) {
      if (!is_parameter_name(name) || !(core::parse_number(value) || is_expression(value)))
        fault("CKT-018", "parameter " + name + " of '" + component.name + "' is no value of at most 200 characters",
              "use a number or an expression; shorten it by a .param line");
    }
  }

  const Netlist& netlist_;
  const std::string& file_;
  const problem::Process* process_;
  CircuitDescriptionResult& result_;
  std::map<std::string, std::string> spelling_;  ///< Nets by lower-case name.
  std::size_t entered_ = 0;
  int line_ = 0;
  bool is_full_ = false;
};

/// The named cell, or the one to be taken; null with a fault if there is none.
const Cell* chosen_cell(const Netlist& netlist, const std::string& name, const std::string& file,
                        std::vector<core::Fault>& faults) {
  if (name.empty()) {
    const Cell* only = only_cell(netlist);
    return only == nullptr ? &netlist.top : only;
  }
  const auto found = netlist.cells.find(lower_case(name));
  if (found != netlist.cells.end()) return &found->second;
  std::vector<std::string> names;
  for (const auto& [known, cell] : netlist.cells) names.push_back(known);
  const std::string closest = core::closest_name(lower_case(name), names);
  faults.push_back({"CKT-011", file, "", "no subcircuit '" + name + "'",
                    closest.empty() ? "name a .subckt of the file" : "did you mean '" + closest + "'?"});
  return nullptr;
}

}  // namespace

CircuitDescriptionResult read_netlist(const std::vector<std::string>& lines, const std::string& file,
                                      const std::string& cell, const problem::Process* process) {
  CircuitDescriptionResult result;
  const std::vector<std::string> kept = describing(lines);
  result.faults = spice::check_netlist(kept, file);
  if (!result.faults.empty()) return result;
  Netlist netlist = split(kept);
  read_structured_comments(lines, netlist);
  const Cell* chosen = chosen_cell(netlist, cell, file, result.faults);
  if (chosen == nullptr) return result;
  if (chosen != &netlist.top && !is_net(chosen->name)) {
    result.faults.push_back({"CKT-018", file, "line " + std::to_string(chosen->line),
                             "'" + chosen->name + "' is not a name for a cell",
                             "use at most 64 printable characters of ASCII"});
    return result;
  }
  Flattener flattener(netlist, file, process, result);
  Flattener::Place place;
  place.scope = chosen->defaults;
  for (const std::string& port : chosen->ports) result.description.ports.push_back(flattener.net(port, place));
  flattener.flatten(*chosen, place);
  result.description.cell = chosen->name;
  for (Component& supply : netlist.supplies) {
    supply.ports["Port"] = flattener.net(supply.ports["Port"], place);
    result.description.components.push_back(supply);
  }
  if (result.faults.empty() && result.description.components.empty())
    result.faults.push_back({"CKT-019", file, "", "no element of a circuit", "give a netlist with a .subckt"});
  if (result.faults.empty()) result.description.type = recognise(result.description).ckt_type;
  return result;
}

}  // namespace exturbo::circuit
