// Journal lines.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/evaluation.hpp"

#include <gtest/gtest.h>

#include "exturbo/core/fault.hpp"

using exturbo::run::Evaluation;

TEST(EvaluationLine, RoundTripsEveryFieldExactly) {
  Evaluation evaluation;
  evaluation.index = 17;
  evaluation.origin = "model";
  evaluation.region = exturbo::run::TrustRegion{0.8 / 3, 2};
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
  EXPECT_EQ(back.region, evaluation.region);
  EXPECT_EQ(back.variables, evaluation.variables);
  EXPECT_EQ(back.corners[0].nodes, evaluation.corners[0].nodes);
}

TEST(EvaluationLine, MayLackATrustRegion) {
  Evaluation evaluation;
  evaluation.index = 1;
  const std::string line = to_json_line(evaluation);
  EXPECT_EQ(line.find("region"), std::string::npos);
  EXPECT_FALSE(exturbo::run::parse_evaluation(line).region);
}

TEST(EvaluationLine, RefusesWhatIsNone) {
  for (const char* line : {"", "{}", "[]", "1", "{\"index\": 1", "\xff"}) {
    EXPECT_THROW(exturbo::run::parse_evaluation(line), exturbo::core::InputError) << line;
  }
}

namespace {

/// Places of the faults of a good line in which `from` was replaced.
std::vector<std::string> places(const std::string& from, const std::string& to) {
  Evaluation evaluation;
  evaluation.index = 17;
  evaluation.start = 3;
  evaluation.corners = {{"tt_27C", {{"dc_gain", 20}}, {}, {}}};
  std::string line = to_json_line(evaluation);
  line.replace(line.find(from), from.size(), to);
  try {
    exturbo::run::parse_evaluation(line);
  } catch (const exturbo::core::InputError& error) {
    std::vector<std::string> result;
    for (const auto& fault : error.faults()) result.push_back(fault.place);
    return result;
  }
  return {};
}

}  // namespace

TEST(EvaluationLine, RefusesNumbersThatAreNone) {
  using Places = std::vector<std::string>;
  for (const char* index : {"true", "0", "-1", "1.5", "2147483648", "18446744073709551615", "18446744073709551633",
                            "1e99", "\"17\"", "null"}) {
    EXPECT_EQ(places("\"index\":17", std::string("\"index\":") + index), Places{"/index"}) << index;
  }
  EXPECT_EQ(places("\"worker\":-1", "\"worker\":18446744073709551615"), Places{"/worker"});
  EXPECT_EQ(places("\"cost\":0.0", "\"cost\":\"1k\""), Places{"/cost"});
  EXPECT_EQ(places("\"feasible\":false", "\"feasible\":0"), Places{"/feasible"});
  EXPECT_EQ(places("{\"dc_gain\":20.0}", "{\"dc_gain\":null}"), Places{"/corners/0/metrics/dc_gain"});
  EXPECT_EQ(places("\"index\":17", "\"index\":17"), Places{});
}

TEST(EvaluationLine, NestedDeeplyIsRefusedAndNotFollowed) {
  const std::string deep = std::string(200000, '[') + std::string(200000, ']');
  EXPECT_EQ(places("\"metrics\":{}", "\"metrics\":" + deep), std::vector<std::string>{""});
}
