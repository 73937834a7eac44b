// The end of a command's standard error as one line.
// SPDX-License-Identifier: BSD-3-Clause
#include "command/error_tail.hpp"

#include <gtest/gtest.h>

using exturbo::command::ErrorTail;

namespace {

std::string text_of(const std::string& bytes, std::size_t at_once = 7) {
  ErrorTail tail;
  for (std::size_t i = 0; i < bytes.size(); i += at_once) {
    const std::string part = bytes.substr(i, at_once);
    tail.append(part.data(), part.size());
  }
  return tail.text();
}

}  // namespace

TEST(ErrorTail, JoinsLinesAndDropsControlCharacters) {
  EXPECT_EQ(text_of(""), "");
  EXPECT_EQ(text_of("\n\n"), "");
  EXPECT_EQ(text_of("Traceback:\r\n\tline 3\n\nValueError: \x1b[31mno\x1b[0m\n"),
            "Traceback: |  line 3 | ValueError: [31mno[0m");
}

TEST(ErrorTail, KeepsTheEndOfWhatIsLong) {
  for (const std::size_t at_once : {1U, 100U, 100000U}) {
    const std::string text = text_of(std::string(50000, 'a') + "the end", at_once);
    EXPECT_EQ(text.size(), 3 + ErrorTail::kMostBytes);
    EXPECT_TRUE(text.starts_with("...aaa") && text.ends_with("aathe end")) << text;
  }
}

TEST(ErrorTail, CutsNoCharacterInHalf) {
  std::string bytes;
  for (int i = 0; i < 3000; ++i) bytes += "µ";
  const std::string text = text_of("x" + bytes + "x", 6000);
  EXPECT_TRUE(text.starts_with("...µ")) << text;
}
