// Claims about the Markdown report.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include "exturbo/report/report.hpp"
#include "pipe_tables.hpp"
#include "support/run_fixture.hpp"

namespace exturbo::report::test {
namespace {

std::string text_of(const FixtureOptions& options) {
  const RunFixture fixture(options);
  return render_markdown(fixture.read());
}

TEST(ReportMarkdown, HasVerdictSpecsSizesDevicesAndProvenance) {
  const std::string text = text_of({});
  EXPECT_TRUE(text.starts_with("# Sizing report: amp in tiny\n\nAll 6 specs are met by evaluation 40 of 40; "));
  EXPECT_TRUE(contains(text, "| `dc_gain` | ✓ pass | ≥ 70 dB | "));
  EXPECT_TRUE(contains(text, "| `w1` | 20.01 µm | 20.4 µm | W of M1, M2 | "));
  EXPECT_TRUE(contains(text, "| `M3` | **▲ triode** |"));
  EXPECT_TRUE(contains(text, "| `no_convergence` | 4 | 9 | "));
  EXPECT_TRUE(contains(text, "Command: exturbo size amp.json --rng-seed 7"));
  EXPECT_TRUE(contains(text, "## Limits of validity"));
}

TEST(ReportMarkdown, RowsOfATableHaveTheColumnsOfItsHead) {
  EXPECT_EQ(uneven_row(text_of({.corners = 3, .failure_reason = "a | b ` c\nd"})), "");
}

TEST(ReportMarkdown, HostileTextIsNoMarkup) {
  const std::string text =
      text_of({.failure_reason = "<img src=x> [a](b) **bold** # | `code`", .device_name = "M`<i>|x"});
  EXPECT_FALSE(contains(text, "<img"));
  EXPECT_TRUE(contains(text, "&lt;img src=x\\> \\[a\\](b) \\*\\*bold\\*\\* \\# \\| \\`code\\`"));
  EXPECT_TRUE(contains(text, "| `M'<i>\\|x` |"));
}

TEST(ReportMarkdown, UnfinishedRunSaysSo) {
  EXPECT_TRUE(contains(text_of({.evaluations = 25, .finished = false}),
                       "The run is unfinished: 25 of 60 evaluations are in its journal."));
}

}  // namespace
}  // namespace exturbo::report::test
