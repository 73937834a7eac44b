// Numbers with SPICE suffixes.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/number.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "exturbo/core/random.hpp"

using namespace exturbo::core;

TEST(ParseNumber, ReadsEverySuffixCaseBlind) {
  const std::pair<const char*, double> cases[] = {
      {"2.5u", 2.5e-6},  {"10meg", 1e7},       {"10MEG", 1e7}, {"3k", 3e3},       {"1g", 1e9},   {"1T", 1e12},
      {"4m", 4e-3},      {"4M", 4e-3},         {"7n", 7e-9},   {"8p", 8e-12},     {"9f", 9e-15}, {"1a", 1e-18},
      {"1mil", 25.4e-6}, {"-3.5e-3", -3.5e-3}, {"+2", 2},      {"10pF", 1e-11},   {"1.8V", 1.8}, {" 5u ", 5e-6},
      {".5", 0.5},       {"1e-6u", 1e-12},     {"30m", 0.03},  {"0.18u", 0.18e-6}};
  for (const auto& [text, value] : cases) {
    ASSERT_TRUE(parse_number(text)) << text;
    EXPECT_DOUBLE_EQ(*parse_number(text), value) << text;
  }
}

TEST(ParseNumber, SuffixGivesTheSameDoubleAsTheLiteral) {
  EXPECT_EQ(*parse_number("30m"), 0.03);
  EXPECT_EQ(*parse_number("0.1u"), 0.1e-6);
  EXPECT_EQ(*parse_number("4.7p"), 4.7e-12);
}

TEST(ParseNumber, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "u", "abc", "1..2", "1u2", "nan", "inf", "-inf", "1e999", "0x10", "1 2", "--1", "1,5",
                           "+-1", "1e308meg", "-1e300t", "1e-320f"}) {
    EXPECT_FALSE(parse_number(text)) << text;
  }
}

TEST(AmbiguousMega, OnlyACapitalMAlone) {
  EXPECT_TRUE(is_ambiguous_mega("10M"));
  EXPECT_FALSE(is_ambiguous_mega("10m"));
  EXPECT_FALSE(is_ambiguous_mega("10Meg"));
  EXPECT_FALSE(is_ambiguous_mega("10u"));
  EXPECT_FALSE(is_ambiguous_mega("M"));
}

TEST(FormatNumber, RoundTripsThroughParse) {
  EXPECT_EQ(format_number(2.5e-6), "2.5u");
  EXPECT_EQ(format_number(1e7), "10meg");
  EXPECT_EQ(format_number(0), "0");
  EXPECT_EQ(format_number(1.8), "1.8");
  RandomStream stream(1, 1, Purpose::kTest);
  for (int i = 0; i < 2000; ++i) {
    const double value = (stream.uniform() < 0.5 ? -1 : 1) * std::pow(10.0, -17 + 30 * stream.uniform());
    const auto back = parse_number(format_number(value, 9));
    ASSERT_TRUE(back) << value;
    EXPECT_NEAR(*back / value, 1, 1e-8) << format_number(value, 9);
  }
}

TEST(FormatExact, ReadsBackToTheSameDouble) {
  RandomStream stream(2, 1, Purpose::kTest);
  for (int i = 0; i < 2000; ++i) {
    const double value = std::pow(10.0, -20 + 40 * stream.uniform());
    EXPECT_EQ(std::stod(format_exact(value)), value);
  }
  EXPECT_EQ(format_exact(std::numeric_limits<double>::infinity()), "null");
}

TEST(FormatQuantity, UsesPrefixesForUnitsThatTakeThem) {
  EXPECT_EQ(format_quantity(2.5e-6, "m"), "2.5 µm");
  EXPECT_EQ(format_quantity(-61.32, "dB"), "-61.32 dB");
  EXPECT_EQ(format_quantity(12.3e6, "Hz"), "12.3 MHz");
}
