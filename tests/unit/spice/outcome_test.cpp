// Outcomes and the messages that carry them.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/outcome.hpp"

#include <gtest/gtest.h>

#include "spice/protocol.hpp"

namespace exturbo::spice {
namespace {

TEST(Outcome, StatusesHaveNamesThatReadBack) {
  for (const Status status :
       {Status::kOk, Status::kNoConvergence, Status::kSpurious, Status::kBadNetlist, Status::kCrashed,
        Status::kWallLimit, Status::kCpuLimit, Status::kOutOfMemory, Status::kEvaluatorError, Status::kBadReply}) {
    EXPECT_EQ(status_from_string(to_string(status)), status);
  }
  EXPECT_THROW(status_from_string("fine"), std::invalid_argument);
}

TEST(Outcome, OneFailedCornerIsAFailure) {
  Outcome outcome;
  EXPECT_TRUE(outcome.failed());
  outcome.corners.resize(2);
  EXPECT_FALSE(outcome.failed());
  outcome.corners[1].status = Status::kSpurious;
  EXPECT_TRUE(outcome.failed());
}

TEST(Protocol, CornerOutcomeReadsBackBitForBit) {
  CornerOutcome outcome;
  outcome.status = Status::kNoConvergence;
  outcome.reason = "why \"not\"\n";
  outcome.metrics = {{"a", 0.1 + 0.2}, {"b", -1e-300}};
  outcome.unmeasured = {{"c", "reason"}};
  outcome.devices["M1"] = {"weak", 1e-6 / 3, 2, 3, 4, 5, 6, 7};
  outcome.nodes = {{"xdut.a", 1.0 / 3}};
  outcome.seconds = 0.25;
  const CornerOutcome back = corner_from_json(nlohmann::json::parse(corner_json(outcome).dump()));
  EXPECT_EQ(back.status, outcome.status);
  EXPECT_EQ(back.reason, outcome.reason);
  EXPECT_EQ(back.metrics, outcome.metrics);
  EXPECT_EQ(back.unmeasured, outcome.unmeasured);
  EXPECT_EQ(back.nodes, outcome.nodes);
  EXPECT_EQ(back.solved_by, outcome.solved_by);
  EXPECT_EQ(back.skipped, outcome.skipped);
  EXPECT_EQ(back.devices.at("M1").id, outcome.devices.at("M1").id);
  EXPECT_EQ(back.devices.at("M1").vdsat, 7);
  EXPECT_EQ(back.devices.at("M1").region, "weak");
}

TEST(Protocol, RequestReadsBack) {
  const Request request{42, {{"w1", 1.0 / 3}}, {0, 2}, {{{"xdut.a", 0.3}}, {}}, {{"w1", 0.3}}, true};
  const Request back = request_from_json(
      nlohmann::json::parse(request_json(request).dump()),
      start_from_json(nlohmann::json::parse(start_json({request.start_variables, request.nodesets}).dump())));
  EXPECT_EQ(back.id, request.id);
  EXPECT_EQ(back.variables, request.variables);
  EXPECT_EQ(back.corners, request.corners);
  EXPECT_EQ(back.nodesets, request.nodesets);
  EXPECT_EQ(back.start_variables, request.start_variables);
  EXPECT_EQ(back.derived_cards, request.derived_cards);
}

}  // namespace
}  // namespace exturbo::spice
