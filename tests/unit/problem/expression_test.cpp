// Arithmetic expressions of named values.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/expression.hpp"

#include <gtest/gtest.h>

using namespace exturbo::problem;

TEST(Expression, EvaluatesWithSuffixesAndDottedNames) {
  EXPECT_DOUBLE_EQ(evaluate_expression("2.5u * 2", {}), 5e-6);
  EXPECT_DOUBLE_EQ(evaluate_expression("vdd/200", {{"vdd", 1.8}}), 0.009);
  EXPECT_DOUBLE_EQ(evaluate_expression("margin.M1 + 1e-3", {{"margin.M1", 0.1}}), 0.101);
  EXPECT_DOUBLE_EQ(evaluate_expression("10meg/1k - 2", {}), 9998);
  EXPECT_DOUBLE_EQ(evaluate_expression("vcm-0.15*vdd", {{"vdd", 1.8}, {"vcm", 0.9}}), 0.9 - 0.15 * 1.8);
}

TEST(Expression, ListsTheNamesItUses) {
  EXPECT_EQ(expression_names("dc_gain + 20*log10(power)"), (std::set<std::string>{"dc_gain", "power"}));
}

TEST(Expression, RefusesNonsenseAndUnknownNames) {
  EXPECT_THROW(expression_names("1 +"), ExpressionError);
  EXPECT_THROW(evaluate_expression("x", {}), ExpressionError);
  EXPECT_THROW(evaluate_expression("", {}), ExpressionError);
}

TEST(SubstituteExpressions, ReplacesBracesAndRefusesUnbalancedOnes) {
  EXPECT_EQ(substitute_expressions("dc vin 0 {vdd} {vdd/100}", {{"vdd", 2}}), "dc vin 0 2 0.02");
  EXPECT_THROW(substitute_expressions("dc {vdd", {{"vdd", 2}}), ExpressionError);
  EXPECT_THROW(substitute_expressions("dc vdd}", {{"vdd", 2}}), ExpressionError);
}
