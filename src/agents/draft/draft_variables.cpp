// Variables of a drafted problem: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_variables.hpp"

#include <algorithm>
#include <set>

#include "draft_ranges.hpp"
#include "exturbo/core/number.hpp"
#include "spice/netlist_names.hpp"
#include "spice/netlist_text.hpp"

namespace exturbo::agents {
namespace {

/// A number or an expression that a name is defined as.
struct Definition {
  std::size_t line = 0;  ///< Index into DraftCell::lines.
  std::string text;
  bool is_free = false;  ///< Outside of subcircuits, or a default of the cell: may become a variable.
};

struct Meaning {
  Quantity quantity = Quantity::kWidth;
  bool is_ratio = false;
};

/// First letter of the names that people give to a quantity.
char usual_letter(Quantity quantity) {
  switch (quantity) {
    case Quantity::kWidth:
      return 'w';
    case Quantity::kLength:
    case Quantity::kInductance:
      return 'l';
    case Quantity::kCount:
      return 'm';
    case Quantity::kCurrent:
      return 'i';
    case Quantity::kResistance:
      return 'r';
    case Quantity::kCapacitance:
      return 'c';
    case Quantity::kVoltage:
      return 'v';
  }
  return ' ';
}

/// Identifiers of a value in the order in which they stand.
std::vector<std::string> names_of(const std::string& text) {
  const std::string expression = bare_expression(text);
  if (core::parse_number(expression)) return {};
  std::vector<std::string> names;
  for (const std::string& name : spice::expression_identifiers(expression)) {
    if (!spice::is_reserved_name(name)) names.push_back(name);
  }
  std::stable_sort(names.begin(), names.end(),
                   [&](const std::string& a, const std::string& b) { return expression.find(a) < expression.find(b); });
  return names;
}

class NameReader {
 public:
  NameReader(const DraftCell& cell, const std::vector<DraftElement>& elements) {
    for (std::size_t i = 0; i < cell.lines.size(); ++i) read_definitions(cell, i);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      for (const ElementValue& value : elements[i].values) use(value.quantity, names_of(value.text), i);
    }
    // Each use is looked at again when one of its names is settled; where only a guess helps, one is made and told on.
    for (std::size_t next = 0; next < uses_.size(); ++next) {
      spread();
      guess(next);
    }
    spread();
  }

  /// What each name means.
  const std::map<std::string, Meaning>& meanings() const { return meanings_; }
  const std::map<std::string, std::vector<Definition>>& definitions() const { return definitions_; }
  /// Names in the order of their first use.
  const std::vector<std::string>& order() const { return order_; }

  /// Indices of the elements whose values depend on a name.
  std::set<std::size_t> driven_by(const std::string& name) const {
    std::set<std::size_t> found;
    std::set<std::string> seen{name};
    std::vector<std::string> open{name};
    while (!open.empty()) {
      const std::string used = std::move(open.back());
      open.pop_back();
      if (const auto uses = uses_of_.find(used); uses != uses_of_.end()) {
        for (const std::size_t index : uses->second) {
          if (uses_[index].element) found.insert(*uses_[index].element);
        }
      }
      const auto [begin, end] = defines_.equal_range(used);
      for (auto defined = begin; defined != end; ++defined) {
        if (seen.insert(defined->second).second) open.push_back(defined->second);
      }
    }
    return found;
  }

 private:
  struct Use {
    Quantity quantity;
    std::vector<std::string> names;
    std::optional<std::size_t> element;
  };

  void read_definitions(const DraftCell& cell, std::size_t index) {
    const DraftLine& line = cell.lines[index];
    if (line.is_comment()) return;
    const std::vector<std::string> parts = spice::words(line.text);
    const bool defines = parts[0] == ".param" || parts[0] == ".subckt" || parts[0][0] == 'x';
    const bool is_free = (parts[0] == ".param" && line.subcircuit.empty()) ||
                         (parts[0] == ".subckt" && line.subcircuit == cell.subcircuit);
    for (std::size_t i = 1; defines && i < parts.size(); ++i) {
      const std::size_t equals = parts[i].find('=');
      if (equals == std::string::npos || parts[i].find('(') < equals) continue;
      const std::string name = parts[i].substr(0, equals);
      definitions_[name].push_back({index, parts[i].substr(equals + 1), is_free});
      for (const std::string& used : names_of(parts[i].substr(equals + 1))) defines_.emplace(used, name);
    }
  }

  void use(Quantity quantity, std::vector<std::string> names, std::optional<std::size_t> element) {
    if (names.empty()) return;
    for (const std::string& name : names) {
      auto& uses = uses_of_[name];
      if (uses.empty()) order_.push_back(name);
      uses.push_back(uses_.size());
    }
    open_.push_back(uses_.size());
    uses_.push_back({quantity, std::move(names), element});
  }

  void settle(const std::string& name, Meaning meaning) {
    if (!meanings_.emplace(name, meaning).second) return;
    const auto& uses = uses_of_.at(name);
    open_.insert(open_.end(), uses.begin(), uses.end());
    const auto definitions = definitions_.find(name);
    if (definitions == definitions_.end()) return;
    for (const Definition& definition : definitions->second)
      use(meaning.is_ratio ? Quantity::kCount : meaning.quantity, names_of(definition.text), std::nullopt);
  }

  /// A lone name has the quantity of the value; beside one that has it, every other is a ratio.
  void spread() {
    while (!open_.empty()) {
      const Use use = uses_[open_.back()];
      open_.pop_back();
      const auto holds = [&](const std::string& name) {
        const auto known = meanings_.find(name);
        return known != meanings_.end() && !known->second.is_ratio && known->second.quantity == use.quantity;
      };
      const auto of_quantity = std::find_if(use.names.begin(), use.names.end(), holds);
      if (use.names.size() == 1) settle(use.names[0], {use.quantity, use.quantity == Quantity::kCount});
      if (of_quantity == use.names.end()) continue;
      for (const std::string& name : use.names) {
        if (name != *of_quantity) settle(name, {use.quantity, true});
      }
    }
  }

  /// Of a product of names that nothing tells apart, the one that is named like the quantity has it, else the first.
  void guess(std::size_t index) {
    const Use use = uses_[index];
    std::vector<std::string> unknown;
    std::copy_if(use.names.begin(), use.names.end(), std::back_inserter(unknown),
                 [&](const std::string& name) { return !meanings_.contains(name); });
    if (unknown.empty()) return;
    const char letter = usual_letter(use.quantity);
    const auto named =
        std::find_if(unknown.begin(), unknown.end(), [&](const std::string& name) { return name[0] == letter; });
    settle(named == unknown.end() ? unknown.front() : *named, {use.quantity, use.quantity == Quantity::kCount});
    spread();
    for (const std::string& name : unknown) settle(name, {use.quantity, true});
  }

  std::map<std::string, std::vector<Definition>> definitions_;
  std::multimap<std::string, std::string> defines_;  ///< Name -> the one that is defined by it.
  std::vector<Use> uses_;
  std::map<std::string, std::vector<std::size_t>> uses_of_;  ///< By name.
  std::vector<std::size_t> open_;                            ///< Uses to be looked at.
  std::vector<std::string> order_;
  std::map<std::string, Meaning> meanings_;
};

/// The only definition of a name if it is a plain number that may be sized in its place, or null.
const Definition* literal_definition(const std::map<std::string, std::vector<Definition>>& definitions,
                                     const std::string& name) {
  const auto found = definitions.find(name);
  if (found == definitions.end() || found->second.size() != 1 || !found->second[0].is_free) return nullptr;
  return core::parse_number(bare_expression(found->second[0].text)) ? &found->second[0] : nullptr;
}

constexpr const char* kRemoved = "*removed";

/// Takes `name=value` out of a .param or .subckt line; a .param line that then defines nothing becomes a comment.
void remove_definition(DraftLine& line, const std::string& name) {
  std::string text;
  std::size_t left = 0;
  for (const std::string& word : spice::words(line.text)) {
    if (word.starts_with(name + "=")) continue;
    text += (text.empty() ? "" : " ") + word;
    ++left;
  }
  line.text = left == 1 ? kRemoved : text;
}

}  // namespace

std::vector<DraftVariable> draft_variables(DraftCell& cell, const std::vector<DraftElement>& elements,
                                           const std::vector<std::string>& fixed, RangeBasis basis,
                                           const std::map<std::string, std::string>& polarity,
                                           std::vector<core::Fault>& faults) {
  constexpr std::size_t kMost = 1000;  // As many as a problem may have.
  const NameReader reader(cell, elements);
  const std::map<std::string, Meaning>& meanings = reader.meanings();
  if (reader.order().size() > kMost) {
    faults.push_back(
        {"INI-017", cell.file, "", "the cell has more than 1000 sizes", "size the circuit block by block"});
    return {};
  }
  std::vector<DraftVariable> variables;
  std::vector<std::pair<std::size_t, std::string>> removed;
  for (const std::string& name : reader.order()) {
    const bool defined = reader.definitions().contains(name);
    const Definition* literal = literal_definition(reader.definitions(), name);
    if (name == "vdd" || (defined && literal == nullptr)) continue;
    if (std::find(fixed.begin(), fixed.end(), name) != fixed.end()) {
      faults.push_back({"INI-010", cell.file, "", "the cell uses '" + name + "', a parameter of the testbenches",
                        "rename it in the netlist"});
      continue;
    }
    DraftVariable variable;
    variable.name = name;
    variable.quantity = meanings.at(name).quantity;
    variable.is_ratio = meanings.at(name).is_ratio;
    const std::set<std::size_t> driven = reader.driven_by(name);
    variable.elements.assign(driven.begin(), driven.end());
    if (literal != nullptr) {
      basis.starts[name] = *core::parse_number(bare_expression(literal->text));
      removed.emplace_back(literal->line, name);
    }
    set_range(variable, elements, basis, polarity);
    variables.push_back(std::move(variable));
  }
  for (const auto& [line, name] : removed) remove_definition(cell.lines[line], name);
  std::erase_if(cell.lines, [](const DraftLine& line) { return line.text == kRemoved; });
  return variables;
}

}  // namespace exturbo::agents
