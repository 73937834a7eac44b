// Writes both reports into the run folder.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/report/report.hpp"

namespace exturbo::report {

void write_report(const run::RunFolder& run) {
  // Both are rendered before either is written: a faulty folder leaves no half of a report.
  const std::string html = render_html(run);
  const std::string markdown = render_markdown(run);
  run.write("report.html", html);
  run.write("report.md", markdown);
}

}  // namespace exturbo::report
