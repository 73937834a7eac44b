// Claims about what the report makes of sensitivity.json.
// SPDX-License-Identifier: BSD-3-Clause
#include "explanation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

#include "exturbo/core/fault.hpp"
#include "exturbo/report/report.hpp"
#include "pipe_tables.hpp"
#include "support/json_changes.hpp"
#include "support/json_schema.hpp"
#include "support/made_sensitivity.hpp"
#include "support/run_fixture.hpp"
#include "support/tag_balance.hpp"

namespace exturbo::report::test {
namespace {

using run::Json;

/// Of the fixture's best design.
Json explanation_of(const run::RunFolder& run, exturbo::test::Explained of = {}) {
  const Json best = run.read_json("result.json").at("best");
  of.design = best.at("index");
  if (of.variables.empty()) {
    of.variables = {"w1", "l1", "ib", "fingers"};
    of.values = {2e-5, 1.8e-7, 2e-5, 8};
  }
  if (of.metrics.empty()) of.metrics = {"J", "dc_gain", "phase_margin", "slew_rate", "power"};
  if (of.devices.empty()) of.devices = {"M1", "M2", "M3", "M10"};
  of.cost = best.at("metrics").at("power");
  return exturbo::test::made_sensitivity(of);
}

struct ExplainedRun {
  RunFixture fixture;
  run::RunFolder run = fixture.read();
  Json json = explanation_of(run);

  void write() const { write(json); }
  /// Without the sync of RunFolder::write(): there are very many of them.
  template <typename Document>
  void write(const Document& document) const {
    std::ofstream(run.path() / "sensitivity.json") << document.dump();
  }
};

TEST(Explanation, ReadsEveryPart) {
  ExplainedRun made;
  made.write();
  const auto read = read_explanation(made.run, made.json["design"]["evaluation"]);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->variables.size(), 4U);
  EXPECT_EQ(read->survival.metrics.size(), 5U);
  const MetricFit* fit = find(read->tuning.metrics, "dc_gain");
  ASSERT_NE(fit, nullptr);
  EXPECT_TRUE(fit->ok());
  EXPECT_EQ(find(fit->variables, "w1")->relevance.value,
            made.json["tuning"]["metrics"]["dc_gain"]["variables"]["w1"]["relevance"].get<double>());
  EXPECT_TRUE(read->tuning.low_data);
  EXPECT_EQ(find(read->sobol, "power")->pairs.at(0).second.high, 0.08);
  EXPECT_TRUE(find(*find(read->slopes, "power"), "l1")->derivative);
  EXPECT_FALSE(find(*find(read->slopes, "J"), "l1")->elasticity);
  EXPECT_EQ(find(read->agreement, "dc_gain")->rank_correlation.size(), 2U);
  ASSERT_EQ(read->active.size(), 1U);
  EXPECT_EQ(read->active[0].pays.at(1).variable, "l1");
  EXPECT_TRUE(read->active[0].simulated->met.value());
  EXPECT_EQ(read->devices.size(), 4U);
  EXPECT_EQ(read->poles.at(0).devices, (std::vector<std::string>{"M3", "M6"}));
}

TEST(Explanation, IsThatOfTheDesignAlone) {
  ExplainedRun made;
  EXPECT_FALSE(read_explanation(made.run, 1));
  made.write();
  EXPECT_FALSE(read_explanation(made.run, made.json["design"]["evaluation"].get<int>() + 1));
}

/// Every place of the document, the deepest first.
std::vector<Json::json_pointer> places(const Json& json) {
  std::vector<Json::json_pointer> result;
  const std::function<void(const Json&, const Json::json_pointer&)> walk = [&](const Json& value,
                                                                               const Json::json_pointer& place) {
    if (value.is_object()) {
      for (const auto& [key, member] : value.items()) walk(member, place / key);
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) walk(value[i], place / i);
    }
    if (!place.empty()) result.push_back(place);
  };
  walk(json, Json::json_pointer());
  return result;
}

TEST(Explanation, AnyKeyMayBeAbsentOrNull) {
  ExplainedRun made;
  exturbo::test::Explained few;
  few.variables = {"w1", "l1"};
  few.values = {2e-5, 1.8e-7};
  few.metrics = {"phase_margin", "dc_gain", "power"};
  few.devices = {"M1"};
  made.json = explanation_of(made.run, few);
  for (const Json::json_pointer& place : places(made.json)) {
    Json without = made.json;
    if (without[place.parent_pointer()].is_object()) {
      without[place.parent_pointer()].erase(place.back());
      made.write(without);
      EXPECT_EQ(markup_fault(render_html(made.run)), "") << place;
      EXPECT_NO_THROW(render_essence(made.run)) << place;
    }
    if (made.json[place].is_string() || made.json[place.parent_pointer()].is_array()) continue;
    without = made.json;
    without[place] = nullptr;
    made.write(without);
    EXPECT_NO_THROW(render_html(made.run)) << place;
  }
  made.write(Json::object());
  EXPECT_EQ(markup_fault(render_html(made.run)), "");
  EXPECT_NO_THROW(render_essence(made.run));
}

TEST(Explanation, ReadsWhateverTheSchemaAllows) {
  const exturbo::test::JsonSchema schema(std::filesystem::path(EXTURBO_SOURCE_DIR) /
                                         "src/run/schema/sensitivity.schema.json");
  ExplainedRun made;
  exturbo::test::Explained few;
  few.variables = {"w1", "l1"};
  few.values = {2e-5, 1.8e-7};
  few.metrics = {"phase_margin", "dc_gain"};
  few.devices = {"M1"};
  const nlohmann::json json = explanation_of(made.run, few);
  ASSERT_EQ(schema.faults(json), std::vector<std::string>{});
  const int design = json["design"]["evaluation"];
  int valid = 0;
  for (const nlohmann::json& changed : exturbo::test::changes(json)) {
    if (!schema.faults(changed).empty()) continue;
    ++valid;
    made.write(changed);
    EXPECT_NO_THROW(read_explanation(made.run, design)) << nlohmann::json::diff(json, changed);
  }
  EXPECT_GT(valid, 100);
  for (const char* key : {"design", "variables", "survival", "tuning", "sobol"}) {
    nlohmann::json without = json;
    without.erase(key);
    EXPECT_FALSE(schema.faults(without).empty()) << key;
  }
}

TEST(Explanation, NamesEveryFaultWithItsPlace) {
  ExplainedRun made;
  made.json["limits"]["active"][0]["price"] = "much";
  made.json["survival"] = 3;
  made.json["poles"][1] = "pole";
  made.write();
  try {
    render_html(made.run);
    FAIL();
  } catch (const core::InputError& error) {
    std::vector<std::string> at;
    for (const core::Fault& fault : error.faults()) {
      EXPECT_EQ(fault.id, "RPT-002");
      at.push_back(fault.place);
    }
    EXPECT_EQ(at, (std::vector<std::string>{"/survival", "/limits/active/0/price", "/poles/1"}));
  }
}

TEST(ExplainedReport, TellsWhatLimitsTheDesignAndWhoPays) {
  ExplainedRun made;
  made.write();
  for (const std::string& text : {render_html(made.run), render_markdown(made.run)}) {
    EXPECT_TRUE(contains(text, "is held where it is by phase")) << text.substr(0, 3000);
    EXPECT_TRUE(contains(text, "per degree"));
    EXPECT_TRUE(contains(text, "+17.0 %"));
    EXPECT_TRUE(contains(text, "w1 20 µm → 24 µm (+20.0 %); l1 180 nm → 162 nm (-10.0 %)"));
    EXPECT_TRUE(contains(text, "Not limiting: dc"));
  }
}

TEST(ExplainedReport, SaysThatATighterSpecCannotBeMet) {
  ExplainedRun made;
  made.json["limits"]["active"][0]["predicted"] = {{"met", false}};
  made.json["limits"]["active"][0]["simulated"]["met"] = false;
  made.json["limits"]["active"][0]["simulated"]["missed"] = {"dc_gain", "slew_rate"};
  made.write();
  const std::string text = render_markdown(made.run);
  EXPECT_TRUE(contains(text, "**not met**"));
  EXPECT_TRUE(contains(text, "misses dc\\_gain, slew\\_rate"));
  EXPECT_TRUE(contains(render_essence(made.run), "not met"));
}

TEST(ExplainedReport, MapsHaveACellForEveryMetricAndVariable) {
  ExplainedRun made;
  made.write();
  const std::string page = render_html(made.run);
  EXPECT_EQ(markup_fault(page), "");
  EXPECT_TRUE(contains(page, "aria-labelledby=\"survival-title survival-text\""));
  EXPECT_TRUE(contains(page, "aria-labelledby=\"tuning-title tuning-text\""));
  EXPECT_TRUE(contains(page, "<title>dc_gain by w1: "));
  EXPECT_TRUE(contains(page, ">constant over these designs<"));
  EXPECT_TRUE(contains(page, "methods disagree"));
  EXPECT_TRUE(contains(page, "Largest share of each metric: J: "));
}

TEST(ExplainedReport, TablesOfEveryMethod) {
  ExplainedRun made;
  made.write();
  const std::string text = render_markdown(made.run);
  for (const char* part :
       {"elasticity ", "Relevance by length-scales, all evaluations", "w1 × l1", "2 to 8 %", "≠ disagree",
        "| `w1` (rank 0.3) | `l1` (rank 0.9) |", "nearly linear: its length-scale hides it", ", alone ",
        "`xdut.n3` | 1.2 kHz | dominant | M3, M6", "moderate, 0.15", "16.2 /V"})
    EXPECT_TRUE(contains(text, part)) << part;
}

TEST(ExplainedReport, HostileNamesAreNoMarkup) {
  ExplainedRun made;
  exturbo::test::Explained of;
  const std::string hostile = "</title><script>x</script>|\"&\n`\x01";
  of.variables = {hostile, "w1"};
  of.values = {1, 2e-5};
  of.metrics = {hostile + "1", hostile + "2", "phase_margin", "power"};
  of.devices = {hostile, "M3"};
  of.active = hostile + "1";
  made.json = explanation_of(made.run, of);
  made.json["poles"][0] = {{"node", hostile}, {"frequency", 1}, {"devices", {hostile}}, {"role", hostile}};
  for (auto& [metric, agreement] : made.json["agreement"].items()) agreement["statement"] = hostile;
  made.json["devices"]["M3"]["inversion"] = hostile;
  made.json["survival"]["metrics"]["power"]["status"] = hostile;
  made.json["limits"]["active"][0]["simulated"]["missed"] = {hostile};
  made.write();
  const std::string page = render_html(made.run);
  EXPECT_EQ(markup_fault(page), "");
  EXPECT_FALSE(contains(page, "<script"));
  EXPECT_FALSE(contains(page, "\x01"));
  const std::string text = render_markdown(made.run);
  EXPECT_EQ(uneven_row(text), "");
  for (std::size_t at = text.find("<script"); at != std::string::npos; at = text.find("<script", at + 1))
    EXPECT_EQ(text[text.rfind('`', at) - 1], ' ') << "outside a code span: " << text.substr(at - 80, 100);
  for (const char c : render_essence(made.run)) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

TEST(Essence, IsAFewSentencesAndTwoTablesOf80Columns) {
  ExplainedRun made;
  made.write();
  const std::string text = render_essence(made.run);
  std::string unbroken = text;
  std::replace(unbroken.begin(), unbroken.end(), '\n', ' ');
  EXPECT_TRUE(text.starts_with("All 6 specs are met by evaluation 40 of 40; power is ")) << text;
  for (const char* part : {"power is held where it is by phase_margin; phase_margin at 63° would cost",
                           "Whether the circuit works depends on", "What good designs trade depends on",
                           ", on few data.", "spec at its bound", "10 % more of"})
    EXPECT_TRUE(contains(unbroken, part)) << part << "\n" << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto letters =
        std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    EXPECT_LE(letters, 80) << line;
  }
}

TEST(Essence, OfARunThatIsNotExplainedSaysSo) {
  const RunFixture fixture;
  EXPECT_TRUE(contains(render_essence(fixture.read()), "It is not explained yet.\n"));
  const RunFixture empty({.evaluations = 0, .finished = false});
  EXPECT_TRUE(contains(render_essence(empty.read()), "design yet."));
}

}  // namespace
}  // namespace exturbo::report::test
