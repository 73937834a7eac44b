// Simulates a design by a plan: operating points first, then the analyses, then the metrics.
// SPDX-License-Identifier: BSD-3-Clause
//
// The outcome is a function of the arguments alone: every evaluation loads its decks anew, and the operating point of
// the first testbench is the start of the others.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine.hpp"
#include "exturbo/spice/outcome.hpp"
#include "measures/measure.hpp"
#include "plan.hpp"

namespace exturbo::spice {

using Values = std::map<std::string, double>;

/// Adds the metrics that are expressions of others, of `margin.<device>`, `region.<device>` (0 off, 1 weak, 2
/// saturation, 3 triode) and of parameters and variables.
void measure_expressions(const std::vector<problem::MetricDefinition>& metrics, const Values& parameters,
                         CornerOutcome& outcome);

class Evaluator {
 public:
  Evaluator(Engine& engine, const Plan& plan) : engine_(engine), plan_(plan) {}

  /// One corner of a design. `nodeset` may be empty.
  CornerOutcome evaluate(std::size_t corner, const Values& variables, const Values& nodeset);

 private:
  /// A solved operating point, or why there is none.
  struct Solution {
    Status status = Status::kOk;
    std::string reason;
    Values vectors;
  };
  /// Whether ngspice may try Newton's method and gmin stepping first, or ramps the sources at once.
  enum class Method { kNewton, kSourceStepping };

  Solution solve_first(const TestbenchPlan& testbench, const Values& nodeset);
  Solution solve_later(const TestbenchPlan& testbench, const TestbenchPlan& first, const Values& nodes);
  Solution solve_by_fast_cards(const TestbenchPlan& testbench, Method method);
  Solution solve(const TestbenchPlan& testbench, const DeckTemplate& deck, const Values& nodeset,
                 Method method = Method::kNewton);
  std::string spurious_reason(const TestbenchPlan& testbench, const Values& vectors) const;
  std::map<std::string, DeviceState> devices(const TestbenchPlan& testbench);
  void run_analyses(const TestbenchPlan& testbench, TestbenchData& data);
  AnalysisData run_analysis(const TestbenchPlan& testbench, const AnalysisPlan& analysis);
  void run_meas(const TestbenchPlan& testbench, const AnalysisPlan& analysis);
  void set_ac_sources(const TestbenchPlan& testbench, const AnalysisPlan& analysis);
  AnalysisData run_transient(const AnalysisPlan& analysis, const std::string& command);
  AnalysisData run_sweep(const AnalysisPlan& analysis, const std::string& command);
  AnalysisData collect(const AnalysisPlan& analysis);
  void refine_unity_gain(const AnalysisPlan& analysis, AnalysisData& data);
  void measure(CornerOutcome& outcome);

  Engine& engine_;
  const Plan& plan_;
  const CornerPlan* corner_ = nullptr;
  Values variables_;
  Values values_;                                                              ///< Parameters and variables.
  std::map<std::string, TestbenchData> data_;                                  ///< By testbench.
  std::map<std::string, std::string> failures_;                                ///< Testbench -> why it gave nothing.
  std::map<std::string, std::pair<std::optional<double>, std::string>> meas_;  ///< "testbench/name" -> value or reason.
};

}  // namespace exturbo::spice
