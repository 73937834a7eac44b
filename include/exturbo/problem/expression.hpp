// Arithmetic expressions of named values, evaluated by muParser.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>

namespace exturbo::problem {

/// The expression is malformed or uses an unknown name; what() says which.
class ExpressionError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Names that the expression uses, dots allowed ("margin.M1").
/// \throws ExpressionError if it does not parse.
std::set<std::string> expression_names(const std::string& expression);

/// Value of the expression; numbers may carry SPICE suffixes. May be infinite or NaN, as arithmetic gives it.
/// \throws ExpressionError.
double evaluate_expression(const std::string& expression, const std::map<std::string, double>& values);

/// An expression of SPICE netlists, compiled once and evaluated many times. Besides arithmetic it may use min, max, abs,
/// sqrt, exp, ceil, floor and int (towards zero): functions that mean the same to ngspice; any other is refused.
class CompiledExpression {
 public:
  /// `places` are where the value of each name is read at every evaluation; they must outlive this object.
  /// \throws ExpressionError if the expression is malformed, or uses another function or an unknown name.
  CompiledExpression(const std::string& expression, const std::map<std::string, const double*>& places);
  ~CompiledExpression();
  CompiledExpression(CompiledExpression&&) noexcept;
  CompiledExpression& operator=(CompiledExpression&&) noexcept;

  /// May be infinite or NaN, as arithmetic gives it.
  double value() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

/// Replaces each `{expression}` in `text` by its value ("dc vin 0 {vdd} {vdd/200}").
/// \throws ExpressionError, unbalanced braces included.
std::string substitute_expressions(const std::string& text, const std::map<std::string, double>& values);

}  // namespace exturbo::problem
