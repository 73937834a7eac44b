// The circuits of the tree: every block, with the devices that their READMEs give it, and what should match.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>

#include "expected_blocks.hpp"
#include "exturbo/circuit/load.hpp"

using namespace exturbo;

namespace {

namespace fs = std::filesystem;

const fs::path kSource = EXTURBO_SOURCE_DIR;

circuit::CircuitDescription cell_of(const std::string& name) {
  const auto result = circuit::load_description(kSource / "circuits" / name / (name + ".cir"), "", nullptr);
  EXPECT_TRUE(result.faults.empty()) << core::InputError(result.faults).what();
  return result.description;
}

std::vector<std::string> circuit_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kSource / "circuits")) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

std::set<std::set<std::string>> groups_of(const std::string& name) {
  std::set<std::set<std::string>> groups;
  for (const auto& group : circuit::recognise(cell_of(name)).matching) groups.insert({group.begin(), group.end()});
  return groups;
}

using Groups = std::set<std::set<std::string>>;

}  // namespace

TEST(Circuits, EveryBlockIsNamedRightly) {
  for (const std::string& name : circuit_names()) {
    const fs::path file = kSource / "tests/unit/circuit/circuits" / (name + ".blocks");
    const test::Expected expected = test::read_expected(test::read_lines(file));
    ASSERT_FALSE(expected.blocks.empty()) << "write " << file;
    const circuit::Recognition found = circuit::recognise(cell_of(name));
    EXPECT_EQ(test::block_texts(found), expected.blocks) << name;
    EXPECT_EQ(found.ckt_type, expected.type) << name;
  }
}

TEST(Circuits, BothHalvesOfTheSignalMatchAndNothingElse) {
  EXPECT_EQ(groups_of("ota5"), (Groups{{"M1", "M2"}, {"M3", "M4"}}));
  EXPECT_EQ(groups_of("miller"), (Groups{{"M1", "M2"}, {"M3", "M4"}}));
  EXPECT_EQ(groups_of("folded_cascode"),
            (Groups{{"M1", "M2"}, {"M4", "M5"}, {"M6", "M7"}, {"M8", "M9"}, {"M10", "M11"}}));
  EXPECT_EQ(groups_of("class_ab"), (Groups{{"M1", "M2"},
                                           {"M4", "M5"},
                                           {"M7", "M8"},
                                           {"M9", "M10"},
                                           {"M11", "M12"},
                                           {"M13", "M14"},
                                           {"M15", "M17"},
                                           {"M16", "M18"}}));
}

TEST(Circuits, TheSignalGoesFromThePairToTheOutput) {
  const auto path = circuit::recognise(cell_of("miller")).signal_path;
  EXPECT_EQ(path, (std::vector<std::string>{"M1", "M2", "M4", "M6"}));
}

TEST(Circuits, InputsOutputAndRailsAreTheirPorts) {
  for (const std::string& name : circuit_names()) {
    const circuit::Recognition found = circuit::recognise(cell_of(name));
    EXPECT_EQ((std::set<std::string>{found.inputs.begin(), found.inputs.end()}), (std::set<std::string>{"inn", "inp"}))
        << name;
    EXPECT_EQ(found.outputs, std::vector<std::string>{"out"}) << name;
    EXPECT_EQ(found.supplies, std::vector<std::string>{"vdd"}) << name;
    EXPECT_EQ(found.grounds, std::vector<std::string>{"vss"}) << name;
  }
}

TEST(Circuits, AMirrorNamesItsReferenceFirst) {
  for (const std::string& name : circuit_names()) {
    const circuit::CircuitDescription description = cell_of(name);
    for (const circuit::Block& block : circuit::recognise(description).blocks) {
      if (block.type != "current_mirror" || block.nets[0] != block.nets[1]) continue;
      const auto reference = std::find_if(description.components.begin(), description.components.end(),
                                          [&](const auto& component) { return component.name == block.devices[0]; });
      EXPECT_EQ(reference->ports.at("Gate"), reference->ports.at("Drain")) << name << " " << block.devices[0];
    }
  }
}
