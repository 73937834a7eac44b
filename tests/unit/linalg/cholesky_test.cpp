// Claims of the Cholesky seam, checked against dense formulas.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/linalg/cholesky.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <limits>

#include "exturbo/core/random.hpp"

namespace exturbo::linalg {
namespace {

Eigen::MatrixXd random_matrix(Eigen::Index rows, Eigen::Index cols, std::uint64_t index) {
  core::RandomStream stream(7, index, core::Purpose::kTest);
  Eigen::MatrixXd m(rows, cols);
  for (Eigen::Index j = 0; j < cols; ++j)
    for (Eigen::Index i = 0; i < rows; ++i) m(i, j) = stream.normal();
  return m;
}

Eigen::MatrixXd random_spd(Eigen::Index n, std::uint64_t index) {
  const Eigen::MatrixXd m = random_matrix(n, n, index);
  return m * m.transpose() + 0.1 * static_cast<double>(n) * Eigen::MatrixXd::Identity(n, n);
}

class CholeskyOfOrder : public ::testing::TestWithParam<int> {};

TEST_P(CholeskyOfOrder, SolvesInvertsAndGivesTheDeterminant) {
  const Eigen::Index n = GetParam();
  const Eigen::MatrixXd a = random_spd(n, 1);
  const auto cholesky = make_cholesky();
  const FactorResult result = cholesky->factor(a);
  ASSERT_TRUE(result.ok);
  EXPECT_EQ(result.jitter, 0);
  const Eigen::MatrixXd l = cholesky->lower().triangularView<Eigen::Lower>();
  EXPECT_LT((l * l.transpose() - a).norm(), 1e-12 * a.norm());

  const Eigen::MatrixXd b = random_matrix(n, 3, 2);
  Eigen::MatrixXd x = b;
  cholesky->solve_in_place(x);
  EXPECT_LT((a * x - b).norm(), 1e-11 * b.norm());
  Eigen::MatrixXd half = b;
  cholesky->solve_lower_in_place(half);
  EXPECT_LT((l * half - b).norm(), 1e-11 * b.norm());

  Eigen::MatrixXd inverse;
  cholesky->inverse_lower(inverse);
  const Eigen::MatrixXd full = inverse.selfadjointView<Eigen::Lower>();
  EXPECT_LT((full * a - Eigen::MatrixXd::Identity(n, n)).norm(), 1e-10 * static_cast<double>(n));
  EXPECT_NEAR(cholesky->log_determinant(), std::log(a.determinant()), 1e-9 * static_cast<double>(n));
}

INSTANTIATE_TEST_SUITE_P(Orders, CholeskyOfOrder, ::testing::Values(1, 2, 47, 48, 49, 97, 130));

TEST(Cholesky, AppendedRowsEqualAFreshFactorisation) {
  const Eigen::MatrixXd a = random_spd(30, 3);
  const auto grown = make_cholesky();
  ASSERT_TRUE(grown->factor(a.topLeftCorner(20, 20)).ok);
  ASSERT_TRUE(grown->append(a.block(0, 20, 20, 7), a.block(20, 20, 7, 7)).ok);
  ASSERT_TRUE(grown->append(a.block(0, 27, 27, 3), a.block(27, 27, 3, 3)).ok);
  const auto fresh = make_cholesky();
  ASSERT_TRUE(fresh->factor(a).ok);
  const Eigen::MatrixXd l1 = grown->lower().triangularView<Eigen::Lower>();
  const Eigen::MatrixXd l2 = fresh->lower().triangularView<Eigen::Lower>();
  EXPECT_LT((l1 - l2).norm(), 1e-12 * l2.norm());
}

TEST(Cholesky, AppendToAnEmptyFactorIsAFactorisation) {
  const Eigen::MatrixXd a = random_spd(5, 4);
  const auto cholesky = make_cholesky();
  ASSERT_TRUE(cholesky->append(Eigen::MatrixXd(0, 5), a).ok);
  Eigen::MatrixXd x = Eigen::MatrixXd::Ones(5, 1);
  cholesky->solve_in_place(x);
  EXPECT_LT((a * x - Eigen::MatrixXd::Ones(5, 1)).norm(), 1e-12);
}

TEST(Cholesky, SingularMatrixClimbsTheJitterLadder) {
  const Eigen::MatrixXd m = random_matrix(40, 3, 5);
  const Eigen::MatrixXd a = m * m.transpose();  // rank 3 of 40
  const auto cholesky = make_cholesky();
  const FactorResult result = cholesky->factor(a);
  ASSERT_TRUE(result.ok);
  EXPECT_GT(result.jitter, 0);
  EXPECT_LE(result.jitter, 1e-4 * a.diagonal().mean());
  EXPECT_FALSE(result.message.empty());
  EXPECT_EQ(cholesky->jitter(), result.jitter);
}

TEST(Cholesky, IndefiniteAndNonFiniteMatricesAreValuesNotExceptions) {
  const auto cholesky = make_cholesky();
  Eigen::MatrixXd indefinite = Eigen::MatrixXd::Identity(4, 4);
  indefinite(1, 0) = indefinite(0, 1) = 3;
  EXPECT_FALSE(cholesky->factor(indefinite).ok);
  EXPECT_EQ(cholesky->size(), 0);
  Eigen::MatrixXd nan = Eigen::MatrixXd::Identity(4, 4);
  nan(2, 2) = std::numeric_limits<double>::quiet_NaN();
  const FactorResult result = cholesky->factor(nan);
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.message.empty());
  nan(2, 2) = 1;
  nan(3, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(cholesky->factor(nan).ok);
}

TEST(Cholesky, DependentAppendIsRefusedAndLeavesTheFactor) {
  const Eigen::MatrixXd a = random_spd(6, 6);
  const auto cholesky = make_cholesky();
  ASSERT_TRUE(cholesky->factor(a).ok);
  const Eigen::MatrixXd cross = a.col(2);
  const Eigen::MatrixXd corner = a.block(2, 2, 1, 1);  // the same row again
  EXPECT_FALSE(cholesky->append(cross, corner).ok);
  EXPECT_EQ(cholesky->size(), 6);
}

}  // namespace
}  // namespace exturbo::linalg
