// The report of a run: one self-contained page for people, and the same essentials as Markdown.
// SPDX-License-Identifier: BSD-3-Clause
//
// Reads a run only through its folder, finished or not; simulates nothing and opens no other file. The page needs no
// script and no network: style and plots (SVG) are inline. Every text of the run (names, reasons, commands) is treated
// as hostile and escaped. Same folder, same bytes. Cost: linear in the number of evaluations. Thread-safe.
#pragma once

#include <string>

#include "exturbo/run/run_folder.hpp"

namespace exturbo::report {

/// The page as HTML5 that is also well-formed XML. Without result.json the run is reported as unfinished, with the best
/// design of the journal.
/// \throws core::InputError if the folder's problem or one of its JSON files cannot be read.
std::string render_html(const run::RunFolder& run);

/// The essentials as Markdown tables (CommonMark with pipe tables), without plots. \throws as render_html().
std::string render_markdown(const run::RunFolder& run);

/// What explains the design, for a terminal of 80 columns: verdict, what limits it, what decides whether the circuit
/// works and what trades performance, where methods disagree; two small tables. \throws as render_html().
std::string render_essence(const run::RunFolder& run);

/// Writes report.html, report.md, evaluations.csv and, once the design is explained, sensitivity.csv into the run
/// folder. \throws as render_html(); core::EnvironmentError if it cannot write.
void write_report(const run::RunFolder& run);

}  // namespace exturbo::report
