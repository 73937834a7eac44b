// Simulates a design by a plan: operating points first, then the analyses, then the metrics.
// SPDX-License-Identifier: BSD-3-Clause
//
// Near a solved design (the neighbour) each testbench begins at that design's operating point of the same testbench;
// without one, or where that fails, a ladder of slower ways is tried, and the first testbench's solution is the start
// of the others. The outcome is a function of the arguments alone, whatever was evaluated before.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "circuits.hpp"
#include "engine.hpp"
#include "exturbo/spice/outcome.hpp"
#include "measures/measure.hpp"
#include "plan.hpp"

namespace exturbo::spice {

using Values = std::map<std::string, double>;

/// Values of the swept source: first + i step, i = 0 .. last.
struct Grid {
  double first = 0;
  double step = 0;
  long last = 0;
  long center = 0;  ///< The point nearest the operating point.
};

class Evaluator {
 public:
  /// `plan` must outlive this object, at the same address.
  Evaluator(Engine& engine, const Plan& plan) : engine_(engine), plan_(plan), circuits_(engine, plan.in_place) {}

  /// What is to be simulated of a design beside its variables.
  struct Task {
    std::size_t corner = 0;
    /// A solved design of the same corner and its nodes in the first testbench. No nodes: there is none; no variables:
    /// only the first testbench starts there.
    Start neighbour{};
    bool derived_cards = false;
    bool devices = true;        ///< Whether the outcome shall have them.
    bool small_signal = false;  ///< See Request::small_signal.
  };
  CornerOutcome evaluate(const Values& variables, const Task& task);

 private:
  /// A solved operating point, or why there is none.
  struct Solution {
    Status status = Status::kOk;
    std::string reason;
    Values vectors;
    const char* method = "";  ///< See CornerOutcome::solved_by.
  };
  /// The neighbour in a later testbench.
  struct LaterStart {
    const DeckTemplate* deck;
    Start neighbour;
    Start start;  ///< No nodes: it could not be solved there.
  };

  Solution solve_first(const TestbenchPlan& testbench, const Start& neighbour);
  Solution solve_later(const TestbenchPlan& testbench, const TestbenchPlan& first, const Start& neighbour,
                       const Values& nodes);
  const Start& later_start(const TestbenchPlan& testbench, const TestbenchPlan& first, const Start& neighbour);
  Solution solve_by_derived_cards(const TestbenchPlan& testbench, Method method);
  Solution solve(const TestbenchPlan& testbench, const DeckTemplate& deck, const Values& variables,
                 const Values& nodeset, Method method = Method::kNewton);
  Solution solve_near(const TestbenchPlan& testbench, const Start& start);
  Solution solve_present(const TestbenchPlan& testbench);
  const DeckTemplate& deck_of(const TestbenchPlan& testbench) const;
  std::string hopeless_reason(const TestbenchPlan& next) const;
  std::string spurious_reason(const TestbenchPlan& testbench, const Values& vectors) const;
  bool metrics_read_devices() const;
  std::map<std::string, DeviceState> devices(const TestbenchPlan& testbench);
  /// Network and powers, at the operating point that the engine has just solved.
  void note_network(const TestbenchPlan& testbench, CornerOutcome& outcome);
  void note_noise_shares(const TestbenchPlan& testbench, const TestbenchData& data, CornerOutcome& outcome);
  std::map<std::string, double> noise_shares(const TestbenchPlan& testbench) const;
  void note_small_signals(const TestbenchPlan& testbench, CornerOutcome& outcome);
  /// An `@device[parameter]`, or nothing.
  std::optional<double> device_value(const std::string& device, const char* parameter) const;
  void run_analyses(const TestbenchPlan& testbench, TestbenchData& data);
  AnalysisData run_analysis(const TestbenchPlan& testbench, const AnalysisPlan& analysis);
  void run_meas(const TestbenchPlan& testbench, const AnalysisPlan& analysis);
  void set_ac_sources(const TestbenchPlan& testbench, const AnalysisPlan& analysis);
  AnalysisData run_plainly(const AnalysisPlan& analysis, const std::string& command);
  AnalysisData run_transient(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const std::string& command);
  AnalysisData run_sweep(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const std::string& command);
  AnalysisData run_frequencies(const TestbenchPlan& testbench, const AnalysisPlan& analysis,
                               const std::string& command);
  /// A noise analysis at the one or two frequencies that its readers read, or whole.
  AnalysisData run_noise(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const std::string& command);
  /// Runs points from, from + stride, ... up to `to` of a grid and adds them to the data.
  bool run_points(const AnalysisPlan& analysis, const std::string& source, const Grid& grid, long from, long to,
                  long stride, AnalysisData& data);
  void add_points(const AnalysisPlan& analysis, const Grid& grid, long from, long step, AnalysisData& data);
  /// A whole half of a sweep, or as much as its readers need.
  bool run_half(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const std::string& source,
                const Grid& grid, long to, AnalysisData& data);
  /// Whether an analysis may be run as its readers need it, all of which have a property.
  bool is_adaptive(const AnalysisPlan& analysis, const std::function<bool(const Measure&)>& property) const;
  /// Calls with each measure that reads an analysis, and with what it would read of some data.
  void visit_readers(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const AnalysisData& data,
                     const std::function<void(const Measure&, const MeasureArguments&)>& visit) const;
  /// Whether all readers would have the same from the whole record.
  bool is_complete(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const AnalysisData& data,
                   const Window& whole) const;
  /// Where the readers of a coarse sweep want it fine. Throws NotMeasurable where it does not tell.
  std::vector<Window> windows(const TestbenchPlan& testbench, const AnalysisPlan& analysis,
                              const AnalysisData& coarse) const;
  bool refine_sweep(const TestbenchPlan& testbench, const AnalysisPlan& analysis, const std::string& source,
                    const Grid& grid, long stride, AnalysisData& data);
  AnalysisData collect(const AnalysisPlan& analysis);
  void measure(CornerOutcome& outcome);

  Engine& engine_;
  const Plan& plan_;
  Circuits circuits_;
  std::vector<LaterStart> later_starts_;  ///< Oldest first.
  bool derived_cards_ = false;
  bool want_devices_ = true;
  std::map<const AnalysisPlan*, AnalysisData> on_the_way_;  ///< Made with the latest operating point.
  const CornerPlan* corner_ = nullptr;
  Values variables_;
  Values values_;                                                              ///< Parameters and variables.
  std::map<std::string, TestbenchData> data_;                                  ///< By testbench.
  std::map<std::string, std::string> failures_;                                ///< Testbench -> why it gave nothing.
  std::map<std::string, std::pair<std::optional<double>, std::string>> meas_;  ///< "testbench/name" -> value or reason.
};

}  // namespace exturbo::spice
