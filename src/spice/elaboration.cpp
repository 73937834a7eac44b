// Variables to instance values: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "elaboration.hpp"

#include <algorithm>
#include <cctype>

#include "exturbo/core/number.hpp"
#include "netlist_names.hpp"

namespace exturbo::spice {
namespace {

constexpr std::size_t kMaxParameters = 20000;

/// The expression in "{...}" or "'...'", or the bare text.
std::string expression_of(const std::string& text) {
  const bool braced =
      text.size() > 1 && ((text.front() == '{' && text.back() == '}') || (text.front() == '\'' && text.back() == '\''));
  return braced ? text.substr(1, text.size() - 2) : text;
}

/// ngspice's name of an element inside the instance `path` ("xdut.xb."): the letter first, then path and name.
std::string device_name(const std::string& path, const std::string& element) {
  return path.empty() ? element : std::string(1, element[0]) + "." + path + element;
}

/// The parameter that `alter` calls the value behind the two nodes of an element, or "".
std::string value_parameter(char letter) {
  switch (letter) {
    case 'r':
      return "resistance";
    case 'c':
      return "capacitance";
    case 'l':
      return "inductance";
    case 'v':
    case 'i':
      return "dc";
    default:
      return "";
  }
}

}  // namespace

Elaboration::Elaboration(const DeckTemplate& deck, const std::set<std::string>& variables) {
  Scope top;
  for (const std::string& name : variables) {
    numbers_.push_back(1);
    variables_[name] = &numbers_.back();
    top.places[name] = &numbers_.back();
    top.varying.insert(name);
  }
  cells_ = subcircuits(deck.after);
  for (const Statement& statement : statements(deck.after)) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.size() < 2 || parts[0] != ".subckt") continue;
    for (const std::string& part : parts) {
      const std::size_t equals = part.find('=');
      if (equals != std::string::npos) defaults_[parts[1]][part.substr(0, equals)] = part.substr(equals + 1);
    }
  }
  std::vector<Statement> outside = statements(deck.before);
  if (!outside.empty()) outside.erase(outside.begin());  // the title
  bool inside = false;
  for (const Statement& statement : statements(deck.after)) {
    const std::string first = lower_case(statement.text.substr(0, statement.text.find_first_of(" \t")));
    if (first == ".subckt") inside = true;
    if (!inside) outside.push_back(statement);
    if (first == ".ends") inside = false;
  }
  try {
    read_statements(outside, top, "", 0);
  } catch (const problem::ExpressionError& error) {
    give_up(error.what());
  }
}

void Elaboration::give_up(const std::string& why) {
  if (why_not_.empty()) why_not_ = why;
}

bool Elaboration::knows(const std::map<std::string, double>& variables) const {
  return variables.size() == variables_.size() &&
         std::all_of(variables.begin(), variables.end(),
                     [&](const auto& entry) { return variables_.contains(lower_case(entry.first)); });
}

std::vector<double> Elaboration::values(const std::map<std::string, double>& variables) {
  for (const auto& [name, value] : variables) {
    if (const auto place = variables_.find(lower_case(name)); place != variables_.end()) *place->second = value;
  }
  for (const Assignment& assignment : assignments_) *assignment.place = assignment.expression.value();
  std::vector<double> result;
  result.reserve(expressions_.size());
  for (const problem::CompiledExpression& expression : expressions_) result.push_back(expression.value());
  return result;
}

bool Elaboration::varies(const std::string& text, const Scope& scope) const {
  const std::set<std::string> names = expression_identifiers(text);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return scope.varying.contains(name); });
}

/// Gives `name` in `scope` the value of an expression that is read in `reader`.
void Elaboration::define(const std::string& name, const std::string& expression, const Scope& reader, Scope& scope) {
  const std::string text = expression_of(expression);
  numbers_.push_back(0);
  double* place = &numbers_.back();
  assignments_.push_back({place, problem::CompiledExpression(text, reader.places)});
  *place = assignments_.back().expression.value();
  const bool varying = varies(text, reader);
  scope.places[name] = place;
  scope.varying.erase(name);
  if (varying) scope.varying.insert(name);
}

void Elaboration::read_statements(const std::vector<Statement>& statements, Scope& scope, const std::string& path,
                                  int depth) {
  // Parameters hold for the whole subcircuit, wherever they stand in it.
  for (const Statement& statement : statements) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.empty() || parts[0] != ".param") continue;
    for (const std::string& part : parts) {
      const std::size_t equals = part.find('=');
      if (equals != std::string::npos) define(part.substr(0, equals), part.substr(equals + 1), scope, scope);
    }
  }
  for (const Statement& statement : statements) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.empty() || parts[0] == ".param") continue;
    if (parts[0] == ".func") {
      give_up("functions of .func are left to ngspice");
    } else if (parts[0][0] != '.') {
      read_element(parts, lower_case(statement.text), scope, path, depth);
    } else if (varies(lower_case(statement.text), scope)) {
      give_up("a variable in a " + parts[0] + " line");
    }
  }
}

void Elaboration::read_element(const std::vector<std::string>& words, const std::string& text, Scope& scope,
                               const std::string& path, int depth) {
  const char letter = words[0][0];
  if (letter == 'x') return read_instance(words, scope, path, depth);
  if (!varies(text, scope)) return;
  const std::string device = device_name(path, words[0]);
  const std::string value = value_parameter(letter);
  const bool is_source = letter == 'v' || letter == 'i';
  if (value.empty() && letter != 'm') return give_up("a variable in the element " + device);
  // Words before the first "=": name, nodes, then the value (of a source: [dc] value and waveforms).
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const bool keyed = equals != std::string::npos && words[i][0] != '{' && words[i][0] != '\'';
    const std::string expression = expression_of(keyed ? words[i].substr(equals + 1) : words[i]);
    // A node may have the name of a variable: it is none.
    const bool is_place = i < (letter == 'm' ? std::size_t{6} : std::size_t{3});
    if (is_place || !varies(expression, scope)) continue;
    if (keyed && letter != 'i' && letter != 'v') {
      add_parameter(device, words[i].substr(0, equals), expression, scope);
    } else if (!keyed && !value.empty() && (i == 3 || (is_source && i == 4 && words[3] == "dc"))) {
      add_parameter(device, value, expression, scope);
    } else {
      give_up("a variable in the element " + device);
    }
  }
}

void Elaboration::read_instance(const std::vector<std::string>& words, const Scope& scope, const std::string& path,
                                int depth) {
  std::vector<std::string> parts = words;
  std::map<std::string, std::string> given;
  while (parts.size() > 1 && (parts.back().find('=') != std::string::npos || parts.back() == "params:")) {
    const std::size_t equals = parts.back().find('=');
    if (equals != std::string::npos) given[parts.back().substr(0, equals)] = parts.back().substr(equals + 1);
    parts.pop_back();
  }
  const auto cell = cells_.find(parts.back());
  if (cell == cells_.end() || depth >= kMaxNesting) return give_up("the subcircuit of " + words[0] + " is not known");
  Scope inner = scope;
  // Defaults may use each other and what is outside; values given in the call are expressions of the caller.
  for (const auto& [name, expression] : defaults_[cell->first]) {
    if (!given.contains(name)) define(name, expression, scope, inner);
  }
  for (const auto& [name, expression] : given) define(name, expression, scope, inner);
  read_statements(cell->second.body, inner, path + words[0] + ".", depth + 1);
}

void Elaboration::add_parameter(const std::string& device, const std::string& parameter, const std::string& expression,
                                const Scope& scope) {
  if (parameters_.size() >= kMaxParameters) return give_up("more than 20000 instance values");
  expressions_.emplace_back(expression, scope.places);
  parameters_.push_back({device, parameter});
}

}  // namespace exturbo::spice
