// Numbers with SPICE suffixes at the edges; SI inside.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace exturbo::core {

/// Reads a whole string as a number with an optional SPICE suffix, case-blind: t g meg k m u n p f a (and mil).
/// Letters after the suffix are a unit and ignored, as SPICE does ("10pF", "1.8V").
/// Returns nothing for anything else: infinities, NaN and what no double holds ("1e308meg", "1e-320f") included.
std::optional<double> parse_number(std::string_view text);

/// True when the text uses a capital `M` alone as suffix, which SPICE reads as milli and people mean as mega.
bool is_ambiguous_mega(std::string_view text);

/// Shortest text with a SPICE suffix that parse_number reads back within `digits` significant digits: 2.5e-6 -> "2.5u".
std::string format_number(double value, int digits = 6);

/// For people: value with an SI prefix and the unit, such as "2.50 µm" or "-61.3 dB" (no prefix for dB, deg and
/// shares).
std::string format_quantity(double value, std::string_view unit, int digits = 4);

/// Shortest decimal text that reads back to exactly the same double; "null" for non-finite values.
std::string format_exact(double value);

}  // namespace exturbo::core
