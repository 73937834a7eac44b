// Answers of the roles: what is told, what is kept, and that code and schemas agree.
// SPDX-License-Identifier: BSD-3-Clause
#include "agents/roles/role_answers.hpp"

#include <gtest/gtest.h>

#include "agents/roles/role.hpp"
#include "exturbo/problem/load.hpp"
#include "support/json_changes.hpp"
#include "support/json_schema.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;
using problem::Json;

namespace {

class Answers : public ::testing::Test {
 protected:
  void SetUp() override {
    problem_ = problem::load_problem(test::write_tiny(folder_)).problem;
    names_ = agents::known_names(problem_, R"({"ckt_netlist": [{"name": "X1.M9"}, 7, {"name": 1}]})");
  }

  template <typename Answer>
  Answer read(Answer (*reader)(const problem::JsonPlace&, const agents::KnownNames&), const std::string& text) {
    faults_.clear();
    const Json json = Json::parse(text);
    return reader(problem::JsonPlace(json, "", "answer", faults_), names_);
  }
  agents::SizingAnswer design(const std::string& variables) {
    return read(&agents::read_sizing,
                R"({"designs": [{"name": "n", "variables": )" + variables + R"(, "reason": "r", "confidence": 0.5}]})");
  }
  std::string ids() const {
    std::string text;
    for (const core::Fault& fault : faults_) text += (text.empty() ? "" : " ") + fault.id + fault.place;
    return text;
  }

  test::TemporaryFolder folder_;
  problem::Problem problem_;
  agents::KnownNames names_;
  std::vector<core::Fault> faults_;
};

/// Faults of form, which a schema can see.
bool is_of_form(const core::Fault& fault) {
  return fault.id.starts_with("JSN-") || fault.id == "ROL-010" || fault.id == "ROL-011";
}

}  // namespace

TEST_F(Answers, DevicesAreThoseOfNetlistAndDescriptionInAnyCase) {
  const auto answer = read(&agents::read_analyst, R"({"summary": "s", "blocks": [
      {"type": "output_stage", "devices": ["m1", "x1.m9", "M7"]}, {"type": "other", "devices": ["Q1"]}]})");
  ASSERT_EQ(answer.blocks.size(), 1U);
  EXPECT_EQ(answer.blocks[0].devices, (std::vector<std::string>{"M1", "X1.M9"}));
  EXPECT_EQ(ids(), "ROL-002/blocks/0/devices/2 ROL-002/blocks/1/devices/0");
}

TEST_F(Answers, ADesignKeepsItsGoodValuesOnly) {
  const auto answer = design(R"({"W1": "5um", "rl": "3V", "vdd": 5, "../../etc": 1})");
  ASSERT_EQ(answer.designs.size(), 1U);
  EXPECT_EQ(answer.designs[0].variables, (std::map<std::string, double>{{"w1", 5e-6}}));
  EXPECT_EQ(ids(),
            "ROL-004/designs/0/variables/rl ROL-003/designs/0/variables/vdd "
            "ROL-003/designs/0/variables/..~1..~1etc ROL-006/designs/0/variables");
}

TEST_F(Answers, UnitsAreThoseOfTheQuantity) {
  for (const char* good : {"5u", "5um", "5UM", "5e-6", "5e-6m", "0.005mm"}) {
    // "5e-6m" is milli to SPICE and so far too small: a fault of range, not of unit.
    design(R"({"w1": ")" + std::string(good) + R"(", "rl": "10kohm"})");
    EXPECT_EQ(ids().find("ROL-004"), std::string::npos) << good;
  }
  for (const char* bad : {"5uV", "5uA", "5ux", "5pF"}) {
    design(R"({"w1": ")" + std::string(bad) + R"(", "rl": "10k"})");
    EXPECT_NE(ids().find("ROL-004/designs/0/variables/w1"), std::string::npos) << bad;
  }
}

TEST_F(Answers, AVariableThatStandsOnlyInProductsMayHaveAnyUnit) {
  problem_.netlist_lines.at(2) = "M1 out inp vss vss nmos W={2*w1*rl} L=1u";
  names_ = agents::known_names(problem_, "");
  EXPECT_DOUBLE_EQ(design(R"({"w1": "5um", "rl": "10kohm"})").designs.at(0).variables.at("w1"), 5e-6);
  EXPECT_EQ(ids(), "");
}

TEST_F(Answers, ASlipOutsideTheRangeIsClippedAndAnotherQuantityLeftOut) {
  auto answer = design(R"({"w1": "110u", "rl": 0.5})");
  EXPECT_EQ(answer.designs.at(0).variables, (std::map<std::string, double>{{"w1", 100e-6}}));
  EXPECT_EQ(ids(), "ROL-005/designs/0/variables/w1 ROL-005/designs/0/variables/rl ROL-006/designs/0/variables");
  answer = design(R"({"w1": 20, "rl": "10k"})");  // meant in micrometres
  EXPECT_EQ(answer.designs.at(0).variables, (std::map<std::string, double>{{"rl", 10e3}}));
}

TEST_F(Answers, ADesignWithoutAGoodValueIsNone) {
  EXPECT_FALSE(design(R"({"x": 1})").usable());
  EXPECT_FALSE(design(R"({})").usable());
}

TEST_F(Answers, TextsBecomeOneBoundedLine) {
  const auto answer = read(&agents::read_sizing, R"({"designs": [{"name": "a\nb\u001b[31m", "variables": {"w1": "5u",
      "rl": "2k"}, "reason": ")" + std::string(5000, 'x') +
                                                     R"(", "confidence": 1}]})");
  EXPECT_EQ(ids(), "");
  EXPECT_EQ(answer.designs.at(0).name, "a b[31m");
  EXPECT_EQ(answer.designs.at(0).reason.size(), 1000U);
}

TEST_F(Answers, CurrentsAndInversionLevelsLieInTheirRanges) {
  const auto answer = read(&agents::read_operating_point, R"({"supply_current": "50uA", "reason": "", "devices": [
      {"name": "M1", "current": "20u", "gm_over_id": 15, "region": "saturation"},
      {"name": "M1", "current": 50, "gm_over_id": "150/V"}, {"name": "M1", "current": "2V"},
      {"name": "M2", "current": "1u"}]})");
  ASSERT_EQ(answer.devices.size(), 1U);
  EXPECT_EQ(answer.devices[0].gm_over_id, 15);
  EXPECT_EQ(ids(),
            "ROL-005/devices/1/current JSN-012/devices/1/gm_over_id ROL-004/devices/2/current "
            "ROL-002/devices/3/name");
}

TEST_F(Answers, WhatWasKeptReadsBackWithoutFaults) {
  const auto sized = design(R"({"w1": "5u", "rl": "2k"})");
  read(&agents::read_sizing, agents::to_json(sized).dump());
  EXPECT_EQ(ids(), "");
  const auto review = read(&agents::read_reviewer, R"({"verdict": "accept", "findings": ["f"]})");
  EXPECT_TRUE(read(&agents::read_reviewer, agents::to_json(review).dump()).accepts);
  EXPECT_EQ(ids(), "");
}

TEST_F(Answers, TheSchemasAllowExactlyWhatTheProgramFindsNoFaultOfFormIn) {
  const std::string one = R"({"name": "n", "variables": {"w1": "5u", "rl": 2000}, "reason": "r", "confidence": 0.5})";
  const auto faults_by = [&](auto reader) {
    return [this, reader](const Json& json) {
      std::vector<core::Fault> faults;
      reader(problem::JsonPlace(json, "", "answer", faults), names_);
      return faults;
    };
  };
  struct Case {
    const agents::Role& role;
    std::string full;
    std::function<std::vector<core::Fault>(const Json&)> faults;
  };
  const std::vector<Case> cases{
      {agents::kCircuitAnalyst,
       R"({"summary": "s", "blocks": [{"type": "other", "devices": ["M1"], "purpose": "p"}], "variables": {"w1": "a"},
           "critical": ["c"]})",
       faults_by(&agents::read_analyst)},
      {agents::kOperatingPointDesigner,
       R"({"supply_current": "1u", "devices": [{"name": "M1", "current": "1u", "gm_over_id": 10, "region": "triode"}],
           "reason": "r"})",
       faults_by(&agents::read_operating_point)},
      {agents::kSizingEngineer, R"({"designs": [)" + one + "]}", faults_by(&agents::read_sizing)},
      {agents::kReviewer, R"({"verdict": "revise", "findings": ["f"], "designs": [)" + one + "]}",
       faults_by(&agents::read_reviewer)}};
  for (const Case& part : cases) {
    const test::JsonSchema schema(EXTURBO_SOURCE_DIR "/agents/" + std::string(part.role.name) + "_answer.schema.json");
    const nlohmann::json full = nlohmann::json::parse(part.full);
    ASSERT_TRUE(part.faults(Json::parse(part.full)).empty()) << part.role.name;
    ASSERT_TRUE(schema.faults(full).empty()) << part.role.name;
    for (const nlohmann::json& changed : test::changes(full)) {
      const auto faults = part.faults(Json::parse(changed.dump()));
      EXPECT_EQ(schema.faults(changed).empty(), std::none_of(faults.begin(), faults.end(), is_of_form))
          << part.role.name << ": " << changed.dump();
    }
  }
}
