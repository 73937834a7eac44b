// Paragraphs and tables for a terminal of 80 columns.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace exturbo::report {

inline constexpr std::size_t kTextWidth = 80;

/// The text broken into lines at its blanks, each of kTextWidth characters at most; made safe for a terminal.
std::string wrapped(const std::string& text);

/// Rows as aligned columns, the first row as their heads; columns of `numbers` to the right. What does not fit is cut;
/// made safe for a terminal. "" where there is no row below the heads.
std::string text_table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& numbers);

}  // namespace exturbo::report
