// Claims about the comparison of two runs.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/report/comparison.hpp"

#include <gtest/gtest.h>

#include "pipe_tables.hpp"
#include "support/run_fixture.hpp"
#include "support/tag_balance.hpp"

namespace exturbo::report::test {
namespace {

/// Replaces a part of a file of the run's inputs, its recorded hash included.
void change_input(const RunFixture& fixture, const std::string& name, const std::string& from, const std::string& to) {
  run::RunFolder run = run::RunFolder::open(fixture.run_path());
  const auto file = fixture.run_path() / "input" / name;
  std::ifstream stream(file);
  std::string text((std::istreambuf_iterator<char>(stream)), {});
  stream.close();
  text.replace(text.find(from), from.size(), to);
  std::ofstream(file) << text;
  run::Json inputs = run.manifest().at("inputs");
  inputs[name] = run::sha256(text);
  run.update_manifest({{"inputs", inputs}});
}

TEST(Comparison, OfEqualRunsSaysThatTheProblemIsTheSame) {
  const RunFixture a, b;
  const std::string text = render_comparison_markdown(a.read(), b.read());
  EXPECT_TRUE(text.starts_with("# Comparison: run and run\n\nBoth meet all their specs; power is ")) << text;
  EXPECT_TRUE(contains(text, "(+0.00 %)"));
  EXPECT_TRUE(contains(text, "Both runs sized the same problem: all their inputs are equal."));
  EXPECT_TRUE(contains(text, "| `dc_gain` | ≥ 70 dB | same | "));
  EXPECT_TRUE(contains(text, "| `w1` | 20.4 µm | 20.4 µm | 1 |"));
  EXPECT_FALSE(contains(text, "Settings that differ."));
}

TEST(Comparison, NamesWhatDiffersBetweenTheProblems) {
  const RunFixture a, b({.first_feasible = 0, .corners = 2});
  change_input(b, "amp.json", R"("phase_margin": {"min": 60, "max": 90})", R"("phase_margin": {"min": 50})");
  change_input(b, "amp.json", R"("min": "1u", "max": "50u")", R"("min": "1u", "max": "60u")");
  change_input(b, "amp.json", R"("slew_rate": {"min": "5meg"},)", R"("input_noise": {"max": "30n"},)");
  const std::string text = render_comparison_markdown(a.read(), b.read());
  for (const char* part :
       {"Only A meets all its specs.", "- Only A has specs of slew\\_rate.", "- Only B has specs of input\\_noise.",
        "- Bounds differ: phase\\_margin.", "- Ranges, grids or ties differ: ib.", "- Only B has the corners ss\\_85C.",
        "- Input files that differ: amp.json.", "| `phase_margin` | 60° to 90° | ≥ 50° |",
        "| `slew_rate` | ≥ 5 V/µs | none |", "| first feasible | 16 | none |"})
    EXPECT_TRUE(contains(text, part)) << part << "\n" << text;
  EXPECT_EQ(uneven_row(text), "");
}

TEST(Comparison, SettingsThatDifferAreListed) {
  const RunFixture a, b;
  run::RunFolder::open(b.run_path()).update_manifest({{"rng_seed", 8}, {"batch", 2}});
  const std::string text = render_comparison_markdown(a.read(), b.read());
  EXPECT_TRUE(contains(text, "| rng seed | `7` | `8` |"));
  EXPECT_TRUE(contains(text, "| batch | `4` | `2` |"));
  EXPECT_FALSE(contains(text, "| budget |"));
}

TEST(Comparison, PageIsWellFormedForEveryKindOfRun) {
  const RunFixture whole;
  for (const FixtureOptions& options :
       {FixtureOptions{}, FixtureOptions{.finished = false}, FixtureOptions{.evaluations = 0, .finished = false},
        FixtureOptions{.fail_every = 1}, FixtureOptions{.unmeasured_reason = "a <b> & c"}}) {
    const RunFixture other(options);
    for (const std::string& page :
         {render_comparison_html(whole.read(), other.read()), render_comparison_html(other.read(), whole.read())}) {
      EXPECT_EQ(markup_fault(page), "");
      EXPECT_FALSE(contains(page, "<script"));
    }
  }
}

TEST(Comparison, CurvesDifferByTheStyleOfTheirLines) {
  const RunFixture a, b({.first_feasible = 25});
  const std::string page = render_comparison_html(a.read(), b.read());
  EXPECT_TRUE(contains(page, "<path class=\"best\""));
  EXPECT_TRUE(contains(page, "<path class=\"other\""));
}

TEST(Comparison, IsWrittenIntoTheFirstFolderAndNamedAfterTheSecond) {
  const RunFixture a, b;
  const auto hostile = b.run_path().parent_path() / "b <&> #1";
  std::filesystem::rename(b.run_path(), hostile);
  const auto files = write_comparison(a.read(), run::RunFolder::read(hostile / ""));
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0], "compare-b <&> #1.html");
  for (const auto& file : files) EXPECT_TRUE(std::filesystem::is_regular_file(a.run_path() / file)) << file;
  EXPECT_EQ(markup_fault(render_comparison_html(a.read(), run::RunFolder::read(hostile))), "");
}

}  // namespace
}  // namespace exturbo::report::test
