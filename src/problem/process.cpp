// Model cards and their corners: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/process.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <sstream>
#include <stdexcept>

#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "exturbo/problem/model_name.hpp"
#include "library_part.hpp"

namespace exturbo::problem {
namespace {

struct Word {
  std::string text;
  int line = 0;
};
using Card = std::vector<Word>;

/// Adds the words of a line, with `=`, parentheses and commas taken as blanks.
void add_words(std::string text, int line, Card& card) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '=' || c == '(' || c == ')' || c == ','; }, ' ');
  std::istringstream stream(text);
  for (std::string word; stream >> word;) card.push_back({core::lower_case(word), line});
}

std::string without_comment(const std::string& line) { return line.substr(0, line.find_first_of("$;")); }

/// Statements of a card file, continuations joined.
std::vector<Card> split_cards(const std::vector<std::string>& lines) {
  std::vector<Card> cards;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string line = without_comment(lines[i]);
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos || line[first] == '*') continue;
    const bool continued = line[first] == '+' && !cards.empty();
    if (!continued) cards.emplace_back();
    add_words(line.substr(continued ? first + 1 : first), static_cast<int>(i) + 1, cards.back());
  }
  return cards;
}

/// ngspice chooses the model by the text of the version: it knows 4.0 and not 4.
std::string card_value(const std::string& parameter, double value) {
  std::string text = core::format_exact(value);
  if (parameter == "version" && text.find('.') == std::string::npos) text += ".0";
  return text;
}

/// Letters, digits and _, a letter first: all that ngspice's parameters and models need.
bool is_name(const std::string& text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return (std::isalnum(c) != 0 && c < 0x80) || c == '_'; });
}

const std::set<std::string> kCardTypes{"nmos", "pmos", "npn", "pnp", "njf", "pjf", "d", "r", "c", "l"};

}  // namespace

double* ModelCard::find(const std::string& parameter) {
  for (auto& [name, value] : parameters) {
    if (name == parameter) return &value;
  }
  return nullptr;
}

std::vector<ModelCard> parse_models(const std::vector<std::string>& lines, const std::string& file,
                                    std::vector<core::Fault>* faults) {
  const auto fault = [&](const std::string& id, int line, const std::string& what, const std::string& hint) {
    if (faults != nullptr) faults->push_back({id, file, "line " + std::to_string(line), what, hint});
  };
  std::vector<ModelCard> models;
  for (const Card& card : split_cards(lines)) {
    if (card.size() < 3 || card[0].text != ".model") {
      const std::string start = card.empty() ? "" : card[0].text;
      fault("PDK-007", card.empty() ? 1 : card[0].line, "'" + start + "' starts no model card",
            "write .model NAME nmos|pmos and parameters, nothing else");
      continue;
    }
    ModelCard model{card[1].text, card[2].text, {}};
    if (!is_name(base_name(model.name)))
      fault("PDK-009", card[1].line, "'" + model.name + "' is no name for a card",
            "use letters, digits and _, a letter first");
    if (!kCardTypes.contains(model.type))
      fault("PDK-010", card[2].line, "'" + model.type + "' is no type of a card", "write nmos or pmos");
    for (std::size_t i = 3; i < card.size(); i += 2) {
      const bool last = i + 1 == card.size();
      const auto value = last ? std::nullopt : core::parse_number(card[i + 1].text);
      if (!is_name(card[i].text)) {
        fault("PDK-009", card[i].line,
              "'" + card[i].text + "' is no name for a parameter of the card '" + model.name + "'",
              "write NAME = NUMBER");
      } else if (value) {
        model.parameters.emplace_back(card[i].text, *value);
      } else {
        fault("PDK-008", card[i].line,
              "'" + card[i].text + "' of the card '" + model.name + "' has no number" +
                  (last ? "" : " but '" + card[i + 1].text + "'"),
              "write " + card[i].text + " = NUMBER");
      }
    }
    models.push_back(std::move(model));
  }
  return models;
}

std::vector<std::string> model_lines(const Process& process, const std::string& corner) {
  const auto& changes = process.corners.at(corner);
  if (const auto text = process.library.find(corner); text != process.library.end()) return text->second.lines;
  std::vector<std::string> lines;
  for (ModelCard model : process.models) {
    // A change of the base name holds for all its bins, and one of a bin comes on top.
    std::set<std::string> names{base_name(model.name), model.name};
    for (const std::string& name : names) {
      const auto own = changes.find(name);
      if (own == changes.end()) continue;
      for (const auto& [parameter, change] : own->second) {
        double* value = model.find(parameter);
        if (value != nullptr) *value = *value * change.scale + change.add;
      }
    }
    lines.push_back(".model " + model.name + " " + model.type);
    constexpr std::size_t kPerLine = 6;
    for (std::size_t i = 0; i < model.parameters.size(); i += kPerLine) {
      std::string line = "+";
      for (std::size_t j = i; j < std::min(i + kPerLine, model.parameters.size()); ++j) {
        line +=
            " " + model.parameters[j].first + "=" + card_value(model.parameters[j].first, model.parameters[j].second);
      }
      lines.push_back(line);
    }
  }
  return lines;
}

}  // namespace exturbo::problem
