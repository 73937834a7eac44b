// Requests to and replies of an evaluator's command.
// SPDX-License-Identifier: BSD-3-Clause
#include "command/protocol.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

using namespace exturbo;
using spice::Status;

namespace {

problem::Problem made_problem() {
  problem::Problem problem;
  for (const char* id : {"gain", "power"}) {
    problem::MetricDefinition metric;
    metric.id = id;
    metric.kind = problem::MetricKind::kReturned;
    problem.metrics.push_back(metric);
  }
  problem::MetricDefinition merit;
  merit.id = "merit";
  merit.kind = problem::MetricKind::kExpression;
  merit.expression = "gain / power";
  problem.metrics.push_back(merit);
  return problem;
}

const command::Request kRequest{7, {{"w1", 2e-6}, {"rl", 1e4}}};

spice::CornerOutcome read(const std::string& line) { return command::read_reply(line, kRequest, made_problem()); }

}  // namespace

TEST(Protocol, RequestIsOneLineOfExactNumbers) {
  const std::string line = command::request_line({3, {{"w1", 0.1 + 0.2}, {"n", 4}}});
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json.at("id"), 3);
  EXPECT_EQ(json.at("variables").at("w1").get<double>(), 0.1 + 0.2);
  EXPECT_EQ(json.size(), 2U);
}

TEST(Protocol, ReplyGivesMetricsAndTheirExpressions) {
  const auto outcome =
      read(R"( {"metrics": {"power": 2e-3, "gain": 60, "more": "passed over"}, "id": 7.0, "note": []} )");
  EXPECT_EQ(outcome.status, Status::kOk) << outcome.reason;
  EXPECT_EQ(outcome.metrics, (std::map<std::string, double>{{"gain", 60}, {"merit", 60 / 2e-3}, {"power", 2e-3}}));
}

TEST(Protocol, ExpressionWithoutAValueIsUnmeasuredNotAFailure) {
  const auto outcome = read(R"({"id": 7, "metrics": {"power": 0, "gain": 60}})");
  EXPECT_EQ(outcome.status, Status::kOk);
  EXPECT_TRUE(outcome.unmeasured.contains("merit"));
}

TEST(Protocol, ErrorIsTheCommandsOwnFailure) {
  const auto outcome = read(R"({"id": 7, "error": "no\nbias"})");
  EXPECT_EQ(outcome.status, Status::kEvaluatorError);
  EXPECT_EQ(outcome.reason, R"(the command says "no\nbias")");
  EXPECT_LT(read(R"({"id": 7, "error": ")" + std::string(100000, 'e') + "\"}").reason.size(), 300U);
}

TEST(Protocol, AnythingElseIsABadReply) {
  for (const std::string line :
       {"", "x", "null", "7", "[]", "{}", R"({"id": 7})", R"({"id": "7", "error": ""})", R"({"id": 7, "error": 1})",
        R"({"id": 8, "error": ""})", R"({"id": 7.5, "error": ""})", R"({"id": 7, "metrics": []})",
        R"({"id": 7, "metrics": {"gain": 1}})", R"({"id": 7, "metrics": {"gain": 1, "power": true}})",
        R"({"id": 7, "metrics": {"gain": 1, "power": -Infinity}})", R"({"id": 7, "metrics": {"gain": 1, "power": 2})",
        R"({"id": 7, "id": 7, "metrics": {"gain": 1, "power": 2}})",
        R"({"id": 7, "metrics": {"gain": 1, "power": 2}} {"id": 7})"}) {
    const auto outcome = read(line);
    EXPECT_EQ(outcome.status, Status::kBadReply) << line;
    EXPECT_TRUE(outcome.reason.starts_with("the command's reply ")) << outcome.reason;
    EXPECT_TRUE(outcome.metrics.empty() || !outcome.reason.empty());
  }
}
