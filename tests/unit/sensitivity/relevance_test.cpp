// Models of one output: slopes that are known, length-scales that are not fooled by scale, and data with holes.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/relevance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "exturbo/gp/sobol.hpp"

using namespace exturbo;
using sensitivity::FitStatus;
using sensitivity::OutputModel;
using sensitivity::VariableRelevance;

namespace {

Eigen::VectorXd of(const Eigen::MatrixXd& points, const std::function<double(const Eigen::VectorXd&)>& f) {
  Eigen::VectorXd values(points.cols());
  for (Eigen::Index i = 0; i < points.cols(); ++i) values[i] = f(points.col(i));
  return values;
}

TEST(OutputModel, SlopesOfALinearFunctionAreItsCoefficients) {
  const Eigen::MatrixXd points = gp::sobol_points(4, 40);
  const OutputModel model(points, of(points, [](const auto& x) { return 5 + 3 * x[0] - 2 * x[1] + 0.5 * x[2]; }));
  ASSERT_EQ(model.status(), FitStatus::kOk);
  EXPECT_GT(model.leave_one_out(), 0.999);
  std::vector<VariableRelevance> variables(4);
  sensitivity::set_slopes(model, points, variables);
  EXPECT_NEAR(variables[0].slope, 3, 0.02);
  EXPECT_NEAR(variables[1].slope, 2, 0.02);
  EXPECT_NEAR(variables[2].slope, 0.5, 0.02);
  EXPECT_NEAR(variables[3].slope, 0, 0.02);
  EXPECT_GT(variables[0].direction, 0.99);
  EXPECT_LT(variables[1].direction, -0.99);
  EXPECT_NEAR(variables[0].sensitivity, 3 / 5.5, 0.01);
}

TEST(OutputModel, TakesTheLogarithmOfDecadesAndTellsValuesInTheirOwnUnits) {
  const Eigen::MatrixXd points = gp::sobol_points(2, 40);
  const OutputModel model(points, of(points, [](const auto& x) { return 1e-6 * std::exp(4 * x[0] - x[1]); }), true);
  const Eigen::Vector2d x(0.3, 0.6);
  Eigen::VectorXd gradient(2);
  const double expected = 1e-6 * std::exp(0.6);
  EXPECT_NEAR(model.at(x, &gradient), expected, 1e-3 * expected);
  EXPECT_NEAR(gradient[0], 4 * expected, 0.02 * expected);
  EXPECT_NEAR(gradient[1], -expected, 0.02 * expected);
  EXPECT_NEAR(model.values(x)[0], model.at(x, nullptr), 1e-9 * expected);
  EXPECT_EQ(model.standard(-1), -std::numeric_limits<double>::infinity());
}

TEST(OutputModel, AppendedPointsCorrectIt) {
  const Eigen::MatrixXd points = gp::sobol_points(2, 12);
  const auto f = [](const auto& x) { return std::sin(9 * x[0]) + x[1]; };
  OutputModel model(points, of(points, f));
  const Eigen::Vector2d x(0.9, 0.1);
  const double before = std::abs(model.at(x, nullptr) - f(x));
  model.append(x, f(x));
  EXPECT_LT(std::abs(model.at(x, nullptr) - f(x)), 0.1 * before + 1e-3);
  EXPECT_EQ(model.size(), 13);
}

TEST(OutputModel, LeavesOutWhatWasNotMeasured) {
  const Eigen::MatrixXd points = gp::sobol_points(2, 30);
  Eigen::VectorXd values = of(points, [](const auto& x) { return x[0]; });
  values[3] = std::numeric_limits<double>::quiet_NaN();
  values[7] = std::numeric_limits<double>::infinity();
  const OutputModel model(points, values);
  EXPECT_EQ(model.status(), FitStatus::kOk);
  EXPECT_EQ(model.size(), 28);
}

TEST(OutputModel, SaysWhenThereIsNothingToFit) {
  const Eigen::MatrixXd points = gp::sobol_points(2, 10);
  EXPECT_EQ(OutputModel(points, Eigen::VectorXd::Constant(10, 3.5)).status(), FitStatus::kConstant);
  EXPECT_EQ(OutputModel(points, Eigen::VectorXd::Constant(10, std::nan(""))).status(), FitStatus::kFailed);
  EXPECT_EQ(OutputModel(points.leftCols(2), Eigen::Vector2d(1, 2)).status(), FitStatus::kFailed);
}

TEST(Relevances, FindTheVariablesThatBendAndTheirIntervalsHoldThem) {
  const Eigen::MatrixXd points = gp::sobol_points(4, 80);
  const Eigen::VectorXd values =
      of(points, [](const auto& x) { return std::sin(8 * x[1]) + 0.3 * std::sin(5 * x[2]); });
  std::vector<VariableRelevance> variables(4);
  sensitivity::set_relevances(points, values, false, variables);
  double sum = 0;
  for (const VariableRelevance& variable : variables) {
    sum += variable.relevance;
    EXPECT_LE(variable.low, variable.relevance);
    EXPECT_GE(variable.high, variable.relevance);
    EXPECT_LT(variable.high - variable.low, 0.6);
    EXPECT_GT(variable.high, variable.low);
  }
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_GT(variables[1].relevance, variables[2].relevance);
  EXPECT_GT(variables[2].relevance, variables[0].relevance);
  EXPECT_LT(variables[1].lengthscale, variables[3].lengthscale);
}

TEST(Relevances, OfAConstantAreZero) {
  std::vector<VariableRelevance> variables(2);
  sensitivity::set_relevances(gp::sobol_points(2, 10), Eigen::VectorXd::Ones(10), false, variables);
  EXPECT_EQ(variables[0].relevance, 0);
}

}  // namespace
