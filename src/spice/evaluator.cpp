// Operating points of an evaluation: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "evaluator.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "exturbo/core/number.hpp"

namespace exturbo::spice {
namespace {

constexpr double kRailMargin = 0.2;  ///< V beyond the rails that a node of a working cell may reach.
constexpr std::size_t kMostStarts = 256;

bool is_node(const std::string& vector) { return vector.find('#') == std::string::npos; }

Values node_voltages(const Values& vectors) {
  Values nodes;
  for (const auto& [name, value] : vectors) {
    if (is_node(name)) nodes[name] = value;
  }
  return nodes;
}

bool is_settled(Status status) { return status == Status::kOk || status == Status::kBadNetlist; }

/// Voltages of the cell's inner nodes, by their names in another testbench.
Values inner_nodes(const TestbenchPlan& from, const TestbenchPlan& to, const Values& nodes) {
  Values result;
  const std::string inner = from.cell.name + ".";
  for (const auto& [name, value] : nodes) {
    if (name.starts_with(inner)) result[to.cell.name + "." + name.substr(inner.size())] = value;
  }
  return result;
}

/// The first AC analysis of one frequency that says it in plain numbers and has no .meas lines of a user; null if none.
const AnalysisPlan* single_frequency(const TestbenchPlan& testbench) {
  const auto found =
      std::find_if(testbench.analyses.begin(), testbench.analyses.end(), [](const AnalysisPlan& analysis) {
        return analysis.meas.empty() && !analysis.vectors.empty() && analysis.command.starts_with("ac lin 1 ") &&
               analysis.command.find('{') == std::string::npos;
      });
  return found == testbench.analyses.end() ? nullptr : &*found;
}

}  // namespace

CornerOutcome Evaluator::evaluate(const Values& variables, const Task& task) {
  const auto begin = std::chrono::steady_clock::now();
  const double analyses_before = engine_.analysis_seconds();
  corner_ = &plan_.corners.at(task.corner);
  variables_ = variables;
  derived_cards_ = task.derived_cards;
  want_devices_ = task.devices || task.small_signal || metrics_read_devices();
  values_ = corner_->parameters;
  values_.insert(variables.begin(), variables.end());
  // Commands are lower case, options as written.
  for (const auto& [name, value] : Values(values_)) values_.emplace(lower_case(name), value);
  data_.clear();
  failures_.clear();
  meas_.clear();
  CornerOutcome outcome;
  const TestbenchPlan* first = nullptr;
  for (const TestbenchPlan& testbench : corner_->testbenches) {
    if (first != nullptr && plan_.early_stop && outcome.skipped.empty()) {
      outcome.skipped = hopeless_reason(testbench);
    }
    if (!outcome.skipped.empty()) {
      failures_[testbench.name] = "skipped: " + outcome.skipped;
      continue;
    }
    const Solution solution = first == nullptr ? solve_first(testbench, task.neighbour)
                                               : solve_later(testbench, *first, task.neighbour, outcome.nodes);
    if (solution.status != Status::kOk) {
      const std::string reason = testbench.name + ": " + solution.reason;
      if (first == nullptr) {
        outcome.status = solution.status;
        outcome.reason = reason;
        break;
      }
      failures_[testbench.name] = reason;
      continue;
    }
    TestbenchData& data = data_[testbench.name];
    data.operating_point = solution.vectors;
    if (first == nullptr) {
      first = &testbench;
      outcome.nodes = node_voltages(solution.vectors);
      outcome.solved_by = solution.method;
      if (want_devices_) outcome.devices = devices(testbench);
      if (task.small_signal) note_network(testbench, outcome);
    }
    run_analyses(testbench, data);
    if (task.small_signal) note_noise_shares(testbench, data, outcome);
  }
  if (task.small_signal && first != nullptr) note_small_signals(*first, outcome);
  if (outcome.status == Status::kOk) measure(outcome);
  engine_.destroy_plots();
  outcome.analysis_seconds = engine_.analysis_seconds() - analyses_before;
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return outcome;
}

const DeckTemplate& Evaluator::deck_of(const TestbenchPlan& testbench) const {
  return derived_cards_ && !testbench.derived_deck.after.empty() ? testbench.derived_deck : testbench.deck;
}

/// The ladder of starts: the neighbour's nodes, the solution on derived cards, none, and the last two by ramping the
/// sources, which keeps clear of the false solutions beyond the rails that gmin stepping can end in. The first sane one
/// counts.
Evaluator::Solution Evaluator::solve_first(const TestbenchPlan& testbench, const Start& neighbour) {
  const DeckTemplate& deck = deck_of(testbench);
  if (!neighbour.nodes.empty()) {
    Solution near = neighbour.variables.empty() ? solve(testbench, deck, variables_, neighbour.nodes)
                                                : solve_near(testbench, neighbour);
    near.method = "neighbour";
    if (is_settled(near.status)) return near;
  }
  Solution solution;
  for (const Method method : {Method::kNewton, Method::kSourceStepping}) {
    const bool ramped = method == Method::kSourceStepping;
    if (&deck != &testbench.derived_deck && !testbench.derived_deck.after.empty()) {
      Solution derived = solve_by_derived_cards(testbench, method);
      derived.method = ramped ? "derived_cards_source_stepping" : "derived_cards";
      if (is_settled(derived.status)) return derived;
    }
    solution = solve(testbench, deck, variables_, {}, method);
    solution.method = ramped ? "source_stepping" : "cold";
    if (is_settled(solution.status)) break;
  }
  if (solution.status != Status::kOk) return solution;
  // Loaded again with its own solution as start: each analysis solves the operating point anew.
  Solution again = solve(testbench, deck, variables_, node_voltages(solution.vectors));
  again.method = solution.method;
  return again.status == Status::kOk ? again : solution;
}

Evaluator::Solution Evaluator::solve_by_derived_cards(const TestbenchPlan& testbench, Method method) {
  const Solution derived = solve(testbench, testbench.derived_deck, variables_, {}, method);
  if (derived.status != Status::kOk) return derived;
  return solve(testbench, testbench.deck, variables_, node_voltages(derived.vectors));
}

/// A later testbench starts from the cell's inner nodes of the first one, which have the same names below the instance.
Evaluator::Solution Evaluator::solve_later(const TestbenchPlan& testbench, const TestbenchPlan& first,
                                           const Start& neighbour, const Values& nodes) {
  const DeckTemplate& deck = deck_of(testbench);
  if (!neighbour.nodes.empty() && !neighbour.variables.empty()) {
    const Start& start = later_start(testbench, first, neighbour);
    if (!start.nodes.empty()) {
      const Solution near = solve_near(testbench, start);
      if (is_settled(near.status)) return near;
    }
  }
  Solution solution = solve(testbench, deck, variables_, inner_nodes(first, testbench, nodes));
  if (solution.status != Status::kOk) solution = solve(testbench, deck, variables_, {});
  if (solution.status != Status::kOk) {
    const Solution ramped = solve(testbench, deck, variables_, {}, Method::kSourceStepping);
    if (ramped.status != Status::kOk) return solution;
    // The analyses solve the operating point anew, and shall find this one.
    const Solution again = solve(testbench, deck, variables_, node_voltages(ramped.vectors));
    return again.status == Status::kOk ? again : ramped;
  }
  return solution;
}

/// The neighbour in a later testbench, solved once for all designs that start from it.
const Start& Evaluator::later_start(const TestbenchPlan& testbench, const TestbenchPlan& first,
                                    const Start& neighbour) {
  const DeckTemplate* deck = &deck_of(testbench);
  for (const LaterStart& known : later_starts_) {
    if (known.deck == deck && known.neighbour == neighbour) return known.start;
  }
  if (later_starts_.size() >= kMostStarts) later_starts_.erase(later_starts_.begin());
  const Solution solution =
      solve(testbench, *deck, neighbour.variables, inner_nodes(first, testbench, neighbour.nodes));
  later_starts_.push_back({deck, neighbour, {neighbour.variables, {}}});
  Start& start = later_starts_.back().start;
  if (solution.status == Status::kOk) start.nodes = node_voltages(solution.vectors);
  return start;
}

/// Why a design cannot work, as the testbenches up to now show; "" if it may. A metric that a spec needs and that has
/// no value will not be made good by the dearer testbenches.
std::string Evaluator::hopeless_reason(const TestbenchPlan& next) const {
  for (const problem::MetricDefinition& metric : plan_.metrics) {
    if (metric.kind != problem::MetricKind::kMeasure || !plan_.specs.contains(metric.id)) continue;
    const auto data = data_.find(metric.testbench);
    if (data == data_.end() || metric.testbench == next.name) continue;
    const Measure* measure = measure_of(metric.measure);
    if (measure == nullptr) continue;
    try {
      measure->compute(MeasureArguments(measure->info, data->second, metric.options, values_));
    } catch (const NotMeasurable& problem) {
      return metric.id + " is not measurable (" + problem.reason + ")";
    }
  }
  return "";
}

Evaluator::Solution Evaluator::solve(const TestbenchPlan& testbench, const DeckTemplate& deck, const Values& variables,
                                     const Values& nodeset, Method method) {
  if (circuits_.load(deck, variables, nodeset, method)) return solve_present(testbench);
  return {Status::kBadNetlist, "ngspice refused the deck: " + engine_.failure(), {}};
}

Evaluator::Solution Evaluator::solve_near(const TestbenchPlan& testbench, const Start& start) {
  if (circuits_.change(deck_of(testbench), variables_, start)) return solve_present(testbench);
  return {Status::kBadNetlist, "ngspice refused the deck: " + engine_.failure(), {}};
}

/// The operating point of the engine's present circuit. An AC analysis solves it too: one of a single frequency is made
/// on the way, unless the devices' states are wanted.
Evaluator::Solution Evaluator::solve_present(const TestbenchPlan& testbench) {
  Solution solution;
  on_the_way_.clear();
  engine_.destroy_plots();
  const AnalysisPlan* single = want_devices_ ? nullptr : single_frequency(testbench);
  if (single != nullptr) set_ac_sources(testbench, *single);
  const bool ran = engine_.run(single != nullptr ? single->command : "op");
  if (ran || single != nullptr) solution.vectors = engine_.operating_point();
  if (solution.vectors.empty()) {
    const std::string why = engine_.failure();
    const bool unparsed = why.find("no circuit") != std::string::npos;
    return {unparsed ? Status::kBadNetlist : Status::kNoConvergence, "no operating point: " + why, {}};
  }
  if (ran && single != nullptr) on_the_way_[single] = collect(*single);
  for (const auto& [name, value] : solution.vectors) {
    if (!std::isfinite(value)) return {Status::kNoConvergence, "the operating point is not finite at " + name, {}};
  }
  solution.reason = spurious_reason(testbench, solution.vectors);
  if (!solution.reason.empty()) solution.status = Status::kSpurious;
  return solution;
}

std::string Evaluator::spurious_reason(const TestbenchPlan& testbench, const Values& vectors) const {
  const std::string inner = testbench.cell.name + ".";
  for (const auto& [name, value] : vectors) {
    const bool of_cell =
        name.compare(0, inner.size(), inner) == 0 ||
        std::find(testbench.cell.nodes.begin(), testbench.cell.nodes.end(), name) != testbench.cell.nodes.end();
    if (of_cell && is_node(name) && (value < -kRailMargin || value > corner_->supply + kRailMargin)) {
      return "spurious operating point: node " + name + " at " + core::format_number(value, 4) + " V";
    }
  }
  const auto current = vectors.find("vdd#branch");
  if (current != vectors.end() && std::abs(current->second) > corner_->current_limit) {
    return "spurious operating point: " + core::format_number(std::abs(current->second), 3) + " A from the supply";
  }
  return "";
}

bool Evaluator::metrics_read_devices() const {
  return std::any_of(plan_.metrics.begin(), plan_.metrics.end(), [](const problem::MetricDefinition& metric) {
    return metric.kind == problem::MetricKind::kMargin || metric.kind == problem::MetricKind::kExpression;
  });
}

}  // namespace exturbo::spice
