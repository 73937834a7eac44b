// What a measure is given and what it gives back.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <complex>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/spice/measures.hpp"
#include "spice/measures/curve.hpp"

namespace exturbo::spice {

/// Vectors of one analysis that ran; `failure` says why it did not.
struct AnalysisData {
  std::string kind;
  double ac_magnitude = 1;    ///< Largest source magnitude: responses are divided by it.
  std::vector<double> scale;  ///< Hz, s, or the swept source's value.
  std::map<std::string, std::vector<std::complex<double>>> vectors;  ///< By node name, "vdd#branch", "inoise_spectrum".
  std::string failure;
};

/// Adds the points of a sweep of the same vectors, in order of the scale; a point that is there already is not
/// repeated.
void insert_points(AnalysisData& analysis, const AnalysisData& more);

/// What one testbench gave.
struct TestbenchData {
  std::map<std::string, double> operating_point;  ///< By vector name.
  std::map<std::string, AnalysisData> analyses;   ///< By name.
};

/// Why a metric has no value.
struct NotMeasurable {
  std::string reason;
};

/// Access to the data by the names that the metric gives or the measure defaults to. Getters throw NotMeasurable.
class MeasureArguments {
 public:
  MeasureArguments(const MeasureInfo& info, const TestbenchData& data,
                   const std::map<std::string, std::string>& options, const std::map<std::string, double>& values)
      : info_(info), data_(data), options_(options), values_(values) {}

  /// Text of an option, lower case: a node or source name.
  std::string text(const std::string& option) const;
  double number(const std::string& option) const;
  /// A parameter of the testbench, such as "vdd".
  double parameter(const std::string& name) const;
  /// The analysis that the option ("analysis", "supply_analysis") names.
  const AnalysisData& analysis(const std::string& option) const;
  /// A vector of an analysis over its scale.
  const std::vector<std::complex<double>>& vector(const AnalysisData& analysis, const std::string& name) const;
  /// Its real part over increasing scale, at least `points` of them.
  Curve curve(const AnalysisData& analysis, const std::string& name, std::size_t points = 2) const;
  /// Value of a vector of the operating point; ground is 0.
  double operating_point(const std::string& name) const;

 private:
  const MeasureInfo& info_;
  const TestbenchData& data_;
  const std::map<std::string, std::string>& options_;
  const std::map<std::string, double>& values_;
};

/// A stretch of a sweep, in the unit of its scale.
struct Window {
  double from = 0;
  double to = 0;
};

/// A measure: what it says of itself, the options that name nodes to be kept, and the computation.
struct Measure {
  MeasureInfo info;
  std::vector<std::string> node_options;
  double (*compute)(const MeasureArguments&) = nullptr;
  bool needs_supply = false;  ///< Reads the parameter vdd.
  /// Where a coarse sweep (seven points a decade; every tenth point of a DC sweep) is to be made fine, so that
  /// compute() gives what the whole fine sweep gives; of a noise analysis, the frequencies that are read. Null: the
  /// measure reads all of a sweep. Throws NotMeasurable where the coarse sweep does not tell.
  std::vector<Window> (*windows)(const MeasureArguments&) = nullptr;
  /// Whether a record of a sweep or transient may be broken off as it is, for what is left of the `whole` would not
  /// change what compute() gives. A sweep is recorded from its middle to one end, a transient (of a testbench without
  /// edges) from time zero also if less is asked for. Null: it may not.
  bool (*complete)(const MeasureArguments&, const Window& whole) = nullptr;
};

/// The families, each in its own file.
std::vector<Measure> ac_measures();
std::vector<Measure> dc_measures();
std::vector<Measure> tran_measures();
std::vector<Measure> noise_measures();
std::vector<Measure> op_measures();

/// The measure with its computation, or null.
const Measure* measure_of(const std::string& name);

/// Text of an option of a metric, or its default.
std::string option_text(const MeasureInfo& info, const std::map<std::string, std::string>& options,
                        const std::string& name);

}  // namespace exturbo::spice
