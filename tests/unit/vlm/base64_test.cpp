// Base64 against the test vectors of RFC 4648.
// SPDX-License-Identifier: BSD-3-Clause
#include "vlm/base64.hpp"

#include <gtest/gtest.h>

using exturbo::vlm::base64;

TEST(Base64, GivesTheVectorsOfTheRfc) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, TakesEveryByte) {
  EXPECT_EQ(base64(std::string("\xff\xfe\xfd", 3)), "//79");
  EXPECT_EQ(base64(std::string("\0\0\0", 3)), "AAAA");
}
