// The built-in measures: what each is, what it needs, what can be set. Read by checks, help and reports.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace exturbo::spice {

/// An analysis a measure reads.
struct MeasureAnalysis {
  std::string option;  ///< Key of the metric by which another analysis can be named: "analysis".
  std::string name;    ///< Default name of the analysis: "differential".
  std::string kind;    ///< "ac", "dc", "tran" or "noise".
};

/// A key of the metric that changes how it is measured.
struct MeasureOption {
  std::string name;
  std::string default_text;  ///< As a problem would give it; numbers may be expressions in braces: "{vcm}".
  std::string meaning;
};

struct MeasureInfo {
  std::string name;
  std::string unit;                       ///< "dB", "Hz", "deg", "V/s", "share of Vdd", "V", "V/sqrt(Hz)", "W".
  std::string definition;                 ///< One sentence.
  std::vector<MeasureAnalysis> analyses;  ///< Besides the operating point, which every measure may read.
  std::vector<MeasureOption> options;
};

/// All built-in measures, by family.
const std::vector<MeasureInfo>& builtin_measures();

/// The measure of that name, or null.
const MeasureInfo* find_measure(const std::string& name);

}  // namespace exturbo::spice
