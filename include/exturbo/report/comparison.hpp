// Two runs side by side: specs, sizes, convergence, and what differs in how they were made.
// SPDX-License-Identifier: BSD-3-Clause
//
// Of the same problem or not: what only one of them has is said. Reads both runs only through their folders; the
// promises of report.hpp hold here too.
#pragma once

#include <string>
#include <vector>

#include "exturbo/run/run_folder.hpp"

namespace exturbo::report {

/// The comparison as a page, and as Markdown without plots.
/// \throws core::InputError if the problem or a JSON file of either folder cannot be read.
std::string render_comparison_html(const run::RunFolder& a, const run::RunFolder& b);
std::string render_comparison_markdown(const run::RunFolder& a, const run::RunFolder& b);

/// Writes compare-<name of b's folder>.html and .md into the folder of `a`, and returns these names.
/// \throws as the above; core::EnvironmentError if it cannot write.
std::vector<std::string> write_comparison(const run::RunFolder& a, const run::RunFolder& b);

}  // namespace exturbo::report
