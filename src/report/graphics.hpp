// Small static SVG drawings inside table cells. Shape says what colour says.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace exturbo::report {

/// A coordinate with at most two decimals, so that the same run gives the same bytes at a small size.
std::string coordinate(double value);

/// Relative margin to a bound: a bar to the right of the bound's line (met, filled) or to its left (missed, hollow).
/// Full width is 25 %; what goes beyond ends in a tip. `label` is read instead of the picture.
std::string margin_bar(double margin, bool met, const std::string& label);

/// A dot on a line: where in its range (0 to 1) a value lies. At an end the dot becomes a bar across the line.
std::string range_bar(double position, const std::string& label);

/// Share (0 to 1) of a whole as a filled bar.
std::string share_bar(double share, const std::string& label);

}  // namespace exturbo::report
