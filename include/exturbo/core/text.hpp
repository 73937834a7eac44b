// Text: without case, as SPICE reads it; and made safe to show.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <string>

namespace exturbo::core {

/// The text with its ASCII letters in lower case.
std::string lower_case(std::string text);

/// UTF-8 text that others wrote, as one line of at most `max_bytes`, cut at a whole character: line ends and tabs become
/// blanks; control characters and those that turn the direction of writing go.
std::string one_line(const std::string& text, std::size_t max_bytes);

}  // namespace exturbo::core
