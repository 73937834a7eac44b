// Claims of the Sobol' indices.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/sobol_indices.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "support/known_indices.hpp"

namespace exturbo::sensitivity {
namespace {

/// All first-order, total and, where known, second-order indices.
void expect_known(const CubeFunction& function, const KnownFunction& known, double tolerance) {
  SCOPED_TRACE(known.name);
  const Eigen::Index d = known.first.size();
  SobolOptions options;
  options.replicates = 0;
  if (known.second.size() > 0) options.pairs = all_pairs(d);
  const SobolIndices indices = sobol_indices(function, d, options);
  for (Eigen::Index i = 0; i < d; ++i) {
    const auto k = static_cast<std::size_t>(i);
    EXPECT_NEAR(indices.first[k].value, known.first[i], tolerance) << "first " << i;
    EXPECT_NEAR(indices.total[k].value, known.total[i], tolerance) << "total " << i;
  }
  for (std::size_t k = 0; k < options.pairs.size(); ++k) {
    const auto [i, j] = options.pairs[k];
    EXPECT_NEAR(indices.second[k].value, known.second(i, j), tolerance) << "pair " << i << " " << j;
  }
}

TEST(SobolIndices, OfASampleAreWithinTwoHundredthsOfExactOnes) {
  for (const KnownFunction& known : {ishigami(), g_function(), borehole()}) expect_known(known.function, known, 0.02);
}

TEST(SobolIndices, OfTheModelOf500PointsAreWithinFiveHundredthsOfExactOnes) {
  for (const KnownFunction& known : {ishigami(), g_function(), borehole()}) {
    expect_known(posterior_mean(known, 500), known, 0.05);
  }
}

/// Variance of w_i x_i: w_i^2 / 12.
TEST(SobolIndices, AdditiveFunctionHasSharesOfSquaresAndNoInteractions) {
  const Eigen::Vector4d slopes(1, -2, 3, 0);
  SobolOptions options;
  options.pairs = all_pairs(4);
  const SobolIndices indices = sobol_indices(
      [&](const Eigen::MatrixXd& x) -> Eigen::VectorXd { return (x.transpose() * slopes).array() + 1e6; }, 4, options);
  EXPECT_NEAR(indices.mean, 1e6 + 1, 1e-3);
  EXPECT_NEAR(indices.variance, 14.0 / 12, 2e-3);
  for (std::size_t i = 0; i < 4; ++i) {
    const double w = slopes[static_cast<Eigen::Index>(i)];
    EXPECT_NEAR(indices.first[i].value, w * w / 14, 2e-3);
    EXPECT_NEAR(indices.total[i].value, indices.first[i].value, 1e-6);
  }
  EXPECT_EQ(indices.total[3].value, 0);
  for (const IndexEstimate& pair : indices.second) EXPECT_NEAR(pair.value, 0, 2e-3);
  EXPECT_EQ(indices.evaluations, 4096 * 10);
}

TEST(SobolIndices, TheOnlyVariableHasAllOfTheVariance) {
  const auto square = [](const Eigen::MatrixXd& x) -> Eigen::VectorXd { return x.row(1).array().square(); };
  const SobolIndices indices = sobol_indices(square, 3);
  EXPECT_NEAR(indices.first[1].value, 1, 1e-12);
  EXPECT_NEAR(indices.total[1].value, 1, 1e-12);
  EXPECT_EQ(indices.total[0].value, 0);
}

TEST(SobolIndices, ConstantFunctionHasNone) {
  for (const double noise : {0.0, 1e-13}) {
    SobolOptions options;
    options.pairs = all_pairs(2);
    const SobolIndices indices = sobol_indices(
        [&](const Eigen::MatrixXd& x) -> Eigen::VectorXd { return 5 + noise * x.row(0).array().transpose(); }, 2,
        options);
    EXPECT_EQ(indices.first[0].value, 0);
    EXPECT_EQ(indices.total[0].upper, 0);
    EXPECT_EQ(indices.second[0].value, 0);
    EXPECT_NEAR(indices.mean, 5, 1e-9);
  }
}

TEST(SobolIndices, ScaleOfTheFunctionDoesNotMatter) {
  const CubeFunction function = ishigami().function;
  const SobolIndices plain = sobol_indices(function, 3);
  for (const double scale : {1e-200, 1e200}) {
    const auto scaled = [&](const Eigen::MatrixXd& x) -> Eigen::VectorXd { return scale * function(x); };
    const SobolIndices indices = sobol_indices(scaled, 3);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(indices.total[i].value, plain.total[i].value, 1e-12);
  }
}

TEST(SobolIndices, IntervalsHoldTheExactIndicesAndNarrowWithTheRows) {
  const KnownFunction known = g_function();
  double width[2];
  for (const int k : {0, 1}) {
    SobolOptions options;
    options.rows = k == 0 ? 256 : 4096;
    options.pairs = {{0, 1}};
    const SobolIndices indices = sobol_indices(known.function, 8, options);
    for (std::size_t i = 0; i < 4; ++i) {
      const auto j = static_cast<Eigen::Index>(i);
      EXPECT_LT(indices.first[i].lower, known.first[j]);
      EXPECT_GT(indices.first[i].upper, known.first[j]);
      EXPECT_LT(indices.total[i].lower, known.total[j]);
      EXPECT_GT(indices.total[i].upper, known.total[j]);
    }
    EXPECT_LT(indices.second[0].lower, known.second(0, 1));
    EXPECT_GT(indices.second[0].upper, known.second(0, 1));
    width[k] = indices.first[0].upper - indices.first[0].lower;
  }
  EXPECT_LT(width[1], 0.5 * width[0]);
}

TEST(SobolIndices, SameRngSeedGivesTheSameIndices) {
  const CubeFunction function = ishigami().function;
  SobolOptions options;
  options.rows = 300;
  const SobolIndices a = sobol_indices(function, 3, options), b = sobol_indices(function, 3, options);
  EXPECT_EQ(a.first[0].value, b.first[0].value);
  EXPECT_EQ(a.first[0].lower, b.first[0].lower);
  EXPECT_EQ(a.total[2].upper, b.total[2].upper);
  options.rng_seed = 2;
  EXPECT_NE(a.first[0].value, sobol_indices(function, 3, options).first[0].value);
}

TEST(SobolIndices, RowsWithoutAValueAreLeftOut) {
  const auto partly = [](const Eigen::MatrixXd& x) -> Eigen::VectorXd {
    return (x.row(0).array() < 0.01).select(std::numeric_limits<double>::quiet_NaN(), x.row(0) + x.row(1)).transpose();
  };
  const SobolIndices indices = sobol_indices(partly, 2);
  EXPECT_NEAR(static_cast<double>(indices.rows), 4096 * 0.99 * 0.99, 40);
  EXPECT_NEAR(indices.first[0].value, 0.5, 0.02);
  const auto nowhere = [](const Eigen::MatrixXd& x) -> Eigen::VectorXd {
    return Eigen::VectorXd::Constant(x.cols(), std::numeric_limits<double>::quiet_NaN());
  };
  const SobolIndices none = sobol_indices(nowhere, 2);
  EXPECT_EQ(none.rows, 0);
  EXPECT_EQ(none.first[1].value, 0);
}

TEST(SobolIndices, OptionsOutOfRangeAreRefused) {
  const CubeFunction function = ishigami().function;
  EXPECT_THROW(sobol_indices(function, 0), std::invalid_argument);
  const auto refused = [&](const auto& change) {
    SobolOptions options;
    change(options);
    EXPECT_THROW(sobol_indices(function, 3, options), std::invalid_argument);
  };
  refused([](SobolOptions& o) { o.rows = 0; });
  refused([](SobolOptions& o) { o.replicates = -1; });
  refused([](SobolOptions& o) { o.pairs = {{0, 3}}; });
  refused([](SobolOptions& o) { o.pairs = {{1, 1}}; });
  EXPECT_THROW(sobol_indices([](const Eigen::MatrixXd&) { return Eigen::VectorXd(1); }, 2), std::invalid_argument);
}

}  // namespace
}  // namespace exturbo::sensitivity
