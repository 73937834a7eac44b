// Comma-separated values for spreadsheets and scripts (RFC 4180).
// SPDX-License-Identifier: BSD-3-Clause
//
// Numbers are exact. Text that a spreadsheet would take for a formula is preceded by an apostrophe.
#pragma once

#include <string>

#include "summary.hpp"

namespace exturbo::report {

/// A line for each metric, variable and granularity ("survival", "tuning", or "design" for the simulated derivatives);
/// header alone without an explanation.
std::string sensitivity_csv(const Summary& summary);

/// A line for each evaluation. Columns are named as the keys of the journal: "variables.w1", "metrics.dc_gain".
std::string evaluations_csv(const Summary& summary);

}  // namespace exturbo::report
