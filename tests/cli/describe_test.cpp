// exturbo describe as a person or a script sees it: JSON or SPICE on stdout, read back by itself.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"
#include "support/json_schema.hpp"
#include "support/temporary_folder.hpp"

using namespace exturbo::test;
using Json = nlohmann::json;

namespace {

const std::string kCells = std::string(EXTURBO_SOURCE_DIR) + "/circuits/";

std::string described(const std::vector<std::string>& arguments, const TemporaryFolder& folder) {
  std::vector<std::string> words{"describe"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const Completed completed = run_exturbo(words, folder.path());
  EXPECT_EQ(completed.exit_code, 0) << completed.err;
  EXPECT_EQ(completed.err, "");
  return completed.out;
}

}  // namespace

TEST(Describe, PrintsAValidDescriptionWithWhatWasRecognised) {
  const TemporaryFolder folder;
  const std::string text = described({kCells + "miller/miller.cir", "--pdk", "ptm90"}, folder);
  const Json json = Json::parse(text);
  const JsonSchema schema(std::string(EXTURBO_SOURCE_DIR) + "/agents/circuit_description.schema.json");
  EXPECT_EQ(schema.faults(json), std::vector<std::string>{});
  EXPECT_EQ(json.at("ckt_type"), "DISO-Amplifier");
  EXPECT_EQ(json.at("cell"), "miller");
  EXPECT_EQ(json.at("ports"), Json({"inp", "inn", "out", "vdd", "vss"}));
  EXPECT_EQ(json.at("ckt_netlist").size(), 11U);
  EXPECT_EQ(
      json.at("blocks")[0],
      (Json{{"type", "differential_pair"}, {"devices", {"M1", "M2"}}, {"nets", {"tail", "inn", "inp", "d1", "d2"}}}));
  EXPECT_EQ(json.at("matching"), Json::parse(R"([["M1", "M2"], ["M3", "M4"]])"));
  EXPECT_EQ(json.at("signal_path"), Json({"M1", "M2", "M4", "M6"}));
}

TEST(Describe, ReadsWhatItWroteAsJsonAndAsSpice) {
  const TemporaryFolder folder;
  const std::string first = described({kCells + "class_ab/class_ab.cir"}, folder);
  folder.write("class_ab.json", first);
  EXPECT_EQ(described({"class_ab.json"}, folder), first);
  folder.write("class_ab.cir", described({"class_ab.json", "--spice"}, folder));
  EXPECT_EQ(described({"class_ab.cir"}, folder), first);
}
