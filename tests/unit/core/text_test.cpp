// Text that others wrote, made safe to show.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/text.hpp"

#include <gtest/gtest.h>

using exturbo::core::one_line;

TEST(OneLine, HasNoLineEndsAndNoControlCharacters) {
  EXPECT_EQ(one_line(" a\r\n\tb\n", 100), " a b");
  EXPECT_EQ(one_line("\x1b[31mred\x07\x7f", 100), "[31mred");
  EXPECT_EQ(one_line("a\u009b31m\u00b5", 100), "a31m\u00b5");
}

TEST(OneLine, ReadsInTheOrderItHas) { EXPECT_EQ(one_line("x\u202ey\u2066z\u2013", 100), "xyz\u2013"); }

TEST(OneLine, IsCutAtAWholeCharacter) {
  EXPECT_EQ(one_line("ab\xc2\xb5\xc2\xb5", 3), "ab");
  EXPECT_EQ(one_line("ab\xc2\xb5\xc2\xb5", 4), "ab\xc2\xb5");
  EXPECT_EQ(one_line("abc   ", 5), "abc");
}
