// Claims about the page: complete, safe, self-contained, and right for every kind of run.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "exturbo/core/fault.hpp"
#include "exturbo/report/report.hpp"
#include "support/run_fixture.hpp"
#include "support/tag_balance.hpp"

namespace exturbo::report::test {
namespace {

std::string page_of(const FixtureOptions& options) {
  const RunFixture fixture(options);
  return render_html(fixture.read());
}

/// The element with this id up to the end of its section.
std::string section(const std::string& page, const std::string& id) {
  const std::size_t begin = page.find("<section id=\"" + id + "\">");
  return begin == std::string::npos ? "" : page.substr(begin, page.find("</section>", begin) - begin);
}

int count_of(const std::string& text, const std::string& part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

TEST(ReportPage, HasARowForEverySpecWithBoundValueMarginAndWord) {
  const std::string specs = section(page_of({}), "specs");
  for (const char* metric : {"dc_gain", "unity_gain_frequency", "phase_margin", "slew_rate", "power", "margin.M1"}) {
    EXPECT_TRUE(contains(specs, "<th scope=\"row\"><code>" + std::string(metric) + "</code></th>")) << metric;
  }
  EXPECT_EQ(count_of(specs, "✓ pass"), 6);
  EXPECT_TRUE(contains(specs, "≥ 10 MHz"));
  EXPECT_TRUE(contains(specs, "60° to 90°"));
  EXPECT_TRUE(contains(specs, "≥ 5 V/µs"));
  EXPECT_TRUE(contains(specs, "6.1 V/µs"));
  EXPECT_TRUE(contains(specs, "+2 MHz"));
  EXPECT_TRUE(contains(specs, "+20.0 %"));
}

TEST(ReportPage, IsWellFormedForEveryKindOfRun) {
  for (const FixtureOptions& options :
       {FixtureOptions{}, FixtureOptions{.finished = false}, FixtureOptions{.first_feasible = 0},
        FixtureOptions{.evaluations = 0, .finished = false}, FixtureOptions{.fail_every = 1},
        FixtureOptions{.corners = 3}, FixtureOptions{.unmeasured_reason = "a <b> & c"}}) {
    EXPECT_EQ(markup_fault(page_of(options)), "");
  }
}

TEST(ReportPage, LoadsNothingFromOutside) {
  const std::string page = page_of({});
  for (const char* attribute : {"src", "href", "xlink:href", "action", "data", "poster", "background"}) {
    for (const std::string& value : attribute_values(page, attribute))
      EXPECT_TRUE(value.starts_with("#")) << attribute << "=" << value;
  }
  for (const char* part :
       {"http://", "https://", "url(", "@import", "<script", "<link", "<iframe", "<img", "<object"}) {
    EXPECT_FALSE(contains(page, part)) << part;
  }
}

TEST(ReportPage, LinksLeadToSectionsThatExist) {
  const std::string page = page_of({});
  for (const std::string& target : attribute_values(page, "href"))
    EXPECT_TRUE(contains(page, " id=\"" + target.substr(1) + "\"")) << target;
}

TEST(ReportPage, EscapesWhateverTheRunSays) {
  const std::string hostile = "</td><script>alert('x')</script> \"q\" & {{style}} \x01\xff\xe2\x80\xae";
  const std::string page = page_of({.failure_reason = hostile,
                                    .command = "exturbo size '<script>{{title}}'",
                                    .device_name = "M<b onload=\"x\">",
                                    .unmeasured_reason = "</td><script>{{title}}"});
  EXPECT_EQ(markup_fault(page), "");
  EXPECT_FALSE(contains(page, "<script"));
  EXPECT_FALSE(contains(page, "<b "));
  EXPECT_TRUE(contains(section(page, "failures"),
                       "&lt;/td&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;q&quot; &amp; {{style}}"));
  EXPECT_TRUE(contains(section(page, "reproduce"), "&lt;script&gt;"));
  EXPECT_TRUE(contains(section(page, "specs"), "&lt;script&gt;"));
  EXPECT_FALSE(contains(page, "\x01"));
  EXPECT_FALSE(contains(page, "\xff"));
  EXPECT_FALSE(contains(page, "\xe2\x80\xae"));
  EXPECT_EQ(count_of(page, ":root {"), 1) << "a key in hostile text was filled";
}

TEST(ReportPage, FeasibleVerdictNamesTheEvaluationAndTheObjective) {
  const std::string page = page_of({});
  EXPECT_TRUE(contains(page, "All 6 specs are met by evaluation 40 of 40; power is "));
  EXPECT_TRUE(contains(page, "% of its reference"));
  EXPECT_TRUE(contains(page, "<dt>first feasible</dt><dd>16</dd>"));
}

TEST(ReportPage, InfeasibleVerdictNamesTheMissedSpecs) {
  const std::string page = page_of({.first_feasible = 0});
  EXPECT_TRUE(contains(page, "1 of 6 specs is not met by the best design, evaluation "));
  EXPECT_TRUE(contains(page, ": phase_margin (-"));
  EXPECT_EQ(count_of(section(page, "specs"), "✗ fail"), 1);
  EXPECT_TRUE(contains(page, "Not all specs met"));
  EXPECT_TRUE(contains(page, "no evaluation was feasible"));
  EXPECT_FALSE(contains(page, "first feasible:"));
}

TEST(ReportPage, UnfinishedRunShowsTheBestOfItsJournal) {
  const std::string page = page_of({.evaluations = 25, .finished = false});
  EXPECT_TRUE(contains(
      page,
      "The run is unfinished: 25 of 60 evaluations are in its journal. All 6 specs are met by evaluation 25 of 25"));
  EXPECT_TRUE(contains(section(page, "sizes"), "<code>w1</code>"));
  EXPECT_TRUE(contains(section(page, "devices"), "recorded when a run ends"));
}

TEST(ReportPage, RunWithoutAnyDesignSaysSo) {
  const std::string none = page_of({.evaluations = 0, .finished = false});
  EXPECT_TRUE(contains(none, "There is no design yet."));
  EXPECT_TRUE(contains(none, "No evaluation has been made yet."));
  const std::string failed = page_of({.fail_every = 1});
  EXPECT_TRUE(contains(failed, "None of 40 evaluations came through"));
  EXPECT_EQ(count_of(section(failed, "specs"), "✗ fail"), 6);
}

TEST(ReportPage, CountsFailuresByCause) {
  const std::string failures = section(page_of({}), "failures");
  EXPECT_TRUE(contains(failures,
                       "<code>no_convergence</code></th><td class=\"number\">4</td><td class=\"number\">9</td><td "
                       "class=\"prose\">open_loop: no operating point</td>"));
  EXPECT_TRUE(contains(section(page_of({.fail_every = 0}), "failures"), "No evaluation failed."));
}

TEST(ReportPage, PlotTellsKindsOfEvaluationsApartByShape) {
  const std::string plot = section(page_of({}), "convergence");
  EXPECT_TRUE(contains(plot, "infeasible (27)"));
  EXPECT_TRUE(contains(plot, "feasible (9)"));
  EXPECT_TRUE(contains(plot, "failed, above the axis (4)"));
  for (const char* kind : {"ring", "diamond", "cross", "best"})
    EXPECT_TRUE(contains(plot, "<path class=\"" + std::string(kind) + "\"")) << kind;
  EXPECT_TRUE(contains(plot, "first feasible: 16"));
}

TEST(ReportPage, DrawsTheTrustRegionWhereTheJournalKnowsIt) {
  EXPECT_FALSE(contains(page_of({}), "aria-labelledby=\"region-title"));
  const RunFixture fixture({.evaluations = 0, .finished = false});
  {
    run::RunFolder run = run::RunFolder::open(fixture.run_path());
    for (int index = 1; index <= 6; ++index) {
      run::Evaluation evaluation;
      evaluation.index = index;
      evaluation.origin = index == 1 ? "initial" : "model";
      evaluation.status = "ok";
      evaluation.cost = 2;
      if (index > 1) evaluation.region = run::TrustRegion{index < 5 ? 0.8 / index : 0.8, index < 5 ? 0 : 1};
      run.append(evaluation);
    }
  }
  const std::string page = render_html(fixture.read());
  EXPECT_EQ(markup_fault(page), "");
  const std::string plot = section(page, "convergence");
  EXPECT_TRUE(contains(plot, "From 0.4 to 0.8, with 1 restarts."));
  EXPECT_TRUE(contains(plot, "given up and begun anew (1)"));
  EXPECT_TRUE(contains(plot, "<th scope=\"row\">the model&#39;s</th><td class=\"number\">5</td>"));
}

TEST(ReportPage, EveryPictureHasAName) {
  const std::string page = page_of({});
  const int pictures = count_of(page, "<svg ");
  const int named = count_of(page, "aria-label=\"") + count_of(page, "aria-labelledby=\"") +
                    count_of(page, "aria-hidden=\"true\"><path");
  EXPECT_GT(pictures, 10);
  EXPECT_GE(named, pictures);
  EXPECT_EQ(count_of(page, "<th scope="), count_of(page, "</th>"));
}

TEST(ReportPage, SizesTellUnitUseRangeAndBounds) {
  const std::string sizes = section(page_of({}), "sizes");
  EXPECT_TRUE(contains(sizes, "20.4 µm"));
  EXPECT_TRUE(contains(sizes, "W of M1, M2"));
  EXPECT_TRUE(contains(sizes, "L of M1, M2, M3"));
  EXPECT_TRUE(contains(sizes, "1 µA to 50 µA"));
  EXPECT_TRUE(contains(sizes, "= 2 × w1"));
  EXPECT_TRUE(contains(sizes, "⚠ at its lower bound")) << "l1";
  EXPECT_TRUE(contains(sizes, "⚠ at its upper bound")) << "fingers";
}

TEST(ReportPage, FlagsTransistorsOutOfSaturation) {
  const std::string devices = section(page_of({}), "devices");
  EXPECT_TRUE(contains(devices, "Out of saturation: M3."));
  EXPECT_TRUE(contains(devices, "▲ triode"));
  EXPECT_TRUE(contains(devices, "⚠ -60 mV"));
  EXPECT_TRUE(contains(devices, "16 /V"));
  EXPECT_TRUE(contains(devices, "<td class=\"number\">40.8 / 0.36</td>")) << "M3: w2 / 2 l1";
}

TEST(ReportPage, ListsTransistorsInNaturalOrder) {
  const std::string devices = section(page_of({}), "devices");
  EXPECT_LT(devices.find("<code>M2<"), devices.find("<code>M10<"));
}

TEST(ReportPage, FailuresThatDifferByNumbersAreOneCause) {
  const RunFixture fixture({.evaluations = 0, .finished = false});
  {
    run::RunFolder run = run::RunFolder::open(fixture.run_path());
    for (int index = 1; index <= 3; ++index) {
      run::Evaluation failed;
      failed.index = index;
      failed.origin = "initial";
      failed.status = "no_convergence";
      failed.reason = "step: timestep too small at t = " + std::to_string(1.5 * index);
      run.append(failed);
    }
  }
  EXPECT_TRUE(contains(section(render_html(fixture.read()), "failures"),
                       "<td class=\"number\">3</td><td class=\"number\">1</td><td class=\"prose\">step: timestep too "
                       "small at t = 1.500000</td>"));
}

TEST(ReportPage, ShowsMetricsWithoutSpecWithTheirDefinitions) {
  const std::string metrics = section(page_of({}), "metrics");
  EXPECT_TRUE(contains(metrics, "22 nV/√Hz"));
  EXPECT_TRUE(contains(metrics, "Here frequency = 2k."));
  EXPECT_TRUE(contains(metrics, "= unity_gain_frequency / power"));
  EXPECT_TRUE(contains(metrics, ".meas &quot;settle&quot; of testbench open_loop"));
  EXPECT_TRUE(contains(metrics, "310 ns"));
}

TEST(ReportPage, SaysHowToReproduceAndWithinWhatItHolds) {
  const std::string page = page_of({});
  EXPECT_TRUE(contains(page, "<code>exturbo size amp.json --rng-seed 7</code>"));
  EXPECT_TRUE(std::regex_search(section(page, "reproduce"),
                                std::regex("<code>amp\\.cir</code></th><td><code>[0-9a-f]{64}</code>")));
  EXPECT_TRUE(contains(section(page, "limits"), "One corner only: tt_27C (process tt, 27 °C)"));
}

TEST(ReportPage, SeveralCornersHaveATableAndTheirOwnOperatingPoints) {
  const std::string page = page_of({.corners = 3});
  EXPECT_TRUE(contains(section(page, "specs"), "Each spec&#39;s metric by corner."));
  EXPECT_EQ(count_of(section(page, "devices"), "<table"), 3);
  EXPECT_TRUE(contains(section(page, "limits"), "3 corners, every metric at its worst"));
}

TEST(ReportPage, IsTheSameForTheSameFolder) {
  const RunFixture fixture;
  EXPECT_EQ(render_html(fixture.read()), render_html(fixture.read()));
}

TEST(ReportPage, RefusesADamagedResult) {
  const RunFixture fixture;
  std::ofstream(fixture.run_path() / "result.json") << R"({"status": 3})";
  EXPECT_THROW(render_html(fixture.read()), core::InputError);
}

TEST(WriteReport, LeavesBothFilesInTheFolder) {
  const RunFixture fixture;
  write_report(fixture.read());
  EXPECT_TRUE(std::filesystem::is_regular_file(fixture.run_path() / "report.html"));
  EXPECT_TRUE(std::filesystem::is_regular_file(fixture.run_path() / "report.md"));
}

/// verify.json of the fixture's best design: dc_gain met at every corner and in 3 of 4 samples, power missed at one.
run::Json verification_of(const run::RunFolder& run) {
  run::Json json = run::Json::parse(R"({
    "met": false, "worst_corner": "ss_85C", "yield": 0.75, "interval": [0.1941, 0.9937], "samples": 4,
    "failed_samples": {"spurious": 1}, "monte_carlo_corner": "tt_27C", "matched_devices": ["M3"], "rng_seed": 1,
    "min_yield": 0, "assumptions": [],
    "per_spec": {
      "dc_gain": {"min": 70, "worst_corner": {"name": "ff_-40C", "value": 71.5, "margin": 0.0214, "met": true},
        "monte_carlo": {"measured": 3, "bounds": {"min": 60}, "yield": 0.75, "mean": 72.25, "sigma": 1.5, "min": 71,
          "max": 74, "quantiles": {"0.1": 71, "1": 71, "5": 71.1, "50": 72, "95": 73.8, "99": 74, "99.9": 74}, "worst": 71}},
      "power": {"max": 4e-4, "worst_corner": {"name": "ss_85C", "value": 5e-4, "margin": -0.25, "met": false},
        "monte_carlo": {"measured": 0, "bounds": null, "yield": null}}},
    "corners": {"tt_27C": {"status": "ok", "violated": []}, "ss_85C": {"status": "ok", "violated": ["power"]},
                "ff_-40C": {"status": "ok", "violated": []}}})");
  json["design"] = {{"index", 1}, {"variables", run.read_json("result.json").at("best").at("variables")}};
  return json;
}

TEST(ReportPage, TellsTheVerificationOfItsDesign) {
  const RunFixture fixture({.corners = 3});
  const run::RunFolder run = fixture.read();
  run.write("verify.json", verification_of(run).dump());
  for (const std::string& page : {section(render_html(run), "specs"), render_markdown(run)}) {
    EXPECT_TRUE(contains(page, "Simulated on 3 corners: specs are missed on 1 of them. The worst is ss_85C.") ||
                contains(page, "Simulated on 3 corners: specs are missed on 1 of them. The worst is ss\\_85C."));
    EXPECT_TRUE(contains(page, "4 samples: 75 % meet all specs"));
    EXPECT_TRUE(contains(page, "19.41 % to 99.37 %"));
    EXPECT_TRUE(contains(page, "1 gave no result: spurious."));
    EXPECT_TRUE(contains(page, "Without mismatch: M3."));
    EXPECT_TRUE(contains(page, "72.25 dB"));
    EXPECT_TRUE(contains(page, "nominal only"));
    EXPECT_TRUE(contains(page, "500 µW"));
  }
  EXPECT_EQ(markup_fault(render_html(run)), "");
}

TEST(ReportPage, IgnoresTheVerificationOfAnotherDesignAndRefusesADamagedOne) {
  const RunFixture fixture;
  const run::RunFolder run = fixture.read();
  const std::string without = render_html(run);
  run::Json other = verification_of(run);
  other["design"]["variables"]["w1"] = 1;
  run.write("verify.json", other.dump());
  EXPECT_FALSE(contains(render_html(run), "Verification"));
  for (const char* key : {"design", "corners", "per_spec", "worst_corner", "interval", "matched_devices"}) {
    run::Json damaged = verification_of(run);
    damaged[key] = 3;
    run.write("verify.json", damaged.dump());
    EXPECT_THROW(render_html(run), core::InputError) << key;
  }
}

}  // namespace
}  // namespace exturbo::report::test
