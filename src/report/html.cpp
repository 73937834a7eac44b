// The page: fills the template of reports/ with what the tables and plots say.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/report/report.hpp"
#include "page.hpp"
#include "page_files.hpp"
#include "plots.hpp"
#include "sections.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

/// A number and what follows it stay on one line.
std::string bind_numbers(std::string text) {
  for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
    if (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9') text.replace(at, 1, "\u00a0");
  }
  return text;
}

std::string paragraph(const std::string& text) { return "<p>" + escape_html(text) + "</p>\n"; }

/// The table, or a sentence that says why there is none.
std::string table_or(const Table& table, const std::string& otherwise) {
  return table.rows.empty() ? (otherwise.empty() ? "" : paragraph(otherwise)) : html_table(table);
}

std::string figures_list(const Summary& summary) {
  std::string html = "<dl class=\"figures\">\n";
  for (const KeyFigure& figure : key_figures(summary)) {
    html += "<div><dt>" + escape_html(figure.name) + "</dt><dd>" + escape_html(figure.value) + "</dd></div>\n";
  }
  return html + "</dl>\n";
}

std::string devices(const Summary& summary) {
  std::string html;
  if (summary.problem.evaluator) return paragraph("The evaluator's command tells no operating points.");
  if (summary.best) {
    for (const CornerDesign& corner : summary.best->corners) html += html_table(devices_table(summary, corner));
  }
  return html.empty() ? paragraph("Operating points are recorded when a run ends; this run has none yet.") : html;
}

std::string verification(const Summary& summary) {
  const std::string sentence = verification_sentence(summary);
  if (sentence.empty()) return "";
  return "<h3>Verification</h3>\n" + paragraph(sentence) + table_or(verified_corners_table(summary), "") +
         table_or(monte_carlo_table(summary), "");
}

std::string flagged_devices(const Summary& summary) {
  if (!summary.best || summary.best->corners.empty() || summary.best->corners.front().devices.empty()) return "";
  std::string names;
  int count = 0;
  for (const CornerDesign& corner : summary.best->corners) {
    for (const DevicePoint& device : corner.devices) {
      if (!device.flagged()) continue;
      ++count;
      names += (names.empty() ? "" : ", ") + device.name +
               (summary.best->corners.size() > 1 ? " (" + corner.name + ")" : "");
    }
  }
  if (count == 0) return paragraph("Every transistor is saturated or in weak inversion with Vds above Vdsat.");
  return paragraph("⚠ Out of saturation: " + names + ". Some circuits mean it so; else look here first.");
}

std::string command(const Summary& summary) {
  const std::string text = reproduce_command(summary);
  return text.empty() ? ""
                      : "<pre><code>" + escape_html(text) + "</code></pre>\n" +
                            (reproduce_hint(summary).empty() ? "" : paragraph(reproduce_hint(summary)));
}

std::string list(const std::vector<std::string>& items) {
  std::string html = "<ul>\n";
  for (const std::string& item : items) html += "<li>" + escape_html(item) + "</li>\n";
  return html + "</ul>\n";
}

std::string files(const Summary& summary) {
  std::string html;
  for (const std::string& name : summary.files)
    html += (html.empty() ? "<p>Beside this report: " : ", ") + std::string("<code>") + name + "</code>";
  return html.empty() ? "" : html + ".</p>\n";
}

struct Badge {
  const char* name;
  const char* mark;
  const char* word;
};

Badge badge(const Summary& summary) {
  switch (summary.verdict) {
    case Verdict::kFeasible:
      return {"feasible", "✓", "All specs met"};
    case Verdict::kInfeasible:
      return {"infeasible", "✗", "Not all specs met"};
    case Verdict::kUnfinished:
      break;
  }
  return {"unfinished", "…", "Unfinished"};
}

}  // namespace

std::string render_html(const run::RunFolder& run) {
  const Summary summary = read_summary(run);
  const Badge verdict = badge(summary);
  const PageValues values{
      {"title", escape_html(summary.name())},
      {"style", std::string(kPageStyle)},
      {"verdict-name", verdict.name},
      {"verdict-mark", verdict.mark},
      {"verdict-word", verdict.word},
      {"verdict-sentence", bind_numbers(escape_html(verdict_sentence(summary)))},
      {"key-figures", figures_list(summary)},
      {"specs", table_or(verdict_table(summary), "The problem has no specs.")},
      {"corners", table_or(corners_table(summary), "")},
      {"verification", verification(summary)},
      {"limiting", html_parts(limiting_section(summary))},
      {"sizes", table_or(sizes_table(summary), "There is no design yet.")},
      {"flagged-devices", flagged_devices(summary)},
      {"devices", devices(summary)},
      {"device-roles", html_parts(device_roles_section(summary))},
      {"sensitivity", html_parts(sensitivity_section(summary))},
      {"seeds", html_parts(seeds_section(summary))},
      {"other-metrics", table_or(other_metrics_table(summary), "Every measured metric has a spec.")},
      {"definitions", table_or(definitions_table(summary), "")},
      {"convergence-plot", convergence_plot(summary)},
      {"objective-plot", objective_plot(summary)},
      {"region-plot", region_plot(summary)},
      {"origins", table_or(origins_table(summary), "")},
      {"hardness", table_or(hardness_table(summary), "")},
      {"failures", table_or(failures_table(summary), "No evaluation failed.")},
      {"unmeasured", table_or(unmeasured_table(summary), "")},
      {"timing", html_table(timing_table(summary))},
      {"command", command(summary)},
      {"provenance", html_table(provenance_table(summary))},
      {"inputs", html_table(inputs_table(summary))},
      {"files", files(summary)},
      {"limits", list(limits(summary))},
  };
  return fill_page(kPageTemplate, values);
}

}  // namespace exturbo::report
