// Text: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/text.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace exturbo::core {
namespace {

/// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069: text after them may show in another order than it has.
bool is_direction_mark(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xe2') return false;
  const auto second = static_cast<unsigned char>(text[1]);
  const auto third = static_cast<unsigned char>(text[2]);
  if (second == 0x80) return third == 0x8E || third == 0x8F || (third >= 0xAA && third <= 0xAE);
  return second == 0x81 && third >= 0xA6 && third <= 0xA9;
}

}  // namespace

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string one_line(const std::string& text, std::size_t max_bytes) {
  std::string line;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\t' || byte == '\n' || byte == '\r') {
      if (!line.empty() && line.back() != ' ') line += ' ';
    } else if (byte == 0xC2 && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xA0) {
      ++i;  // U+0080 to U+009F
    } else if (is_direction_mark(rest)) {
      i += 2;
    } else if (byte >= 32 && byte != 127) {
      line += text[i];
    }
  }
  if (line.size() > max_bytes) {
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    line.resize(end);
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace exturbo::core
