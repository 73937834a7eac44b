// Claims of the mix of exploiting and exploring.
// SPDX-License-Identifier: BSD-3-Clause
#include "bo/schedule.hpp"

#include <gtest/gtest.h>

namespace exturbo::bo {
namespace {

Options with_batch(int batch) {
  Options options;
  options.batch = batch;
  return options;
}

TEST(Schedule, EveryCycleHasOnePlainOptimumAndSomeSamples) {
  for (const int batch : {1, 2, 4, 10, 64}) {
    for (const bool constrained : {false, true}) {
      const Options options = with_batch(batch);
      int plain = 0, samples = 0;
      for (int k = 0; k < cycle_length(options); ++k) {
        const Turn turn = turn_of(options, k, constrained, true, false);
        plain += turn.choice == Choice::kPosteriorOptimum && turn.optimism == 0;
        samples += turn.choice == Choice::kThompson;
        EXPECT_LE(turn.optimism, 5.4 + 1e-12);
      }
      EXPECT_EQ(plain, 1) << batch << constrained;
      EXPECT_EQ(samples > 0, constrained || cycle_length(options) >= 5) << batch;
    }
  }
}

TEST(Schedule, OneOfThePendingSearchesForFeasibility) {
  const Options options = with_batch(4);
  EXPECT_EQ(turn_of(options, 2, true, false, false).choice, Choice::kFeasibility);
  EXPECT_EQ(turn_of(options, 2, true, false, true).choice, Choice::kThompson);
  EXPECT_EQ(turn_of(options, 0, false, false, false).choice, Choice::kPosteriorOptimum);
}

TEST(Schedule, OptionsChooseOneAcquisition) {
  Options options = with_batch(4);
  options.acquisition = Acquisition::kThompson;
  EXPECT_EQ(turn_of(options, 0, true, true, false).choice, Choice::kThompson);
  options.acquisition = Acquisition::kLogEi;
  EXPECT_EQ(turn_of(options, 3, true, true, true).choice, Choice::kExpectedImprovement);
  EXPECT_EQ(turn_of(options, 3, true, false, false).choice, Choice::kFeasibility);
}

}  // namespace
}  // namespace exturbo::bo
