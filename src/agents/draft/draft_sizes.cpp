// Names for the numbers of a cell: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_sizes.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

#include "exturbo/core/number.hpp"
#include "spice/netlist_names.hpp"

namespace exturbo::agents {
namespace {

constexpr double kSame = 0.01;  ///< Relative difference below which two numbers are meant to be one.

bool is_same(double a, double b) { return std::abs(a - b) <= kSame * std::max(std::abs(a), std::abs(b)); }

/// True for a size that is a number, or not given.
bool is_open(const ElementValue& value) {
  return value.text.empty() || core::parse_number(bare_expression(value.text)).has_value();
}

std::optional<double> number_of(const ElementValue& value) { return core::parse_number(bare_expression(value.text)); }

const ElementValue* value_of(const DraftElement& element, Quantity quantity) {
  for (const ElementValue& value : element.values) {
    if (value.quantity == quantity) return &value;
  }
  return nullptr;
}

/// Width of all parallel devices, if both factors are numbers.
std::optional<double> whole_width(const DraftElement& element) {
  const auto width = number_of(*value_of(element, Quantity::kWidth));
  const ElementValue* count = value_of(element, Quantity::kCount);
  if (!width || count == nullptr) return width;
  const auto number = number_of(*count);
  return number ? std::optional<double>(*width * *number) : std::nullopt;
}

/// True if the width can be a variable: a number or absent, and not multiplied by something that varies.
bool has_open_width(const DraftElement& element) {
  const ElementValue* count = value_of(element, Quantity::kCount);
  return is_open(*value_of(element, Quantity::kWidth)) && (count == nullptr || number_of(*count).has_value());
}

class SizeNamer {
 public:
  SizeNamer(DraftCell& cell, std::vector<DraftElement>& elements, const DraftGroups& groups,
            std::vector<std::string>& notes)
      : cell_(cell),
        elements_(elements),
        groups_(groups),
        notes_(notes),
        width_of_(elements.size()),
        length_of_(elements.size()) {
    std::iota(width_of_.begin(), width_of_.end(), std::size_t{0});
    length_of_ = value_of_ = width_of_;
    const spice::NetlistNames names = spice::netlist_names(cell.source);
    for (const auto& [name, line] : names.used) taken_.insert(name);
    taken_.insert(names.defined.begin(), names.defined.end());
  }

  std::map<std::string, double> run() {
    for (const auto& group : groups_.matched) tie_matched(group);
    for (const auto& mirror : groups_.mirrors) tie_mirror(mirror);
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      if (elements_[i].is_mos()) {
        size_mos(i);
      } else if (!elements_[i].values.empty()) {
        size_two_pole(i);
      }
    }
    return starts_;
  }

 private:
  /// How wide an element is in terms of another one.
  struct Multiple {
    std::size_t reference = 0;
    double ratio = 1;
  };

  void tie_matched(const std::vector<std::size_t>& group) {
    const std::size_t first = group.front();
    for (const std::size_t other : group) {
      if (other == first) continue;
      if (!elements_[first].is_mos() || !elements_[other].is_mos()) {
        tie_two_poles(first, other);
        continue;
      }
      if (has_open_width(elements_[first]) && has_open_width(elements_[other])) {
        const auto a = whole_width(elements_[first]), b = whole_width(elements_[other]);
        if (a && b && !is_same(*a, *b)) {
          notes_.push_back(elements_[first].name + " and " + elements_[other].name +
                           " match by topology but not in width: they are not tied");
          continue;
        }
        const std::size_t from = width_of_[other], to = width_of_[first];
        std::replace(width_of_.begin(), width_of_.end(), from, to);
      }
      tie_length(first, other);
    }
  }

  void tie_two_poles(std::size_t first, std::size_t other) {
    if (elements_[first].values.empty() || elements_[other].values.empty()) return;
    const ElementValue &a = elements_[first].values.front(), &b = elements_[other].values.front();
    const auto one = number_of(a), two = number_of(b);
    if (a.quantity == b.quantity && one && two && is_same(*one, *two)) value_of_[other] = value_of_[first];
  }

  void tie_length(std::size_t first, std::size_t other) {
    const ElementValue& a = *value_of(elements_[first], Quantity::kLength);
    const ElementValue& b = *value_of(elements_[other], Quantity::kLength);
    if (!is_open(a) || !is_open(b)) return;
    const auto one = number_of(a), two = number_of(b);
    if (!one || !two || is_same(*one, *two)) {
      const std::size_t from = length_of_[other], to = length_of_[first];
      std::replace(length_of_.begin(), length_of_.end(), from, to);
    }
  }

  void tie_mirror(const std::vector<std::size_t>& mirror) {
    const std::size_t reference = mirror.front();
    for (const std::size_t output : mirror) {
      if (output == reference) continue;
      tie_length(reference, output);
      const std::size_t leader = width_of_[output], root = width_of_[reference];
      if (leader == root || multiples_.contains(leader) || multiples_.contains(root) ||
          !has_open_width(elements_[leader]) || !has_open_width(elements_[root]) ||
          length_of_[output] != length_of_[reference])
        continue;
      const auto a = whole_width(elements_[root]), b = whole_width(elements_[leader]);
      multiples_[leader] = {root, a && b && *a > 0 ? *b / *a : 0};
    }
  }

  /// A name that nothing in the netlist has.
  std::string new_name(const std::string& prefix, const DraftElement& element) {
    const std::string& subcircuit = cell_.lines[element.line].subcircuit;
    std::string name = prefix + "_" + (subcircuit == cell_.subcircuit ? "" : subcircuit + "_") + element.words[0];
    for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    name.resize(std::min<std::size_t>(name.size(), 58));
    std::string unique = name;
    for (int i = 2; !taken_.insert(unique).second; ++i) unique = name + "_" + std::to_string(i);
    return unique;
  }

  /// The name of a size of an element, made once.
  std::string size_name(const std::string& prefix, std::size_t index, std::optional<double> start) {
    const auto [known, is_new] = names_.try_emplace({prefix, index});
    if (is_new) {
      known->second = new_name(prefix, elements_[index]);
      if (start) starts_[known->second] = *start;
    }
    return known->second;
  }

  std::string width_expression(std::size_t leader) {
    const auto multiple = multiples_.find(leader);
    if (multiple == multiples_.end()) return size_name("w", leader, whole_width(elements_[leader]));
    const auto [reference, ratio] = multiple->second;
    const std::string width = size_name("w", reference, whole_width(elements_[reference]));
    const double whole = std::round(ratio);
    if (ratio > 0 && (whole < 1 || !is_same(ratio, whole))) {
      if (told_.insert(leader).second)
        notes_.push_back(elements_[leader].name + " keeps its width of " + core::format_number(ratio, 4) + " times " +
                         elements_[reference].name + ", which it mirrors");
      return core::format_number(ratio) + "*" + width;
    }
    return size_name("k", leader, ratio > 0 ? std::optional<double>(whole) : std::nullopt) + "*" + width;
  }

  void size_mos(std::size_t index) {
    DraftElement& element = elements_[index];
    static const std::set<std::string> kLeave{"w", "l", "m", "nf", "ad", "as", "pd", "ps", "nrd", "nrs"};
    const bool width = has_open_width(element);
    const bool length = is_open(*value_of(element, Quantity::kLength));
    if (!width && !length) return;
    std::vector<ElementValue> values = element.values;
    if (length) {
      const std::size_t leader = length_of_[index];
      values[1].text = "{" + size_name("l", leader, number_of(*value_of(elements_[leader], Quantity::kLength))) + "}";
    }
    if (width) {
      values[0].text = "{" + width_expression(width_of_[index]) + "}";
      values.resize(2);
    }
    sized_[index] = values;
    std::string text = element.name;
    for (std::size_t i = 1; i < element.words.size(); ++i) {
      const std::string key = element.words[i].substr(0, element.words[i].find('='));
      const bool leaves = i > 5 && (width ? kLeave.contains(key) : key == "w" || key == "l" || key == "m");
      if (!leaves) text += " " + element.words[i];
    }
    for (const ElementValue& value : values) text += " " + value.key + "=" + value.text;
    cell_.lines[element.line].text = text;
  }

  /// A source of zero volts measures a current: it stays.
  void size_two_pole(std::size_t index) {
    DraftElement& element = elements_[index];
    ElementValue& value = element.values.front();
    const auto start = number_of(value);
    if (!start || *start == 0) return;
    const std::string key = value.key.empty() ? "" : value.key + "=";
    const auto word = std::find(element.words.begin() + 3, element.words.end(), key + value.text);
    if (word == element.words.end()) return;
    const std::string name = size_name(std::string(1, element.words[0][0]), value_of_[index], std::abs(*start));
    value.text = *start < 0 ? "{-" + name + "}" : "{" + name + "}";
    *word = key + value.text;
    std::string text = element.name;
    for (std::size_t i = 1; i < element.words.size(); ++i) text += " " + element.words[i];
    cell_.lines[element.line].text = text;
  }

  DraftCell& cell_;
  std::vector<DraftElement>& elements_;
  const DraftGroups& groups_;
  std::vector<std::string>& notes_;
  std::vector<std::size_t> width_of_;  ///< Element -> the one whose width it has.
  std::vector<std::size_t> length_of_;
  std::vector<std::size_t> value_of_;  ///< The same for elements with one value.
  std::map<std::size_t, Multiple> multiples_;
  std::map<std::pair<std::string, std::size_t>, std::string> names_;
  std::map<std::size_t, std::vector<ElementValue>> sized_;
  std::map<std::string, double> starts_;
  std::set<std::string> taken_;
  std::set<std::size_t> told_;

 public:
  /// The new values take their places once none of the old ones is asked for any more.
  void finish() {
    for (auto& [index, values] : sized_) elements_[index].values = std::move(values);
  }
};

}  // namespace

std::map<std::string, double> name_sizes(DraftCell& cell, std::vector<DraftElement>& elements,
                                         const DraftGroups& groups, std::vector<std::string>& notes) {
  SizeNamer namer(cell, elements, groups, notes);
  std::map<std::string, double> starts = namer.run();
  namer.finish();
  return starts;
}

}  // namespace exturbo::agents
