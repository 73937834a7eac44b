// Model cards and their corners: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/process.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <stdexcept>

#include "exturbo/core/number.hpp"

namespace exturbo::problem {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// Words of a card, with `=`, parentheses and commas taken as blanks.
std::vector<std::string> words_of(const std::string& card) {
  std::string text = card;
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '=' || c == '(' || c == ')' || c == ','; }, ' ');
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(lower(word));
  return words;
}

std::string without_comment(const std::string& line) {
  return line.substr(0, line.find_first_of("$;"));
}

}  // namespace

double* ModelCard::find(const std::string& parameter) {
  for (auto& [name, value] : parameters) {
    if (name == parameter) return &value;
  }
  return nullptr;
}

std::vector<ModelCard> parse_models(const std::vector<std::string>& lines) {
  std::vector<std::string> cards;
  for (const std::string& raw : lines) {
    const std::string line = without_comment(raw);
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos || line[first] == '*') continue;
    if (line[first] == '+') {
      if (!cards.empty()) cards.back() += " " + line.substr(first + 1);
    } else {
      cards.push_back(line.substr(first));
    }
  }
  std::vector<ModelCard> models;
  for (const std::string& card : cards) {
    const std::vector<std::string> words = words_of(card);
    if (words.size() < 3 || words[0] != ".model") continue;
    ModelCard model{words[1], words[2], {}};
    for (std::size_t i = 3; i + 1 < words.size(); i += 2) {
      if (const auto value = core::parse_number(words[i + 1])) model.parameters.emplace_back(words[i], *value);
    }
    models.push_back(std::move(model));
  }
  return models;
}

std::vector<std::string> model_lines(const Process& process, const std::string& corner) {
  const auto& changes = process.corners.at(corner);
  std::vector<std::string> lines;
  for (ModelCard model : process.models) {
    if (const auto own = changes.find(model.name); own != changes.end()) {
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
        line += " " + model.parameters[j].first + "=" + core::format_exact(model.parameters[j].second);
      }
      lines.push_back(line);
    }
  }
  return lines;
}

}  // namespace exturbo::problem
