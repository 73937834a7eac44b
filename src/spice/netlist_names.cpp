// Names that a netlist uses and defines: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "netlist_names.hpp"

#include <algorithm>
#include <cctype>

#include "exturbo/core/number.hpp"

namespace exturbo::spice {
namespace {

bool is_name_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_name_part(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// Index behind the parenthesis that closes the one at `open`.
std::size_t behind_parenthesis(const std::string& text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) return i + 1;
  }
  return text.size();
}

/// Expressions of a word: what stands in braces or quotes, or a bare value behind "=".
std::vector<std::string> expressions_of(const std::string& word) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] != '{' && word[i] != '\'') continue;
    std::size_t end = i + 1;
    int depth = 1;
    while (end < word.size() && !(word[i] == '\'' ? word[end] == '\''
                                                  : (depth += word[end] == '{'   ? 1
                                                              : word[end] == '}' ? -1
                                                                                 : 0) == 0))
      ++end;
    result.push_back(word.substr(i + 1, end - i - 1));
    i = end;
  }
  const std::size_t equals = word.find('=');
  if (result.empty() && equals != std::string::npos) {
    const std::string value = word.substr(equals + 1);
    if (!core::parse_number(value)) result.push_back(value);
  }
  return result;
}

void read_parameters(const Statement& statement, NetlistNames& names) {
  // .param a=1 b={2*a}: each word up to "=" is defined.
  for (const std::string& word : words(statement.text)) {
    const std::size_t equals = word.find('=');
    if (equals != std::string::npos) names.defined.insert(word.substr(0, equals));
  }
}

std::size_t node_count(char letter) {
  switch (letter) {
    case 'm':
      return 4;
    case 'q':
    case 'j':
      return 3;
    case 'e':
    case 'g':
    case 's':
      return 4;
    case 'k':
      return 0;
    default:
      return 2;
  }
}

}  // namespace

std::set<std::string> expression_identifiers(const std::string& expression) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < expression.size();) {
    if (std::isdigit(static_cast<unsigned char>(expression[i])) || expression[i] == '.') {
      // A number with its suffix and exponent.
      while (i < expression.size() &&
             (is_name_part(expression[i]) || expression[i] == '.' ||
              ((expression[i] == '-' || expression[i] == '+') && std::tolower(expression[i - 1]) == 'e')))
        ++i;
    } else if (is_name_start(expression[i])) {
      const std::size_t begin = i;
      while (i < expression.size() && is_name_part(expression[i])) ++i;
      const std::string name = lower_case(expression.substr(begin, i - begin));
      std::size_t next = i;
      while (next < expression.size() && expression[next] == ' ') ++next;
      const bool called = next < expression.size() && expression[next] == '(';
      if (called && (name == "v" || name == "i")) i = behind_parenthesis(expression, next);
      if (!called) names.insert(name);
    } else {
      ++i;
    }
  }
  return names;
}

NetlistNames netlist_names(const std::vector<std::string>& lines) {
  NetlistNames names;
  bool inside = false;
  for (const Statement& statement : statements(lines)) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.empty()) continue;
    const std::string& first = parts[0];
    if (first == ".subckt") inside = true;
    if (first == ".ends") inside = false;
    if (first == ".param" || first == ".subckt") read_parameters(statement, names);
    if (first == ".func") {
      // The arguments are names of the function's own; its body is not looked at.
      continue;
    }
    if (first == ".meas" || first == ".measure" || first == ".model" || first == ".options" || first == ".option")
      continue;
    std::string text;
    if (first[0] == 'b') {
      // The expression of a B source needs no braces: all behind "v=" or "i=".
      const std::size_t equals = statement.text.find('=');
      if (equals != std::string::npos) text = statement.text.substr(equals + 1);
    }
    std::vector<std::string> expressions{text};
    for (const std::string& part : parts) {
      const auto more = expressions_of(part);
      if (first[0] != 'b') expressions.insert(expressions.end(), more.begin(), more.end());
    }
    for (const std::string& expression : expressions) {
      for (const std::string& name : expression_identifiers(expression)) names.used.emplace(name, statement.line);
    }
    if (inside || first[0] == '.') continue;
    std::size_t count = node_count(first[0]);
    if (first[0] == 'x') {
      count = static_cast<std::size_t>(std::count_if(
                  parts.begin() + 1, parts.end(),
                  [](const std::string& part) { return part.find('=') == std::string::npos && part != "params:"; })) -
              1;
    }
    if ((first[0] == 'e' || first[0] == 'g') && parts.size() > 3 &&
        (parts[3].find('=') != std::string::npos || parts[3][0] == '{'))
      count = 2;
    for (std::size_t i = 1; i <= count && i < parts.size(); ++i) names.nodes.insert(parts[i]);
    if (first[0] == 'v' || first[0] == 'i') names.sources.insert(first);
  }
  return names;
}

bool is_reserved_name(const std::string& name) {
  static const std::set<std::string> kReserved{
      "sqr",   "sqrt",  "sin",     "cos",   "tan",    "exp",         "ln",     "log",  "log2", "log10", "arctan",
      "abs",   "pow",   "pwr",     "max",   "min",    "int",         "sinh",   "cosh", "tanh", "asin",  "acos",
      "atan",  "atan2", "asinh",   "acosh", "atanh",  "ternary_fcn", "agauss", "sgn",  "sign", "gauss", "unif",
      "aunif", "limit", "ceil",    "floor", "nint",   "rint",        "sum",    "avg",  "and",  "or",    "not",
      "div",   "mod",   "defined", "time",  "temper", "hertz",       "pi",     "e",    "_pi",  "_e"};
  return kReserved.count(lower_case(name)) > 0;
}

bool is_built_in_value(const std::string& name) {
  static const std::set<std::string> kValues{"time", "temper", "hertz", "pi", "e"};
  return kValues.count(lower_case(name)) > 0;
}

}  // namespace exturbo::spice
