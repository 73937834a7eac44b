// Elements of a drafted cell: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_elements.hpp"

#include <algorithm>
#include <optional>

#include "exturbo/core/number.hpp"
#include "spice/netlist_text.hpp"

namespace exturbo::agents {
namespace {

std::optional<Quantity> quantity_of(char letter) {
  switch (letter) {
    case 'r':
      return Quantity::kResistance;
    case 'c':
      return Quantity::kCapacitance;
    case 'l':
      return Quantity::kInductance;
    case 'i':
      return Quantity::kCurrent;
    case 'v':
      return Quantity::kVoltage;
    default:
      return std::nullopt;
  }
}

/// Value text of "key=value" behind the first `skipped` words.
std::optional<std::string> keyword_behind(const std::vector<std::string>& words, std::size_t skipped,
                                          const std::string& key) {
  return spice::keyword({words.begin() + static_cast<std::ptrdiff_t>(skipped), words.end()}, key);
}

void read_mos(DraftElement& element) {
  element.nodes.assign(element.words.begin() + 1, element.words.begin() + 5);
  element.model = element.words[5];
  element.values = {{Quantity::kWidth, "w", keyword_behind(element.words, 6, "w").value_or("")},
                    {Quantity::kLength, "l", keyword_behind(element.words, 6, "l").value_or("")}};
  if (const auto count = keyword_behind(element.words, 6, "m"))
    element.values.push_back({Quantity::kCount, "m", *count});
}

/// R, C, L, I, V: two nodes and a value, which may have a key or the word `dc` before it.
void read_two_pole(DraftElement& element, Quantity quantity) {
  const std::vector<std::string>& words = element.words;
  element.nodes = {words[1], words[2]};
  const std::string key(1, words[0][0]);
  if (const auto value = keyword_behind(words, 3, key)) {
    element.values = {{quantity, key, *value}};
    return;
  }
  const bool source = quantity == Quantity::kCurrent || quantity == Quantity::kVoltage;
  const std::size_t at = words.size() > 4 && words[3] == "dc" ? 4 : 3;
  if (words.size() <= at) return;
  // A bare word is a model.
  const std::string& value = words[at];
  if (value[0] != '{' && value[0] != '\'' && !core::parse_number(value)) return;
  if (source && words.size() > at + 1) return;
  element.values = {{quantity, "", words[at]}};
}

}  // namespace

std::string bare_expression(const std::string& text) {
  const bool braced =
      text.size() > 1 && ((text.front() == '{' && text.back() == '}') || (text.front() == '\'' && text.back() == '\''));
  return braced ? text.substr(1, text.size() - 2) : text;
}

std::vector<DraftElement> draft_elements(const DraftCell& cell) {
  std::vector<DraftElement> elements;
  for (std::size_t i = 0; i < cell.lines.size(); ++i) {
    const DraftLine& line = cell.lines[i];
    if (line.is_comment() || line.subcircuit.empty()) continue;
    DraftElement element;
    element.line = i;
    element.words = spice::words(line.text);
    element.name = line.text.substr(0, line.text.find_first_of(" \t"));
    const char letter = element.words[0][0];
    if (letter == 'm' && element.words.size() > 5) {
      read_mos(element);
    } else if (const auto quantity = quantity_of(letter); quantity && element.words.size() > 3) {
      read_two_pole(element, *quantity);
    } else {
      continue;
    }
    elements.push_back(std::move(element));
  }
  return elements;
}

}  // namespace exturbo::agents
