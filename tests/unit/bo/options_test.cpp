// Claims of the option checks.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/bo/options.hpp"

#include <gtest/gtest.h>

#include "exturbo/bo/optimizer.hpp"

namespace exturbo::bo {
namespace {

TEST(Options, DefaultsAreUsable) { EXPECT_TRUE(check(Options{}, 12).empty()); }

TEST(Options, FaultsNameOptionValueAndRelation) {
  Options options;
  options.batch = 0;
  options.min_length = 0.9;
  options.initial_design = 1;
  options.constraint_hints.resize(3);
  const auto faults = check(options, 2);
  ASSERT_EQ(faults.size(), 4u);
  EXPECT_EQ(faults[0].place, "batch");
  EXPECT_NE(faults[0].what.find("1 <= batch <= 64"), std::string::npos);
  EXPECT_NE(faults[0].what.find("has 0"), std::string::npos);
  EXPECT_EQ(faults[1].place, "initial_design");
  EXPECT_EQ(faults[2].place, "min_length");
  EXPECT_EQ(faults[3].place, "constraint_hints");
}

TEST(Options, OptimizerRefusesThemAll) {
  Options options;
  options.batch = 65;
  options.fourier_features = 1;
  try {
    Optimizer optimizer(SearchSpace({{"x", 0, 1}}), 0, options);
    FAIL() << "accepted";
  } catch (const core::InputError& error) {
    EXPECT_EQ(error.faults().size(), 2u);
  }
}

TEST(Options, LogarithmOfASlackIsRefused) {
  Options options;
  options.constraint_hints = {{Transform::kLog, 1}};
  EXPECT_EQ(check(options, 1).size(), 1u);
}

}  // namespace
}  // namespace exturbo::bo
