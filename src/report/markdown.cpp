// The report as Markdown: the same tables, without the plots.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/report/report.hpp"
#include "sections.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

std::string section(const std::string& title, const std::string& content) {
  return content.empty() ? "" : "## " + title + "\n\n" + content;
}

std::string history(const Summary& summary) {
  const std::string failures = markdown_table(failures_table(summary));
  return markdown_table(origins_table(summary)) + markdown_table(hardness_table(summary)) +
         (failures.empty() ? "No evaluation failed.\n\n" : failures) + markdown_table(unmeasured_table(summary)) +
         markdown_table(timing_table(summary));
}

std::string devices(const Summary& summary) {
  std::string text;
  if (!summary.best || summary.problem.evaluator) return text;
  for (const CornerDesign& corner : summary.best->corners) text += markdown_table(devices_table(summary, corner));
  return text;
}

std::string verification(const Summary& summary) {
  const std::string sentence = verification_sentence(summary);
  return sentence.empty() ? ""
                          : escape_markdown(sentence) + "\n\n" + markdown_table(verified_corners_table(summary)) +
                                markdown_table(monte_carlo_table(summary));
}

std::string provenance(const Summary& summary) {
  std::string text;
  if (const std::string command = reproduce_command(summary); !command.empty())
    text = "Command: " + escape_markdown(command) + "\n\n";
  if (const std::string hint = reproduce_hint(summary); !hint.empty()) text += escape_markdown(hint) + "\n\n";
  return text + markdown_table(provenance_table(summary)) + markdown_table(inputs_table(summary));
}

std::string list(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += "- " + escape_markdown(item) + "\n";
  return text;
}

}  // namespace

std::string render_markdown(const run::RunFolder& run) {
  const Summary summary = read_summary(run);
  std::string text = "# Sizing report: " + escape_markdown(summary.name()) + "\n\n" +
                     escape_markdown(verdict_sentence(summary)) + "\n\n";
  for (const KeyFigure& figure : key_figures(summary))
    text += "- " + escape_markdown(figure.name + ": " + figure.value) + "\n";
  return text + "\n" +
         section("Specs", markdown_table(verdict_table(summary)) + markdown_table(corners_table(summary))) +
         section("Verification", verification(summary)) +
         section("What limits the design", markdown_parts(limiting_section(summary))) +
         section("Sizes", markdown_table(sizes_table(summary))) +
         section("Operating points", devices(summary) + markdown_parts(device_roles_section(summary))) +
         section("Sensitivity", markdown_parts(sensitivity_section(summary))) +
         section("Other metrics",
                 markdown_table(other_metrics_table(summary)) + markdown_table(definitions_table(summary))) +
         section("The run", history(summary)) + section("Seeds", markdown_parts(seeds_section(summary))) +
         section("How to reproduce", provenance(summary)) + section("Limits of validity", list(limits(summary)));
}

}  // namespace exturbo::report
