// Arithmetic expressions: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/expression.hpp"

#include <muParser.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>

#include "exturbo/core/number.hpp"

namespace exturbo::problem {
namespace {

constexpr const char* kNameCharacters = "0123456789_.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// muParser's own number reader knows no suffixes: this one takes the longest run that parse_number accepts.
int read_number(const char* text, int* position, mu::value_type* value) {
  int length = 0;
  while (std::isalnum(static_cast<unsigned char>(text[length])) || text[length] == '.' ||
         ((text[length] == '+' || text[length] == '-') && length > 0 &&
          (text[length - 1] == 'e' || text[length - 1] == 'E') &&
          std::isdigit(static_cast<unsigned char>(text[length + 1])))) {
    ++length;
  }
  if (length == 0 || (!std::isdigit(static_cast<unsigned char>(text[0])) && text[0] != '.')) return 0;
  const auto number = core::parse_number(std::string_view(text, static_cast<std::size_t>(length)));
  if (!number) return 0;
  *value = *number;
  *position += length;
  return 1;
}

/// muParser's words, but plain for the commonest fault.
std::string reason(const mu::Parser::exception_type& error) {
  if (error.GetCode() == mu::ecUNASSIGNABLE_TOKEN) return "'" + error.GetToken() + "' is no known name or operator";
  std::string text = error.GetMsg();
  while (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

mu::Parser make_parser(const std::string& expression) {
  mu::Parser parser;
  parser.DefineNameChars(kNameCharacters);
  parser.AddValIdent(read_number);
  parser.SetExpr(expression);
  return parser;
}

/// The first function call of an expression to none of `known`, or "".
template <typename Names>
std::string other_function(const std::string& expression, const Names& known) {
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (!std::isalpha(static_cast<unsigned char>(expression[i])) && expression[i] != '_') continue;
    // A letter behind a digit belongs to a number: 10u, 1e-6.
    const bool within =
        i > 0 && (std::isalnum(static_cast<unsigned char>(expression[i - 1])) || expression[i - 1] == '.');
    std::size_t end = i;
    while (end < expression.size() &&
           (std::isalnum(static_cast<unsigned char>(expression[end])) || expression[end] == '_'))
      ++end;
    const std::string name = expression.substr(i, end - i);
    const std::size_t next = expression.find_first_not_of(" \t", end);
    if (!within && next != std::string::npos && expression[next] == '(' &&
        std::find(std::begin(known), std::end(known), name) == std::end(known))
      return name;
    i = end - 1;
  }
  return "";
}

}  // namespace

std::set<std::string> expression_names(const std::string& expression) {
  try {
    mu::Parser parser = make_parser(expression);
    std::set<std::string> names;
    for (const auto& [name, value] : parser.GetUsedVar()) names.insert(name);
    return names;
  } catch (const mu::Parser::exception_type& error) {
    throw ExpressionError("expression '" + expression + "': " + reason(error));
  }
}

double evaluate_expression(const std::string& expression, const std::map<std::string, double>& values) {
  try {
    mu::Parser parser = make_parser(expression);
    for (const auto& [name, value] : values) parser.DefineConst(name, value);
    return parser.Eval();
  } catch (const mu::Parser::exception_type& error) {
    throw ExpressionError("expression '" + expression + "': " + reason(error));
  }
}

struct CompiledExpression::Parser {
  mu::Parser parser;
};

CompiledExpression::CompiledExpression(const std::string& expression,
                                       const std::map<std::string, const double*>& places)
    : parser_(std::make_unique<Parser>()) {
  constexpr const char* kFunctions[] = {"min", "max", "abs", "sqrt", "exp", "ceil", "floor", "int"};
  const std::string other = other_function(expression, kFunctions);
  if (!other.empty()) throw ExpressionError("expression '" + expression + "': the function " + other + " is not known");
  if (expression.find('=') != std::string::npos) throw ExpressionError("expression '" + expression + "' holds a '='");
  try {
    mu::Parser& parser = parser_->parser;
    parser = make_parser(expression);
    parser.DefineFun("ceil", [](double x) { return std::ceil(x); });
    parser.DefineFun("floor", [](double x) { return std::floor(x); });
    parser.DefineFun("int", [](double x) { return std::trunc(x); });
    // A copy: each definition changes the parser's own.
    const auto used = parser.GetUsedVar();
    for (const auto& [name, value] : used) {
      const auto place = places.find(name);
      if (place == places.end()) throw ExpressionError("expression '" + expression + "': '" + name + "' is not known");
      // muParser takes a pointer to what it could assign to; no expression of ours can hold an assignment.
      parser.DefineVar(name, const_cast<double*>(place->second));
    }
    parser.Eval();
  } catch (const mu::Parser::exception_type& error) {
    throw ExpressionError("expression '" + expression + "': " + reason(error));
  }
}

CompiledExpression::~CompiledExpression() = default;
CompiledExpression::CompiledExpression(CompiledExpression&&) noexcept = default;
CompiledExpression& CompiledExpression::operator=(CompiledExpression&&) noexcept = default;

double CompiledExpression::value() const { return parser_->parser.Eval(); }

std::string substitute_expressions(const std::string& text, const std::map<std::string, double>& values) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '}') throw ExpressionError("'" + text + "': '}' without '{'");
    if (text[i] != '{') {
      result += text[i++];
      continue;
    }
    const std::size_t end = text.find('}', i);
    if (end == std::string::npos) throw ExpressionError("'" + text + "': '{' without '}'");
    result += core::format_exact(evaluate_expression(text.substr(i + 1, end - i - 1), values));
    i = end + 1;
  }
  return result;
}

}  // namespace exturbo::problem
