// Where rankings of variables agree, and what is said where they do not.
// SPDX-License-Identifier: BSD-3-Clause
#include "sensitivity/agreement.hpp"

#include <gtest/gtest.h>

using namespace exturbo::sensitivity;

namespace {

const std::vector<std::string> kVariables{"w1", "l1", "ib", "cc", "rz"};

Eigen::VectorXd sizes(std::initializer_list<double> values) {
  return Eigen::Map<const Eigen::VectorXd>(values.begin(), static_cast<Eigen::Index>(values.size()));
}

TEST(RankCorrelation, OfKnownOrders) {
  EXPECT_DOUBLE_EQ(rank_correlation(sizes({1, 2, 3}), sizes({10, 20, 300})), 1);
  EXPECT_DOUBLE_EQ(rank_correlation(sizes({1, 2, 3}), sizes({3, 2, 1})), -1);
  EXPECT_DOUBLE_EQ(rank_correlation(sizes({1, 2, 3, 4}), sizes({1, 3, 2, 4})), 0.8);   // 1 - 6 * 2 / 60
  EXPECT_NEAR(rank_correlation(sizes({1, 1, 2}), sizes({1, 2, 3})), 0.8660254, 1e-6);  // ties: ranks 0.5, 0.5, 2
  EXPECT_EQ(rank_correlation(sizes({1, 1, 1}), sizes({1, 2, 3})), 0);
}

TEST(Agreement, IsSaidWhereAllPutTheSameFirst) {
  const Agreement verdict =
      compare(kVariables, {{"length-scales", sizes({5, 4, 3, 2, 1})}, {"simulated slopes", sizes({9, 7, 6, 2, 0})}});
  EXPECT_TRUE(verdict.agrees);
}

TEST(Agreement, NamesWhoPutsWhatFirst) {
  const Agreement verdict = compare(kVariables, {{"length-scales", sizes({5, 4, 3, 2, 1})},
                                                 {"simulated slopes", sizes({1, 2, 3, 4, 5})},
                                                 {"Sobol' indices", sizes({5, 4, 3, 2, 1})}});
  EXPECT_FALSE(verdict.agrees);
  EXPECT_EQ(verdict.statement.find("Length-scales put w1 first; simulated slopes rz."), 0U) << verdict.statement;
}

TEST(Agreement, NeedsSomethingToCompare) {
  EXPECT_TRUE(compare(kVariables, {{"length-scales", sizes({0, 0, 0, 0, 0})}}).agrees);
  EXPECT_TRUE(compare(kVariables, {{"length-scales", sizes({5, 4, 3, 2, 1})}, {"simulated slopes", {}}}).agrees);
}

}  // namespace
