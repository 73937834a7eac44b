// The files of reports/ that make the pages, embedded at build time: nothing is read when a report is written.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string_view>

namespace exturbo::report {

extern const std::string_view kPageTemplate;        ///< reports/report.html
extern const std::string_view kComparisonTemplate;  ///< reports/comparison.html
extern const std::string_view kPageStyle;           ///< reports/report.css

}  // namespace exturbo::report
