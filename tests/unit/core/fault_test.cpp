// Faults of user input.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/fault.hpp"

#include <gtest/gtest.h>

using namespace exturbo::core;

TEST(Fault, SaysFilePlaceIdFaultAndHint) {
  EXPECT_EQ(to_string({"PRB-011", "a.json", "/variables/W1", "min must be below max", "swap them"}),
            "a.json: /variables/W1: error PRB-011: min must be below max (swap them)");
  EXPECT_EQ(to_string({"X-1", "a.json", "", "bad", ""}), "a.json: error X-1: bad");
}

TEST(InputError, TellsEveryFaultOnALineOfItsOwn) {
  const InputError error({{"A-1", "f", "p", "x", ""}, {"A-2", "f", "q", "y", ""}});
  EXPECT_EQ(error.faults().size(), 2U);
  EXPECT_STREQ(error.what(), "f: p: error A-1: x\nf: q: error A-2: y");
}

TEST(ClosestName, FindsATypoAndRefusesAStranger) {
  const std::vector<std::string> names{"phase_margin", "dc_gain", "power"};
  EXPECT_EQ(closest_name("phase_margn", names), "phase_margin");
  EXPECT_EQ(closest_name("powr", names), "power");
  EXPECT_EQ(closest_name("slew_rate", names), "");
  EXPECT_EQ(closest_name("x", {}), "");
}

TEST(ClosestName, OfAVeryLongNameIsNoneWhateverTheCandidates) {
  const std::string name(1 << 20, 'a');
  EXPECT_EQ(closest_name(name, {name + "b"}), "");
  EXPECT_EQ(closest_name("unity_gain", {name, "unity_gian"}), "unity_gian");
}
