// The registry of measures and the access to their data.
// SPDX-License-Identifier: BSD-3-Clause
#include "measure.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "exturbo/problem/expression.hpp"

namespace exturbo::spice {
namespace {

std::vector<Measure> all_measures() {
  std::vector<Measure> all;
  for (auto family : {ac_measures, op_measures, noise_measures, tran_measures, dc_measures}) {
    std::vector<Measure> measures = family();
    std::move(measures.begin(), measures.end(), std::back_inserter(all));
  }
  return all;
}

const std::vector<Measure>& measures() {
  static const std::vector<Measure> all = all_measures();
  return all;
}

}  // namespace

const std::vector<MeasureInfo>& builtin_measures() {
  static const std::vector<MeasureInfo> infos = [] {
    std::vector<MeasureInfo> result;
    for (const Measure& measure : measures()) result.push_back(measure.info);
    return result;
  }();
  return infos;
}

const MeasureInfo* find_measure(const std::string& name) {
  const Measure* measure = measure_of(name);
  return measure == nullptr ? nullptr : &measure->info;
}

const Measure* measure_of(const std::string& name) {
  const auto& all = measures();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Measure& measure) { return measure.info.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::string option_text(const MeasureInfo& info, const std::map<std::string, std::string>& options,
                        const std::string& name) {
  if (const auto given = options.find(name); given != options.end()) return given->second;
  for (const MeasureOption& option : info.options) {
    if (option.name == name) return option.default_text;
  }
  for (const MeasureAnalysis& analysis : info.analyses) {
    if (analysis.option == name) return analysis.name;
  }
  return "";
}

std::string MeasureArguments::text(const std::string& option) const {
  return core::lower_case(option_text(info_, options_, option));
}

double MeasureArguments::number(const std::string& option) const {
  const std::string text = option_text(info_, options_, option);
  try {
    const std::string plain = problem::substitute_expressions(text, values_);
    if (const auto value = core::parse_number(plain)) return *value;
  } catch (const problem::ExpressionError& error) {
    throw NotMeasurable{"option '" + option + "': " + error.what()};
  }
  throw NotMeasurable{"option '" + option + "' is not a number: '" + text + "'"};
}

double MeasureArguments::parameter(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) throw NotMeasurable{"the problem has no parameter '" + name + "'"};
  return found->second;
}

const AnalysisData& MeasureArguments::analysis(const std::string& option) const {
  const std::string name = option_text(info_, options_, option);
  const auto found = data_.analyses.find(name);
  if (found == data_.analyses.end()) throw NotMeasurable{"the testbench has no analysis '" + name + "'"};
  if (!found->second.failure.empty()) throw NotMeasurable{"analysis '" + name + "': " + found->second.failure};
  return found->second;
}

const std::vector<std::complex<double>>& MeasureArguments::vector(const AnalysisData& analysis,
                                                                  const std::string& name) const {
  const auto found = analysis.vectors.find(name);
  if (found == analysis.vectors.end() || found->second.empty()) {
    throw NotMeasurable{"the " + analysis.kind + " analysis has no vector '" + name + "'"};
  }
  return found->second;
}

Curve MeasureArguments::curve(const AnalysisData& analysis, const std::string& name, std::size_t points) const {
  const auto& values = vector(analysis, name);
  std::vector<double> real(values.size());
  std::transform(values.begin(), values.end(), real.begin(),
                 [](const std::complex<double>& value) { return value.real(); });
  Curve result = sorted_curve(analysis.scale, real);
  if (result.size() < points) {
    throw NotMeasurable{"the " + analysis.kind + " analysis has only " + std::to_string(result.size()) + " points"};
  }
  return result;
}

double MeasureArguments::operating_point(const std::string& name) const {
  if (name == "0" || name == "gnd") return 0;
  const auto found = data_.operating_point.find(name);
  if (found == data_.operating_point.end()) throw NotMeasurable{"the operating point has no '" + name + "'"};
  return found->second;
}

}  // namespace exturbo::spice
