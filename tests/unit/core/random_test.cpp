// Counter-based random streams.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

using namespace exturbo::core;

TEST(RandomStream, SameNameSameNumbers) {
  RandomStream a(7, 3, Purpose::kCandidates);
  RandomStream b(7, 3, Purpose::kCandidates);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.bits(), b.bits());
}

TEST(RandomStream, OtherSeedIndexOrPurposeOtherNumbers) {
  std::set<std::uint32_t> first;
  first.insert(RandomStream(7, 3, Purpose::kCandidates).bits());
  first.insert(RandomStream(8, 3, Purpose::kCandidates).bits());
  first.insert(RandomStream(7, 4, Purpose::kCandidates).bits());
  first.insert(RandomStream(7, 3, Purpose::kRestart).bits());
  first.insert(RandomStream(7, 3 + (1ULL << 32), Purpose::kCandidates).bits());
  EXPECT_EQ(first.size(), 5U);
}

TEST(RandomStream, MatchesThePublishedPhiloxVector) {
  // Random123's known-answer test: philox4x32-10, counter and key zero, first word 6627e8d5.
  // Ours has the purpose in counter word 3, so only a purpose of zero gives that block.
  EXPECT_EQ(RandomStream(0, 0, static_cast<Purpose>(0)).bits(), 0x6627e8d5U);
}

TEST(RandomStream, UniformHasTheMomentsOfTheUniformDistribution) {
  RandomStream stream(1, 1, Purpose::kTest);
  constexpr int kDraws = 200000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = stream.uniform();
    ASSERT_GT(u, 0);
    ASSERT_LT(u, 1);
    sum += u;
    squares += u * u;
  }
  // Five standard errors: a false alarm once in two million seeds; the seed is fixed.
  EXPECT_NEAR(sum / kDraws, 0.5, 5 * std::sqrt(1.0 / 12 / kDraws));
  EXPECT_NEAR(squares / kDraws, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / kDraws));
}

TEST(RandomStream, NormalHasTheMomentsOfTheNormalDistribution) {
  RandomStream stream(1, 2, Purpose::kTest);
  constexpr int kDraws = 200000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double z = stream.normal();
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / kDraws, 0, 5 / std::sqrt(kDraws));
  EXPECT_NEAR(squares / kDraws, 1, 5 * std::sqrt(2.0 / kDraws));
}

TEST(RandomStream, BelowCoversItsRange) {
  RandomStream stream(1, 3, Purpose::kTest);
  std::set<std::uint32_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(stream.below(7));
  EXPECT_EQ(seen.size(), 7U);
  EXPECT_EQ(*seen.rbegin(), 6U);
}
