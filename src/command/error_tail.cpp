// The end of a command's standard error: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "error_tail.hpp"

#include <algorithm>

namespace exturbo::command {

void ErrorTail::append(const char* bytes, std::size_t count) {
  if (count > kMostBytes) {
    bytes += count - kMostBytes;
    count = kMostBytes;
    cut_ = true;
  }
  bytes_.append(bytes, count);
  if (bytes_.size() <= 2 * kMostBytes) return;
  bytes_.erase(0, bytes_.size() - kMostBytes);
  cut_ = true;
}

std::string ErrorTail::text() const {
  std::size_t begin = bytes_.size() - std::min(bytes_.size(), kMostBytes);
  const bool cut = cut_ || begin > 0;
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(bytes_[at]) & 0xC0U) == 0x80U; };
  while (cut && begin < bytes_.size() && continues(begin)) ++begin;
  std::string line = cut ? "..." : "";
  bool at_line_end = false;
  for (std::size_t i = begin; i < bytes_.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes_[i]);
    if (c == '\n') {
      at_line_end = !line.empty();
    } else if ((c >= 0x20 && c != 0x7f) || c == '\t') {
      if (at_line_end) line += " | ";
      at_line_end = false;
      line += c == '\t' ? ' ' : bytes_[i];
    }
  }
  return line;
}

}  // namespace exturbo::command
