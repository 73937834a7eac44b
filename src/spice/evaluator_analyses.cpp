// Analyses and metrics of an evaluation.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>

#include "evaluator.hpp"
#include "exturbo/core/number.hpp"
#include "metric_expressions.hpp"

namespace exturbo::spice {
namespace {

using problem::MetricKind;

constexpr double kStepsOfTransient = 50;  ///< ngspice's largest step is a fiftieth of the transient, if not told.
constexpr double kPointFactor = 2;        ///< Times the points that the step asks for ...
constexpr double kSparePoints = 1500;     ///< ... and these are what a transient may take.
constexpr double kMostPoints = 1e9;
constexpr double kLookEach = 0.06;  ///< Share of the points that the step asks for ...
constexpr double kLeastLook = 10;   ///< ... and points at least between looks at whether a transient may end.

std::vector<double> real_parts(const std::vector<std::complex<double>>& values) {
  std::vector<double> real(values.size());
  std::transform(values.begin(), values.end(), real.begin(),
                 [](const std::complex<double>& value) { return value.real(); });
  return real;
}

bool is_scale(const std::string& name) {
  return name == "frequency" || name == "time" || (name.size() > 6 && name.compare(name.size() - 6, 6, "-sweep") == 0);
}

}  // namespace

void Evaluator::run_analyses(const TestbenchPlan& testbench, TestbenchData& data) {
  for (const AnalysisPlan& analysis : testbench.analyses) {
    if (analysis.kind == "op" || (analysis.vectors.empty() && analysis.meas.empty())) continue;
    AnalysisData& result = data.analyses[analysis.name];
    result = run_analysis(testbench, analysis);
    if (!result.failure.empty()) {
      for (const std::string& command : analysis.meas) {
        auto& [value, reason] = meas_[testbench.name + "/" + words(command)[2]];
        if (!value) reason = "analysis '" + analysis.name + "': " + result.failure;
      }
    } else if (analysis.kind != "ac") {  // those of an AC analysis ran before its sweep was refined
      run_meas(testbench, analysis);
    }
    engine_.destroy_plots();
  }
}

AnalysisData Evaluator::run_analysis(const TestbenchPlan& testbench, const AnalysisPlan& analysis) {
  if (const auto made = on_the_way_.find(&analysis); made != on_the_way_.end()) return made->second;
  AnalysisData failed;
  failed.kind = analysis.kind;
  std::string command;
  try {
    command = problem::substitute_expressions(analysis.command, values_);
  } catch (const problem::ExpressionError& error) {
    failed.failure = error.what();
    return failed;
  }
  if (analysis.kind == "ac" || analysis.kind == "noise") set_ac_sources(testbench, analysis);
  // A user's .meas line may name any vector: then all are kept.
  if (analysis.meas.empty() && analysis.kind != "noise") {
    std::string save = "save";
    for (const std::string& vector : analysis.vectors)
      save += vector.find('#') == std::string::npos ? " v(" + vector + ")" : " " + vector;
    engine_.command(save);
  }
  if (analysis.kind == "dc" && analysis.meas.empty()) return run_sweep(testbench, analysis, command);
  if (analysis.kind == "tran") return run_transient(testbench, analysis, command);
  if (analysis.kind == "ac") return run_frequencies(testbench, analysis, command);
  if (analysis.kind == "noise") return run_noise(testbench, analysis, command);
  return run_plainly(analysis, command);
}

AnalysisData Evaluator::run_plainly(const AnalysisPlan& analysis, const std::string& command) {
  if (engine_.run(command)) return collect(analysis);
  AnalysisData failed;
  failed.kind = analysis.kind;
  failed.failure = engine_.failure();
  return failed;
}

/// An amplifier that oscillates makes ngspice follow each cycle: a transient is given up after a few times the points
/// that its step asks for. Points count only once they are kept, so that all are kept and those before the start
/// dropped here (but for a user's .meas lines, which see what the command says). Adaptive: a record ends once the
/// readers have what they need.
AnalysisData Evaluator::run_transient(const TestbenchPlan& testbench, const AnalysisPlan& analysis,
                                      const std::string& command) {
  AnalysisData result;
  result.kind = analysis.kind;
  std::vector<std::string> parts = words(command);
  const auto number = [&](std::size_t i) { return i < parts.size() ? core::parse_number(parts[i]).value_or(0) : 0.0; };
  const double stop = number(2), start = number(3);
  const double step = number(4) > 0 ? number(4) : std::min(number(1), (stop - start) / kStepsOfTransient);
  const double steps = step > 0 ? stop / step : 0;
  if (analysis.meas.empty() && start > 0) parts[3] = "0";
  std::string whole;
  for (const std::string& part : parts) whole += part + " ";
  const double most = std::min(kSparePoints + kPointFactor * steps, kMostPoints);
  std::vector<double> looks;
  if (testbench.edgeless && is_adaptive(analysis, [](const Measure& m) { return m.complete != nullptr; })) {
    const double each = std::max(kLookEach * steps, kLeastLook);
    for (double look = each; look < steps; look += each) looks.push_back(std::floor(look));
  }
  looks.push_back(most);
  for (const double look : looks) engine_.command("stop after " + std::to_string(static_cast<long>(look)));
  bool ended = engine_.run(whole);
  bool complete = false;
  while (!ended && engine_.stopped()) {
    result = collect(analysis);
    complete = looks.size() > 1 && is_complete(testbench, analysis, result, {start, stop});
    if (complete || static_cast<double>(result.scale.size()) >= most) break;
    ended = engine_.resume();
  }
  if (complete) return result;
  if (!ended) {
    const bool stopped = engine_.stopped();
    result = AnalysisData{};
    result.kind = analysis.kind;
    result.failure = stopped ? "given up after too many time points: the circuit oscillates" : engine_.failure();
    return result;
  }
  result = collect(analysis);
  const auto first =
      std::lower_bound(result.scale.begin(), result.scale.end(), start * (1 - 1e-9)) - result.scale.begin();
  result.scale.erase(result.scale.begin(), result.scale.begin() + first);
  for (auto& [name, values] : result.vectors) {
    if (!values.empty()) values.erase(values.begin(), values.begin() + first);
  }
  return result;
}

AnalysisData Evaluator::collect(const AnalysisPlan& analysis) {
  AnalysisData data;
  data.kind = analysis.kind;
  if (!analysis.ac.empty()) data.ac_magnitude = 0;
  for (const auto& [source, magnitude] : analysis.ac)
    data.ac_magnitude = std::max(data.ac_magnitude, std::abs(magnitude));
  if (analysis.kind == "noise") {
    data.scale = real_parts(engine_.noise_vector("frequency"));
    data.vectors["inoise_spectrum"] = engine_.noise_vector("inoise_spectrum");
    return data;
  }
  for (const std::string& name : engine_.vector_names()) {
    if (is_scale(name)) data.scale = real_parts(engine_.vector(name));
  }
  for (const std::string& name : analysis.vectors) data.vectors[name] = engine_.vector(name);
  return data;
}

/// The testbench's sources get the magnitudes of the analysis, all others zero. The input of a noise analysis has one.
void Evaluator::set_ac_sources(const TestbenchPlan& testbench, const AnalysisPlan& analysis) {
  std::map<std::string, double> magnitudes = analysis.ac;
  const std::vector<std::string> parts = words(analysis.command);
  if (analysis.kind == "noise" && magnitudes.empty() && parts.size() > 3) {
    for (const std::string& source : testbench.sources) {
      if (std::find(parts.begin(), parts.end(), source) != parts.end()) magnitudes[source] = 1;
    }
  }
  std::map<std::string, double> all;
  for (const std::string& source : testbench.sources) all[source] = 0;
  for (const auto& [source, magnitude] : magnitudes) {
    if (all.contains(source)) all[source] = magnitude;
  }
  circuits_.set_ac(all);
}

void Evaluator::run_meas(const TestbenchPlan& testbench, const AnalysisPlan& analysis) {
  for (const std::string& command : analysis.meas) {
    std::string text;
    try {
      text = problem::substitute_expressions(command, values_);
    } catch (const problem::ExpressionError& error) {
      text = command;
    }
    const std::string name = words(text)[2];
    engine_.command(text);
    const auto values = engine_.vector(name);
    auto& result = meas_[testbench.name + "/" + name];
    if (values.empty() || !std::isfinite(values.back().real())) {
      result = {std::nullopt, "the .meas line failed: " + engine_.failure()};
    } else {
      result = {values.back().real(), ""};
    }
  }
}

void Evaluator::measure(CornerOutcome& outcome) {
  const auto note = [&](const std::string& id, double value) {
    if (std::isfinite(value)) {
      outcome.metrics[id] = value;
    } else {
      outcome.unmeasured[id] = "the value is not finite";
    }
  };
  for (const problem::MetricDefinition& metric : plan_.metrics) {
    const auto failure = failures_.find(metric.testbench);
    if (metric.kind == MetricKind::kMargin) {
      const auto device = outcome.devices.find(metric.device);
      if (device == outcome.devices.end()) {
        outcome.unmeasured[metric.id] = "no device '" + metric.device + "' in the cell";
      } else {
        note(metric.id, device->second.margin());
      }
    } else if (metric.kind == MetricKind::kExpression) {
      continue;
    } else if (failure != failures_.end()) {
      outcome.unmeasured[metric.id] = failure->second;
    } else if (metric.kind == MetricKind::kMeas) {
      const auto found = meas_.find(metric.testbench + "/" + lower_case(metric.measure));
      if (found == meas_.end()) {
        outcome.unmeasured[metric.id] = "no analysis ran for .meas '" + metric.measure + "'";
      } else if (found->second.first) {
        note(metric.id, *found->second.first);
      } else {
        outcome.unmeasured[metric.id] = found->second.second;
      }
    } else {
      const Measure* measure = measure_of(metric.measure);
      try {
        if (measure == nullptr) throw NotMeasurable{"no built-in measure '" + metric.measure + "'"};
        note(metric.id,
             measure->compute(MeasureArguments(measure->info, data_[metric.testbench], metric.options, values_)));
      } catch (const NotMeasurable& problem) {
        outcome.unmeasured[metric.id] = problem.reason;
      }
    }
  }
  measure_expressions(plan_.metrics, values_, outcome);
}

}  // namespace exturbo::spice
