// The end of what a command wrote to its standard error.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <string>

namespace exturbo::command {

class ErrorTail {
 public:
  static constexpr std::size_t kMostBytes = 2000;

  void append(const char* bytes, std::size_t count);
  void clear() { *this = {}; }
  /// One line without control characters, whole UTF-8 sequences: lines are joined by " | ", "..." stands for what was
  /// cut off before.
  std::string text() const;

 private:
  std::string bytes_;  ///< At most twice kMostBytes.
  bool cut_ = false;
};

}  // namespace exturbo::command
