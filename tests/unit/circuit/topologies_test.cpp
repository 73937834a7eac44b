// Blocks and types of the netlists in topologies/, as their comments say by hand; precision and recall over all of
// them. SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "expected_blocks.hpp"
#include "exturbo/circuit/netlist.hpp"

using namespace exturbo;
using test::Expected;

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> topologies() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(EXTURBO_SOURCE_DIR) / "tests/unit/circuit/topologies"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

circuit::CircuitDescription described(const std::vector<std::string>& lines, const std::string& file) {
  const auto result = circuit::read_netlist(lines, file, "", nullptr);
  EXPECT_TRUE(result.faults.empty()) << core::InputError(result.faults).what();
  return result.description;
}

std::string listed(const std::multiset<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += "  " + text + "\n";
  return all;
}

struct Count {
  std::size_t expected = 0, found = 0, right = 0;

  void add(const std::multiset<std::string>& wanted, const std::multiset<std::string>& seen) {
    std::vector<std::string> both;
    std::set_intersection(wanted.begin(), wanted.end(), seen.begin(), seen.end(), std::back_inserter(both));
    expected += wanted.size();
    found += seen.size();
    right += both.size();
  }
};

}  // namespace

TEST(Topologies, BlockPrecisionAndRecallAreAbove95Percent) {
  Count all;
  std::map<std::string, Count> by_type;
  const std::vector<fs::path> files = topologies();
  ASSERT_GE(files.size(), 30U);
  for (const fs::path& file : files) {
    const auto lines = test::read_lines(file);
    const Expected expected = test::read_expected(lines);
    const auto found = test::block_texts(circuit::recognise(described(lines, file.filename())));
    all.add(expected.blocks, found);
    if (found != expected.blocks)
      std::printf("%s: expected\n%sfound\n%s", file.filename().c_str(), listed(expected.blocks).c_str(),
                  listed(found).c_str());
  }
  const double precision = static_cast<double>(all.right) / static_cast<double>(all.found);
  const double recall = static_cast<double>(all.right) / static_cast<double>(all.expected);
  std::printf("%zu topologies, %zu blocks: precision %.3f, recall %.3f\n", files.size(), all.expected, precision,
              recall);
  EXPECT_GT(precision, 0.95);
  EXPECT_GT(recall, 0.95);
}

TEST(Topologies, TypesAreNamedFromTheTopology) {
  for (const fs::path& file : topologies()) {
    const auto lines = test::read_lines(file);
    EXPECT_EQ(described(lines, file.filename()).type, test::read_expected(lines).type) << file.filename();
  }
}

TEST(Topologies, TheOrderOfTheComponentsChangesNoBlockAndNoType) {
  std::mt19937 random(1);
  for (const fs::path& file : topologies()) {
    circuit::CircuitDescription description = described(test::read_lines(file), file.filename());
    const circuit::Recognition before = circuit::recognise(description);
    for (int i = 0; i < 5; ++i) {
      std::shuffle(description.components.begin(), description.components.end(), random);
      const circuit::Recognition after = circuit::recognise(description);
      EXPECT_EQ(test::block_texts(after), test::block_texts(before)) << file.filename();
      EXPECT_EQ(after.ckt_type, before.ckt_type) << file.filename();
    }
  }
}

TEST(Recognition, ThousandsOfDevicesOnFewNetsAreNoHarmToTime) {
  // Any two of the many devices on the few nets look at each other: what took the cube of their number would not end.
  const auto many = [](auto device) {
    circuit::CircuitDescription description{"Other", {}, "", {}};
    for (int i = 0; i < 4096; ++i) description.components.push_back(device(i));
    return circuit::recognise(description).blocks.size();
  };
  const auto mos = [](bool n, std::string drain, std::string gate, std::string source) {
    return circuit::Component{n ? "NMOS" : "PMOS",
                              {{"Drain", std::move(drain)}, {"Gate", std::move(gate)}, {"Source", std::move(source)}},
                              "",
                              {}};
  };
  const auto own = [](int i) { return "n" + std::to_string(i); };
  EXPECT_LT(many([&](int i) { return mos(true, "x", own(i), "y"); }), 5000U);
  EXPECT_LT(many([&](int i) { return mos(true, i % 2 == 0 ? "x" : "y", i % 2 == 0 ? "y" : "x", own(i)); }), 5000U);
  EXPECT_LT(many([&](int i) { return mos(i % 2 == 0, i % 2 == 0 ? "x" : "y", own(i), i % 2 == 0 ? "y" : "x"); }),
            5000U);
  EXPECT_LT(many([&](int i) { return mos(true, own(i), own(i / 2), own(i / 3)); }), 20000U);
  EXPECT_LT(many([&](int i) { return mos(true, i % 2 == 0 ? "x" : own(i), own(i), i % 2 == 0 ? "vss" : "x"); }),
            20000U);
  EXPECT_LT(many([&](int i) {
              if (i % 2 == 0) return mos(true, own(i + 2), own(i), "vss");
              return circuit::Component{"Cap", {{"Pos", own(2)}, {"Neg", own(i + 1)}}, "", {}};
            }),
            20000U);
}
