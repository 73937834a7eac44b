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

class NameReader {
 public:
  NameReader(const DraftCell& cell, const std::vector<DraftElement>& elements) : cell_(cell), elements_(elements) {
    for (std::size_t i = 0; i < cell.lines.size(); ++i) read_definitions(i);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      for (const ElementValue& value : elements[i].values) use(value.quantity, value.text, i);
    }
  }

  /// What each name means, as far as the uses tell.
  const std::map<std::string, Meaning>& meanings() {
    // Each round settles a name or ends; where only a guess helps, one guess is made and told on.
    while (spread() || guess()) continue;
    return meanings_;
  }
  const std::map<std::string, std::vector<Definition>>& definitions() const { return definitions_; }

  /// Names in the order of their first use.
  const std::vector<std::string>& order() const { return order_; }

  /// Indices of the elements whose values depend on a name.
  std::vector<std::size_t> driven_by(const std::string& name) const {
    std::set<std::size_t> found;
    std::set<std::string> names{name};
    for (bool grows = true; grows;) {
      grows = false;
      for (const auto& [defined, definitions] : definitions_) {
        for (const Definition& definition : definitions) {
          for (const std::string& used : names_of(definition.text))
            grows = (names.contains(used) && names.insert(defined).second) || grows;
        }
      }
    }
    for (const Use& use : uses_) {
      const bool depends = std::any_of(use.names.begin(), use.names.end(),
                                       [&](const std::string& used) { return names.contains(used); });
      if (depends && use.element) found.insert(*use.element);
    }
    return {found.begin(), found.end()};
  }

 private:
  struct Use {
    Quantity quantity;
    std::vector<std::string> names;
    std::optional<std::size_t> element;
  };

  /// Identifiers of a value in the order in which they stand.
  static std::vector<std::string> names_of(const std::string& text) {
    const std::string expression = bare_expression(text);
    if (core::parse_number(expression)) return {};
    const std::set<std::string> found = spice::expression_identifiers(expression);
    std::vector<std::string> names;
    std::copy_if(found.begin(), found.end(), std::back_inserter(names),
                 [](const std::string& name) { return !spice::is_reserved_name(name); });
    std::stable_sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
      return expression.find(a) < expression.find(b);
    });
    return names;
  }

  void read_definitions(std::size_t index) {
    const DraftLine& line = cell_.lines[index];
    if (line.is_comment()) return;
    const std::vector<std::string> parts = spice::words(line.text);
    const bool defines = parts[0] == ".param" || parts[0] == ".subckt" || parts[0][0] == 'x';
    const bool is_free = (parts[0] == ".param" && line.subcircuit.empty()) ||
                         (parts[0] != ".param" && parts[0][0] != 'x' && line.subcircuit == cell_.subcircuit);
    for (std::size_t i = 1; defines && i < parts.size(); ++i) {
      const std::size_t equals = parts[i].find('=');
      if (equals != std::string::npos && parts[i].find('(') > equals)
        definitions_[parts[i].substr(0, equals)].push_back({index, parts[i].substr(equals + 1), is_free});
    }
  }

  void use(Quantity quantity, const std::string& text, std::optional<std::size_t> element) {
    Use use{quantity, names_of(text), element};
    if (use.names.empty()) return;
    for (const std::string& name : use.names) {
      if (std::find(order_.begin(), order_.end(), name) == order_.end()) order_.push_back(name);
    }
    uses_.push_back(std::move(use));
  }

  bool settle(const std::string& name, Meaning meaning) {
    if (!meanings_.emplace(name, meaning).second) return false;
    const auto definitions = definitions_.find(name);
    if (definitions == definitions_.end()) return true;
    for (const Definition& definition : definitions->second)
      use(meaning.is_ratio ? Quantity::kCount : meaning.quantity, definition.text, std::nullopt);
    return true;
  }

  /// A lone name has the quantity of the value; beside one that has it, every other is a ratio.
  bool spread() {
    bool changed = false;
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      const Use use = uses_[i];
      const auto holds = [&](const std::string& name) {
        const auto known = meanings_.find(name);
        return known != meanings_.end() && !known->second.is_ratio && known->second.quantity == use.quantity;
      };
      const auto of_quantity = std::find_if(use.names.begin(), use.names.end(), holds);
      for (const std::string& name : use.names) {
        if (use.names.size() == 1) {
          changed = settle(name, {use.quantity, use.quantity == Quantity::kCount}) || changed;
        } else if (of_quantity != use.names.end() && name != *of_quantity) {
          changed = settle(name, {use.quantity, true}) || changed;
        }
      }
    }
    return changed;
  }

  /// Of a product of names that nothing tells apart, the one that is named like the quantity has it, else the first.
  bool guess() {
    for (const Use& use : uses_) {
      std::vector<std::string> unknown;
      std::copy_if(use.names.begin(), use.names.end(), std::back_inserter(unknown),
                   [&](const std::string& name) { return !meanings_.contains(name); });
      if (unknown.empty()) continue;
      const char letter = usual_letter(use.quantity);
      const auto named =
          std::find_if(unknown.begin(), unknown.end(), [&](const std::string& name) { return name[0] == letter; });
      settle(named == unknown.end() ? unknown.front() : *named, {use.quantity, use.quantity == Quantity::kCount});
      return true;
    }
    return false;
  }

  const DraftCell& cell_;
  const std::vector<DraftElement>& elements_;
  std::map<std::string, std::vector<Definition>> definitions_;
  std::vector<Use> uses_;
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
  NameReader reader(cell, elements);
  const std::map<std::string, Meaning> meanings = reader.meanings();
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
    variable.elements = reader.driven_by(name);
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
