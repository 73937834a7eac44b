// Operating points of an evaluation: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "evaluator.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "exturbo/core/number.hpp"

namespace exturbo::spice {
namespace {

constexpr double kRailMargin = 0.2;   ///< V beyond the rails that a node of a working cell may reach.
constexpr double kOffCurrent = 1e-9;  ///< A, below which a device counts as off.

bool is_node(const std::string& vector) { return vector.find('#') == std::string::npos; }

Values node_voltages(const Values& vectors) {
  Values nodes;
  for (const auto& [name, value] : vectors) {
    if (is_node(name)) nodes[name] = value;
  }
  return nodes;
}

std::string region_of(const DeviceState& state) {
  if (std::abs(state.id) < kOffCurrent) return "off";
  if (state.vds < state.vdsat) return "triode";
  return state.vgs < state.vth ? "weak" : "saturation";
}

}  // namespace

CornerOutcome Evaluator::evaluate(std::size_t corner, const Values& variables, const Values& nodeset) {
  const auto begin = std::chrono::steady_clock::now();
  corner_ = &plan_.corners.at(corner);
  variables_ = variables;
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
    const Solution solution =
        first == nullptr ? solve_first(testbench, nodeset) : solve_later(testbench, *first, outcome.nodes);
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
      outcome.devices = devices(testbench);
    }
    run_analyses(testbench, data);
  }
  if (outcome.status == Status::kOk) measure(outcome);
  engine_.destroy_plots();
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return outcome;
}

/// The ladder of starts: the neighbour's nodes, the solution on fast cards, none, and the last two by ramping the
/// sources, which keeps clear of the false solutions beyond the rails that gmin stepping can end in. The first sane one
/// counts.
Evaluator::Solution Evaluator::solve_first(const TestbenchPlan& testbench, const Values& nodeset) {
  const auto settled = [](const Solution& solution) {
    return solution.status == Status::kOk || solution.status == Status::kBadNetlist;
  };
  if (!nodeset.empty()) {
    const Solution near = solve(testbench, testbench.deck, nodeset);
    if (settled(near)) return near;
  }
  Solution solution;
  for (const Method method : {Method::kNewton, Method::kSourceStepping}) {
    if (!testbench.fast_deck.after.empty()) {
      const Solution fast = solve_by_fast_cards(testbench, method);
      if (settled(fast)) return fast;
    }
    solution = solve(testbench, testbench.deck, {}, method);
    if (settled(solution)) break;
  }
  if (solution.status != Status::kOk) return solution;
  // Loaded again with its own solution as start: each analysis solves the operating point anew.
  const Solution again = solve(testbench, testbench.deck, node_voltages(solution.vectors));
  return again.status == Status::kOk ? again : solution;
}

Evaluator::Solution Evaluator::solve_by_fast_cards(const TestbenchPlan& testbench, Method method) {
  const Solution fast = solve(testbench, testbench.fast_deck, {}, method);
  return fast.status == Status::kOk ? solve(testbench, testbench.deck, node_voltages(fast.vectors)) : fast;
}

/// A later testbench starts from the cell's inner nodes of the first one, which have the same names below the instance.
Evaluator::Solution Evaluator::solve_later(const TestbenchPlan& testbench, const TestbenchPlan& first,
                                           const Values& nodes) {
  Values start;
  const std::string inner = first.cell.name + ".";
  for (const auto& [name, value] : nodes) {
    if (name.compare(0, inner.size(), inner) == 0) start[testbench.cell.name + "." + name.substr(inner.size())] = value;
  }
  Solution solution = solve(testbench, testbench.deck, start);
  if (solution.status != Status::kOk) solution = solve(testbench, testbench.deck, {});
  if (solution.status != Status::kOk) {
    const Solution ramped = solve(testbench, testbench.deck, {}, Method::kSourceStepping);
    if (ramped.status != Status::kOk) return solution;
    // The analyses solve the operating point anew, and shall find this one.
    const Solution again = solve(testbench, testbench.deck, node_voltages(ramped.vectors));
    return again.status == Status::kOk ? again : ramped;
  }
  return solution;
}

Evaluator::Solution Evaluator::solve(const TestbenchPlan& testbench, const DeckTemplate& deck, const Values& nodeset,
                                     Method method) {
  Solution solution;
  std::vector<std::string> lines = deck_lines(deck, variables_, nodeset);
  if (method == Method::kSourceStepping) lines.insert(lines.end() - 1, ".options noopiter gminsteps=0");
  if (!engine_.load(lines)) return {Status::kBadNetlist, "ngspice refused the deck: " + engine_.failure(), {}};
  if (!engine_.run("op")) {
    const std::string why = engine_.failure();
    const bool unparsed = why.find("no circuit") != std::string::npos;
    return {unparsed ? Status::kBadNetlist : Status::kNoConvergence, "no operating point: " + why, {}};
  }
  for (const std::string& name : engine_.vector_names()) {
    const auto values = engine_.vector(name);
    if (values.empty()) continue;
    if (!std::isfinite(values.back().real()))
      return {Status::kNoConvergence, "the operating point is not finite at " + name, {}};
    solution.vectors[name] = values.back().real();
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

std::map<std::string, DeviceState> Evaluator::devices(const TestbenchPlan& testbench) {
  std::map<std::string, DeviceState> states;
  for (const MosInstance& device : plan_.devices) {
    const auto value = [&](const char* parameter) {
      const auto values = engine_.vector("@m." + testbench.cell.name + "." + device.path + "[" + parameter + "]");
      return values.empty() ? 0.0 : values.back().real();
    };
    DeviceState state;
    state.id = std::abs(value("id"));
    state.gm = value("gm");
    state.gds = value("gds");
    // ngspice gives terminal voltages of PMOS devices negative and their thresholds of either sign, by model.
    state.vgs = value("vgs");
    state.vds = value("vds");
    state.vth = std::abs(value("vth"));
    state.vdsat = std::abs(value("vdsat"));
    if (state.vds < 0) {
      state.vds = -state.vds;
      state.vgs = -state.vgs;
    }
    state.region = region_of(state);
    states[device.name] = state;
  }
  return states;
}

}  // namespace exturbo::spice
