// Text for a terminal: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "plain_text.hpp"

#include <algorithm>
#include <sstream>

#include "exturbo/core/text.hpp"

namespace exturbo::report {
namespace {

constexpr std::size_t kMostBytes = 4000;
constexpr std::size_t kBetween = 2;  ///< Blanks between columns.

bool begins_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::size_t letters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_letter));
}

/// The first `count` letters; where some are cut the last is an ellipsis.
std::string cut(const std::string& text, std::size_t count) {
  if (letters(text) <= count) return text;
  std::size_t end = 0;
  for (std::size_t seen = 0; end < text.size(); ++end) {
    if (begins_letter(text[end]) && seen++ + 1 == count) break;
  }
  return text.substr(0, end) + "…";
}

}  // namespace

std::string wrapped(const std::string& text) {
  std::istringstream words(core::one_line(text, kMostBytes));
  std::string result, line;
  for (std::string word; words >> word;) {
    word = cut(word, kTextWidth);
    if (!line.empty() && letters(line) + 1 + letters(word) > kTextWidth) {
      result += line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return result + line + "\n";
}

std::string text_table(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& numbers) {
  if (rows.size() < 2) return "";
  std::vector<std::vector<std::string>> safe;
  std::vector<std::size_t> widths(numbers.size(), 0);
  for (const std::vector<std::string>& row : rows) {
    safe.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      safe.back().push_back(core::one_line(row[i], kMostBytes));
      widths[i] = std::max(widths[i], letters(safe.back().back()));
    }
  }
  // The widest column gives way until the row fits.
  const auto total = [&] {
    std::size_t sum = kBetween * (widths.size() - 1);
    for (const std::size_t width : widths) sum += width;
    return sum;
  };
  while (total() > kTextWidth) --*std::max_element(widths.begin(), widths.end());
  std::string text;
  for (const std::vector<std::string>& row : safe) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = cut(row[i], widths[i]);
      const std::string pad(widths[i] - letters(cell), ' ');
      line += (i == 0 ? "" : std::string(kBetween, ' ')) + (numbers[i] ? pad + cell : cell + pad);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

}  // namespace exturbo::report
