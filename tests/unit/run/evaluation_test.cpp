// Journal lines.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/evaluation.hpp"

#include <gtest/gtest.h>

using exturbo::run::Evaluation;

TEST(EvaluationLine, RoundTripsEveryFieldExactly) {
  Evaluation evaluation;
  evaluation.index = 17;
  evaluation.origin = "model";
  evaluation.variables = {{"w1", 0.1 + 0.2}, {"l1", 1e-300}};
  evaluation.status = "no_convergence";
  evaluation.reason = "testbench \"x\"\nline two";
  evaluation.metrics = {{"dc_gain", 1.0 / 3}};
  evaluation.unmeasured = {{"thd", "the fundamental is too small"}};
  evaluation.corners = {{"tt_27C", {{"dc_gain", 1.0 / 3}}, {{"thd", "why"}}, {{"xdut.n1", 0.7}}}};
  evaluation.feasible = true;
  evaluation.cost = 0.625;
  evaluation.start = 3;
  evaluation.seconds = 0.25;
  evaluation.worker = 1;
  evaluation.attempts = 2;
  const std::string line = to_json_line(evaluation);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const Evaluation back = exturbo::run::parse_evaluation(line);
  EXPECT_EQ(to_json_line(back), line);
  EXPECT_EQ(back.variables, evaluation.variables);
  EXPECT_EQ(back.corners[0].nodes, evaluation.corners[0].nodes);
}

TEST(EvaluationLine, RefusesWhatIsNone) {
  EXPECT_ANY_THROW(exturbo::run::parse_evaluation("{}"));
  EXPECT_ANY_THROW(exturbo::run::parse_evaluation("{\"index\": 1"));
  EXPECT_ANY_THROW(exturbo::run::parse_evaluation("[]"));
}
