// Values of netlist parameters: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "values.hpp"

#include <cctype>

#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"

namespace exturbo::circuit {
namespace {

bool is_name_part(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

/// The text between braces or quotes, or the text itself.
std::string inner(const std::string& text) {
  const bool enclosed = text.size() >= 2 &&
                        ((text.front() == '{' && text.back() == '}') || (text.front() == '\'' && text.back() == '\''));
  return enclosed ? text.substr(1, text.size() - 2) : text;
}

std::string substituted(const std::string& expression, const Scope& scope) {
  std::string result;
  for (std::size_t at = 0; at < expression.size();) {
    std::size_t end = at;
    while (end < expression.size() && is_name_part(expression[end])) ++end;
    if (end == at) {
      result += expression[at++];
      continue;
    }
    const std::string word = expression.substr(at, end - at);
    const auto known = scope.find(core::lower_case(word));
    result += known == scope.end() ? word : "(" + inner(known->second) + ")";
    at = end;
  }
  return result;
}

}  // namespace

std::string value_text(const std::string& written, const Scope& scope) {
  const std::string expression = inner(written);
  if (expression.empty()) return "";
  if (core::parse_number(expression)) return expression;
  const std::string lower = core::lower_case(expression);
  if (const auto known = scope.find(lower); known != scope.end()) return known->second;
  return "{" + substituted(expression, scope) + "}";
}

std::string product(const std::string& a, const std::string& b) {
  const auto first = core::parse_number(a);
  const auto second = core::parse_number(b);
  if (first && second) return core::format_exact(*first * *second);
  return "{(" + inner(a) + ")*(" + inner(b) + ")}";
}

}  // namespace exturbo::circuit
