// Writes the reports into the run folder.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/report/report.hpp"

#include "csv.hpp"

namespace exturbo::report {

void write_report(const run::RunFolder& run) {
  // All are rendered before any is written: a faulty folder leaves no half of a report.
  const std::string html = render_html(run);
  const std::string markdown = render_markdown(run);
  const Summary summary = read_summary(run);
  run.write("report.html", html);
  run.write("report.md", markdown);
  run.write("evaluations.csv", evaluations_csv(summary));
  if (summary.explanation) {
    run.write("sensitivity.csv", sensitivity_csv(summary));
  } else {
    run.remove("sensitivity.csv");  // Of another design.
  }
}

}  // namespace exturbo::report
