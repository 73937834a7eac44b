// Claims about the comma-separated values.
// SPDX-License-Identifier: BSD-3-Clause
#include "csv.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "exturbo/report/report.hpp"
#include "support/run_fixture.hpp"

namespace exturbo::report::test {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    lines.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

TEST(EvaluationsCsv, HasALineForEachAndExactNumbers) {
  const RunFixture fixture;
  const Summary summary = read_summary(fixture.read());
  const auto lines = lines_of(evaluations_csv(summary));
  ASSERT_EQ(lines.size(), 41U);
  EXPECT_TRUE(
      lines[0].starts_with("index,origin,status,feasible,cost,seconds,region.side,region.restart,variables.w1,"));
  EXPECT_TRUE(lines[0].ends_with(",metrics.slew_rate,metrics.unity_gain_frequency"));
  EXPECT_TRUE(lines[9].starts_with("9,model,no_convergence,false,7,0.05,"));
  EXPECT_TRUE(lines[9].ends_with(",,,,,,,,,")) << lines[9];
  EXPECT_TRUE(lines[1].starts_with("1,initial,ok,false,"));
}

TEST(SensitivityCsv, QuotesHostileTextAndDefusesFormulas) {
  Summary summary;
  summary.explanation.emplace();
  MetricFit fit;
  fit.status = "ok";
  fit.variables.emplace_back("=cmd()", VariableFit{0.5, {0.25, 0.1, 0.5}, 0.125, -1});
  summary.explanation->survival.metrics.emplace_back("a,\"b\"\n", fit);
  summary.explanation->slopes.emplace_back("gain", ByName<Slope>{{"w1", Slope{1.5, std::nullopt, 0.25, "central"}}});
  const std::string text = sensitivity_csv(summary);
  EXPECT_NE(text.find("\r\n\"a,\"\"b\"\"\n\",'=cmd(),survival,ok,,,0.5,0.25,0.1,0.5,0.125,-1,,,,,,,,,\r\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\r\ngain,w1,design,,,,,,,,,,,,,,,,1.5,0.25,\r\n"), std::string::npos) << text;
}

TEST(WriteReport, LeavesTheEvaluationsAsCsv) {
  const RunFixture fixture;
  write_report(fixture.read());
  EXPECT_TRUE(std::filesystem::is_regular_file(fixture.run_path() / "evaluations.csv"));
  EXPECT_FALSE(std::filesystem::exists(fixture.run_path() / "sensitivity.csv"));
}

}  // namespace
}  // namespace exturbo::report::test
