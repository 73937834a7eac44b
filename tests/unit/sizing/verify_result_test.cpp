// What samples and corners say: yield intervals in closed form, distributions, worst corners.
// SPDX-License-Identifier: BSD-3-Clause
#include "sizing/verify_result.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "exturbo/sizing/yield.hpp"

using namespace exturbo;
using run::VerificationRecord;
using sizing::clopper_pearson;

namespace {

/// Chance of `low` to `high` hits among n of chance p.
double binomial(int low, int high, int n, double p) {
  double sum = 0;
  for (int k = low; k <= high; ++k)
    sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) + k * std::log(p) +
                    (n - k) * std::log1p(-p));
  return sum;
}

/// gain >= 70 dB (60 in Monte Carlo), power <= 300 uW (nominal only), on three corners.
problem::Problem three_corners() {
  problem::Problem problem;
  problem.specs = {{"gain", 70, {}, 1, false, 60, {}}, {"power", {}, 300e-6, 1e-6, true, {}, {}}};
  for (const char* name : {"a", "b", "c"}) problem.corners.push_back({name, "tt", 27, {}});
  return problem;
}

VerificationRecord record(double gain, double power) { return {"ok", "", {{"gain", gain}, {"power", power}}, {}}; }

}  // namespace

TEST(YieldInterval, HasClosedFormsWhereAllOrNoSamplePasses) {
  for (const int n : {1, 10, 200, 5000}) {
    const double edge = std::pow(0.025, 1.0 / n);
    EXPECT_NEAR(clopper_pearson(n, n).first, edge, 1e-12);
    EXPECT_EQ(clopper_pearson(n, n).second, 1);
    EXPECT_EQ(clopper_pearson(0, n).first, 0);
    EXPECT_NEAR(clopper_pearson(0, n).second, 1 - edge, 1e-12);
  }
}

TEST(YieldInterval, EndsLeaveHalfOfTheRestInEachTail) {
  for (const auto& [passed, samples] : {std::pair{1, 2}, {7, 10}, {187, 200}, {1, 500}, {499, 500}}) {
    const auto [low, high] = clopper_pearson(passed, samples, 0.9);
    EXPECT_NEAR(binomial(passed, samples, samples, low), 0.05, 1e-9) << passed << " of " << samples;
    EXPECT_NEAR(binomial(0, passed, samples, high), 0.05, 1e-9) << passed << " of " << samples;
  }
}

TEST(Distribution, QuantilesAreLinearBetweenTheSortedValues) {
  const std::vector<double> sorted{1, 2, 4, 8, 16};
  EXPECT_EQ(sizing::quantile(sorted, 0), 1);
  EXPECT_EQ(sizing::quantile(sorted, 0.5), 4);
  EXPECT_DOUBLE_EQ(sizing::quantile(sorted, 0.625), 6);
  EXPECT_EQ(sizing::quantile(sorted, 1), 16);
  EXPECT_EQ(sizing::quantile({3}, 0.999), 3);
  const auto [mean, sigma] = sizing::mean_and_sigma({2, 4, 6});
  EXPECT_DOUBLE_EQ(mean, 4);
  EXPECT_DOUBLE_EQ(sigma, 2);
}

TEST(Verification, TheWorstCornerIsThatOfTheSmallestMarginWhereAllIsMet) {
  const auto problem = three_corners();
  EXPECT_EQ(sizing::worst_corner(problem, {record(90, 1e-4), record(75, 2e-4), record(72, 1e-4)}), 2U);
  const auto met = sizing::verify_summary(problem, {record(90, 1e-4), record(75, 2.9e-4), record(72, 1e-4)}, {}, 0);
  EXPECT_TRUE(met.met);
  EXPECT_EQ(met.result.at("worst_corner"), "c");
  EXPECT_EQ(met.result.at("per_spec").at("power").at("worst_corner").at("name"), "b");
  EXPECT_TRUE(met.result.at("yield").is_null());
}

TEST(Verification, ACornerThatFailsIsWorseThanAnyThatMissesASpec) {
  const auto problem = three_corners();
  const std::vector<VerificationRecord> corners{record(10, 1e-4), {"no_convergence", "why", {}, {}}, record(72, 1e-4)};
  EXPECT_EQ(sizing::worst_corner(problem, corners), 1U);
  const auto summary = sizing::verify_summary(problem, corners, {}, 0);
  EXPECT_FALSE(summary.met);
  EXPECT_TRUE(summary.result.at("per_spec").at("gain").at("worst_corner").at("value").is_null());
  EXPECT_EQ(summary.result.at("corners").at("a").at("violated"), run::Json::array({"gain"}));
  EXPECT_EQ(summary.result.at("corners").at("b").at("violated").size(), 2U);
}

TEST(Verification, SamplesAreHeldAgainstTheBoundsOfMonteCarlo) {
  const auto problem = three_corners();
  const std::vector<VerificationRecord> corners(3, record(80, 1e-4));
  // The third misses the bound of Monte Carlo, the fourth one that holds nominally only, the fifth has no result.
  const std::vector<VerificationRecord> samples{
      record(65, 1e-4), record(61, 1e-4), record(59, 1e-4), record(80, 1), {"spurious", "why", {}, {}}};
  const auto summary = sizing::verify_summary(problem, corners, samples, 0.6);
  EXPECT_TRUE(summary.met);
  EXPECT_DOUBLE_EQ(summary.result.at("yield").get<double>(), 0.6);
  EXPECT_EQ(summary.result.at("interval").at(0), clopper_pearson(3, 5).first);
  EXPECT_EQ(summary.result.at("failed_samples").at("spurious"), 1);
  const auto& gain = summary.result.at("per_spec").at("gain").at("monte_carlo");
  EXPECT_EQ(gain.at("measured"), 4);
  EXPECT_EQ(gain.at("worst"), 59);
  EXPECT_DOUBLE_EQ(gain.at("yield").get<double>(), 0.6);
  EXPECT_TRUE(summary.result.at("per_spec").at("power").at("monte_carlo").at("bounds").is_null());
  EXPECT_FALSE(sizing::verify_summary(problem, corners, samples, 0.61).met);
}
