// exturbo report
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/report/report.hpp"

#include <iostream>

#include "command.hpp"
#include "explanation.hpp"
#include "exturbo/report/comparison.hpp"
#include "print_pdf.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;

/// Writes the pages of one run, explained, or of two side by side, into the folder of the first; their names.
std::vector<std::string> write_pages(const std::filesystem::path& folder, const std::string& other) {
  const run::RunFolder run = run::RunFolder::read(folder);
  if (!other.empty()) return report::write_comparison(run, run::RunFolder::read(other));
  report::write_report(run);
  return {"report.html", "report.md"};
}

}  // namespace

int run_report(const Command& self, const std::vector<std::string>& words) {
  po::options_description options("Report");
  options.add_options()("pdf", po::bool_switch(), "also as PDF, printed by chromium or weasyprint")(
      "allow-command", po::bool_switch(), "let the netlists run commands and touch files: for decks of your own")(
      "quiet", po::bool_switch(), "no progress");
  const auto arguments = parse(self, options.add(machine_options()), "DIR", words, "DIR2");
  if (!arguments) return kDone;
  const std::filesystem::path folder = (*arguments)["DIR"].as<std::string>();
  install_signal_handlers();
  const bool alone = text_of(*arguments, "DIR2").empty();
  if (alone) report::render_markdown(run::RunFolder::read(folder));  // names the folder's faults before any simulation
  if (alone && !explain_run(folder, machine(*arguments), (*arguments)["quiet"].as<bool>())) {
    std::cerr << "interrupted; go on with the same command\n";
    return kInterrupted;
  }
  std::vector<std::string> pages = write_pages(folder, text_of(*arguments, "DIR2"));
  if ((*arguments)["pdf"].as<bool>()) {
    pages.push_back(std::filesystem::path(pages[0]).replace_extension(".pdf").string());
    print_pdf(folder / pages[0], folder / pages.back());
  }
  for (const std::string& page : pages) std::cout << (folder / page).string() << "\n";
  return kDone;
}

}  // namespace exturbo::cli
