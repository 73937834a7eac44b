// Metrics in words: unit, definition, and a value as people write it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "exturbo/problem/problem.hpp"

namespace exturbo::report {

/// Unit of a metric: the problem's own, else that of the built-in measure, else "".
std::string metric_unit(const problem::Problem& problem, const std::string& id);

/// How the metric is measured, in one sentence, with the options that differ from their defaults.
std::string metric_definition(const problem::Problem& problem, const std::string& id);

/// A value with SI prefix and unit as people write it: "63.2°", "5.1 V/µs", "0.98 Vdd"; others as
/// core::format_quantity.
std::string quantity(double value, const std::string& unit, int digits = 4);

/// The same with its sign in front, plus included.
std::string signed_quantity(double value, const std::string& unit, int digits = 3);

/// A share as a signed percentage of two or three digits, "+3.4 %"; beyond 999 % only ">999 %".
std::string signed_percent(double share);

/// printf's %.*g.
std::string general(double value, int digits);

}  // namespace exturbo::report
