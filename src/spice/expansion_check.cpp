// The size of an expanded deck: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "expansion_check.hpp"

#include <algorithm>
#include <map>

#include "netlist_text.hpp"

namespace exturbo::spice {
namespace {

constexpr double kMaxText = 100000;
constexpr int kMaxChain = 200;  ///< Definitions that use each other: ngspice recurses, and so does this.

/// Something that is expanded: a subcircuit, a function or a parameter.
struct Item {
  int line = 0;
  double own = 0;                  ///< Elements or characters of its own.
  std::vector<std::string> parts;  ///< What it holds, once for each time.
};

class Expansion {
 public:
  /// `max_height`: a longer chain is refused as a circle would be.
  Expansion(const std::map<std::string, Item>& items, int max_height) : items_(items), max_height_(max_height) {}

  /// Size of an item with all it holds; negative if it holds itself.
  double size(const std::string& name) { return of(name).size; }

 private:
  struct Expanded {
    double size = -1;  ///< Negative while it is being counted: who asks then holds itself.
    int height = 0;    ///< Of the longest chain that begins with it.
  };

  const Expanded& of(const std::string& name) {
    static const Expanded nothing{0, 0};
    const auto found = items_.find(name);
    if (found == items_.end()) return nothing;
    const auto [known, is_new] = known_.try_emplace(name);
    if (!is_new) return known->second;
    ++depth_;
    Expanded total{depth_ > max_height_ ? -1 : found->second.own, 1};
    for (const std::string& part : found->second.parts) {
      if (total.size < 0) break;
      const Expanded more = of(part);
      total.height = std::max(total.height, 1 + more.height);
      total.size = more.size < 0 || total.height > max_height_ ? -1 : total.size + more.size;
    }
    --depth_;
    return known->second = total;
  }

  const std::map<std::string, Item>& items_;
  std::map<std::string, Expanded> known_;
  int max_height_;
  int depth_ = 0;  ///< Of this function's own recursion.
};

bool is_name_part(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/// Every word of an expression, as often as it stands there.
std::vector<std::string> names_of(const std::string& text, const std::string& scope) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_name_part(text[end])) ++end;
    if (end > i && (text[i] < '0' || text[i] > '9')) names.push_back(scope + text.substr(i, end - i));
    i = end > i ? end : i + 1;
  }
  return names;
}

/// Subcircuits, and the deck as the one named "".
std::map<std::string, Item> cells(const std::vector<Statement>& all) {
  std::map<std::string, Item> items;
  std::string open;
  for (const Statement& statement : all) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.empty()) continue;
    if (parts[0] == ".subckt" && parts.size() > 1) {
      open = parts[1];
      items[open].line = statement.line;
    } else if (parts[0] == ".ends") {
      open.clear();
    } else if (parts[0][0] != '.') {
      Item& item = items[open];
      if (item.line == 0) item.line = statement.line;  // the deck begins nowhere else
      ++item.own;  // an instance as well: ngspice expands its line, though the cell may be empty
      if (parts[0][0] == 'x') item.parts.push_back(instantiated(parts));
    }
  }
  return items;
}

/// `.param` and `.func` definitions, by "subcircuit name".
std::map<std::string, Item> definitions(const std::vector<Statement>& all) {
  std::map<std::string, Item> items;
  std::string scope = " ";
  for (const Statement& statement : all) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.empty()) continue;
    if (parts[0] == ".subckt" && parts.size() > 1) scope = parts[1] + " ";
    if (parts[0] == ".ends") scope = " ";
    if (parts[0] == ".func" && parts.size() > 1) {
      const std::string text = lower_case(statement.text);
      const std::size_t close = text.find(')');
      const std::string name = parts[1].substr(0, parts[1].find('='));
      const std::string body = close == std::string::npos ? "" : text.substr(close + 1);
      items[scope + name] = {statement.line, static_cast<double>(body.size()), names_of(body, scope)};
    } else if (parts[0] == ".param") {
      for (std::size_t i = 1; i < parts.size(); ++i) {
        const std::size_t equals = parts[i].find('=');
        if (equals == std::string::npos) continue;
        // Parameters become numbers: they add no text.
        items[scope + parts[i].substr(0, equals)] = {statement.line, 0, names_of(parts[i].substr(equals + 1), scope)};
      }
    }
  }
  return items;
}

/// The smallest item above a limit, for those that hold it would say the same; or the end.
std::map<std::string, Item>::const_iterator smallest_above(const std::map<std::string, Item>& items,
                                                           Expansion& expansion, double limit) {
  auto found = items.end();
  for (auto item = items.begin(); item != items.end(); ++item) {
    const double size = expansion.size(item->first);
    if (size > limit && (found == items.end() || size < expansion.size(found->first))) found = item;
  }
  return found;
}

}  // namespace

std::vector<core::Fault> check_expansion(const std::vector<std::string>& lines, const std::string& file) {
  std::vector<core::Fault> faults;
  const auto fault = [&](const std::string& id, int line, const std::string& what, const std::string& hint) {
    faults.push_back({id, file, "line " + std::to_string(line), what, hint});
  };
  const std::vector<Statement> all = statements(lines);
  const std::map<std::string, Item> subcircuits = cells(all);
  Expansion elements(subcircuits, kMaxNesting);
  for (const auto& [name, item] : subcircuits) {
    if (elements.size(name) < 0)
      fault("SPI-041", item.line,
            "the subcircuit '" + name + "' holds itself or nests over " + std::to_string(kMaxNesting) + " deep",
            "break the circle, or flatten the cells");
  }
  if (const auto large = smallest_above(subcircuits, elements, static_cast<double>(kMaxElements));
      large != subcircuits.end()) {
    fault("SPI-042", large->second.line,
          (large->first.empty() ? "the deck" : "'" + large->first + "'") + " has over 20000 elements when expanded",
          "use fewer instances, or m= for parallel devices");
  }
  const auto plain = [](const std::string& name) { return "'" + name.substr(name.find(' ') + 1) + "'"; };
  const std::map<std::string, Item> defined = definitions(all);
  Expansion text(defined, kMaxChain);
  for (const auto& [name, item] : defined) {
    if (text.size(name) < 0) fault("SPI-043", item.line, plain(name) + " is defined by itself", "break the circle");
  }
  if (const auto large = smallest_above(defined, text, kMaxText); large != defined.end()) {
    fault("SPI-044", large->second.line,
          "the function " + plain(large->first) + " is longer than 100000 characters when expanded",
          "let functions use each other less often");
  }
  return faults;
}

}  // namespace exturbo::spice
