// Causes of disagreements: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "disagreement.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "exturbo/core/number.hpp"
#include "exturbo/core/random.hpp"

namespace exturbo::test {
namespace {

constexpr double kOtherPoint = 1e-3;  ///< V between two operating points of one circuit.
constexpr double kRailMargin = 0.2;   ///< V
constexpr double kChange = 1e-5;      ///< Relative change of all variables, the tolerance of an operating point.
constexpr int kChanges = 4;
constexpr const char* kExact = "reltol=1e-7 vntol=1e-9 abstol=1e-15";
constexpr std::size_t kManyPoints = 1000;  ///< Of a transient; twice what those of quiet circuits take.

BatchOptions trial_options(bool downward = false, const char* simulator_options = "") {
  BatchOptions options;
  options.points_per_decade = 100;
  options.operating_points = true;
  options.downward = downward;
  options.simulator_options = simulator_options;
  options.cpu_limit = 20;  // circuits that oscillate would take minutes
  return options;
}

bool is_voltage(const std::string& vector) { return vector.find('#') == std::string::npos; }

Values voltages(const Values& point) {
  Values nodes;
  for (const auto& [name, value] : point) {
    if (is_voltage(name)) nodes[name] = value;
  }
  return nodes;
}

/// The node at which two operating points differ most, and by how much.
std::pair<std::string, double> largest_difference(const Values& one, const Values& other) {
  std::pair<std::string, double> largest{"", 0};
  for (const auto& [name, value] : one) {
    const auto found = other.find(name);
    if (!is_voltage(name) || found == other.end() || std::abs(found->second - value) <= largest.second) continue;
    largest = {name, std::abs(found->second - value)};
  }
  return largest;
}

std::string text_of(const Answer& answer) {
  return answer.unmeasured.empty() ? core::format_number(answer.value, 7) : "none (" + answer.unmeasured + ")";
}

std::string text_of(const Values& point, const std::string& node) {
  if (point.empty()) return "none";
  std::string text;
  for (const std::string& name : {std::string("out"), std::string("inn"), node, std::string("vdd#branch")}) {
    const auto found = point.find(name);
    if (found != point.end()) text += (text.empty() ? "" : ", ") + name + " " + core::format_number(found->second, 6);
  }
  return text;
}

}  // namespace

bool is_outcome(Cause cause) {
  return cause == Cause::kBeyondRails || cause == Cause::kSupplyCurrent || cause == Cause::kOtherPoint ||
         cause == Cause::kTolerance || cause == Cause::kOscillates || cause == Cause::kEdge ||
         cause == Cause::kBranches;
}

const char* to_string(Cause cause) {
  constexpr const char* kNames[] = {"cold point beyond the rails",
                                    "supply current beyond the limit",
                                    "another operating point",
                                    "tolerance of the cold process",
                                    "oscillates",
                                    "measure at its edge",
                                    "several branches of a sweep",
                                    "no operating point in the pool",
                                    "coarse sweep",
                                    "start",
                                    "unexplained"};
  return kNames[static_cast<int>(cause)];
}

/// Simulations of one testbench of a design, made when they are asked for.
struct Diagnosis::Trials {
  std::size_t index = 0;
  const spice::TestbenchPlan* testbench = nullptr;
  BatchRun cold;
  std::vector<BatchRun> near;  ///< Started from what the pool found or started from.
  std::optional<BatchRun> exact, downward;
  std::vector<BatchRun> changed;
  std::optional<spice::CornerOutcome> whole, unstarted;
};

Diagnosis::Diagnosis(Agreement& agreement)
    : agreement_(agreement),
      batch_(agreement.problem(), trial_options()),
      downward_(agreement.problem(), trial_options(true)),
      exact_(agreement.problem(), trial_options(false, kExact)) {}
Diagnosis::~Diagnosis() = default;

spice::Pool& Diagnosis::pool(bool adaptive) {
  auto& made = pools_[adaptive];
  spice::PoolOptions options;
  options.adaptive_sweeps = adaptive;
  if (!made) made = std::make_unique<spice::Pool>(agreement_.problem(), options);
  return *made;
}

bool Diagnosis::beyond_rails(const spice::TestbenchPlan& testbench, const Values& point) const {
  const double supply = batch_.plan().corners.at(0).supply;
  const auto& ports = testbench.cell.nodes;
  return std::any_of(point.begin(), point.end(), [&](const auto& entry) {
    const auto& [name, value] = entry;
    const bool of_cell =
        name.starts_with(testbench.cell.name + ".") || std::find(ports.begin(), ports.end(), name) != ports.end();
    return is_voltage(name) && of_cell && (value < -kRailMargin || value > supply + kRailMargin);
  });
}

Cause Diagnosis::cause_of(const std::string& metric, const Comparison& comparison, Trials& trials) {
  const std::string measure = agreement_.problem().metric(metric)->measure;
  const Answer ours = answer_of(comparison.pool, metric);
  const Answer cold = answer_of(comparison.batch.at(trials.testbench->name), metric);
  const auto same = [&](const Answer& one, const Answer& other) { return agrees(verdict(measure, one, other)); };
  // A process that was killed tells nothing of the circuit.
  const auto says = [](const BatchRun& run) { return !run.killed; };
  if (beyond_rails(*trials.testbench, trials.cold.operating_point)) return Cause::kBeyondRails;
  const auto current = trials.cold.operating_point.find("vdd#branch");
  if (current != trials.cold.operating_point.end() &&
      std::abs(current->second) > batch_.plan().corners.at(0).current_limit)
    return Cause::kSupplyCurrent;
  for (const BatchRun& near : trials.near) {
    if (largest_difference(near.operating_point, trials.cold.operating_point).second > kOtherPoint && says(near) &&
        same(ours, answer_of(near, metric)))
      return Cause::kOtherPoint;
  }
  if (!trials.exact) trials.exact = exact_.run(0, trials.index, comparison.variables);
  if (says(*trials.exact) && same(ours, answer_of(*trials.exact, metric))) return Cause::kTolerance;
  if (trials.changed.empty()) {
    for (int i = 0; i < kChanges; ++i) {
      core::RandomStream stream(static_cast<std::uint64_t>(i), comparison.design, core::Purpose::kTest);
      Values changed = comparison.variables;
      for (auto& [name, value] : changed) value *= stream.below(2) == 0 ? 1 - kChange : 1 + kChange;
      trials.changed.push_back(batch_.run(0, trials.index, changed));
    }
  }
  if (std::any_of(trials.changed.begin(), trials.changed.end(),
                  [&](const BatchRun& run) { return says(run) && !same(answer_of(run, metric), cold); }))
    return Cause::kEdge;
  if (!trials.downward) trials.downward = downward_.run(0, trials.index, comparison.variables);
  if (says(*trials.downward) && !same(answer_of(*trials.downward, metric), cold)) return Cause::kBranches;
  if (comparison.pool.status != spice::Status::kOk) return Cause::kNoPoint;
  const spice::Request request = agreement_.request(comparison.design);
  if (!trials.whole) trials.whole = simulate(pool(false), request);
  if (same(answer_of(*trials.whole, metric), cold)) return Cause::kCoarseSweep;
  if (!trials.unstarted) trials.unstarted = simulate(pool(true), {request.id, request.variables, {0}, {}});
  return same(answer_of(*trials.unstarted, metric), cold) ? Cause::kStart : Cause::kUnexplained;
}

/// What shows that a transient that the pool gave up is one of a circuit that oscillates; "" if nothing does.
std::string Diagnosis::oscillation(const Comparison& comparison, const std::string& metric) const {
  if (answer_of(comparison.pool, metric).unmeasured.find("too many time points") == std::string::npos) return "";
  std::size_t most = 0;
  for (const auto& [analysis, points] : comparison.batch.at(agreement_.problem().metric(metric)->testbench).points)
    most = std::max(most, points);
  double margin = 0;
  for (const auto& [testbench, run] : comparison.batch) {
    if (const auto found = run.metrics.find("phase_margin"); found != run.metrics.end()) margin = found->second;
  }
  if (most < kManyPoints && margin >= 0) return "";
  return "the cold transient kept " + std::to_string(most) + " points, phase margin " + core::format_number(margin, 4);
}

/// A cold process started from the pool's solution, and one from what the pool started from.
void Diagnosis::start_trials(const Comparison& comparison, Trials& trials) {
  const spice::TestbenchPlan& testbench = *trials.testbench;
  const spice::TestbenchPlan& first = batch_.testbenches(0).front();
  const auto nodes_of = [&](const Values& solution) {
    if (&testbench == &first) return solution;
    Values inner;
    for (const auto& [name, value] : solution) {
      if (name.starts_with(first.cell.name + "."))
        inner[testbench.cell.name + name.substr(first.cell.name.size())] = value;
    }
    return inner;
  };
  const auto run = [&](const Values& variables, const Values& nodeset) {
    return batch_.run(0, trials.index, variables, nodeset);
  };
  trials.cold = run(comparison.variables, {});
  if (!comparison.pool.nodes.empty()) trials.near.push_back(run(comparison.variables, nodes_of(comparison.pool.nodes)));
  const spice::Request request = agreement_.request(comparison.design);
  if (request.nodesets.empty()) return;
  const BatchRun start = run(request.start_variables, nodes_of(request.nodesets[0]));
  trials.near.push_back(run(comparison.variables, voltages(start.operating_point)));
}

std::string Diagnosis::detail_of(const Disagreement& found, const std::string& measure, const Trials& trials) const {
  const BatchRun* near = trials.near.empty() ? nullptr : &trials.near.front();
  for (const BatchRun& run : trials.near) {
    if (agrees(verdict(measure, found.pool, answer_of(run, found.metric)))) near = &run;
  }
  const Values& cold = trials.cold.operating_point;
  const std::string node = near == nullptr ? "" : largest_difference(near->operating_point, cold).first;
  std::string text = "cold point: " + text_of(cold, node);
  const auto add = [&](const std::string& what, const Answer& answer) { text += "; " + what + ": " + text_of(answer); };
  if (near != nullptr) add("from the pool's, " + text_of(near->operating_point, node), answer_of(*near, found.metric));
  if (trials.exact) add("solved to 1e-7", answer_of(*trials.exact, found.metric));
  for (const BatchRun& run : trials.changed) add("changed by 1e-5", answer_of(run, found.metric));
  if (trials.downward) add("downwards", answer_of(*trials.downward, found.metric));
  if (trials.whole) add("pool with whole sweeps", answer_of(*trials.whole, found.metric));
  if (trials.unstarted) add("pool started cold", answer_of(*trials.unstarted, found.metric));
  return text;
}

std::vector<Disagreement> Diagnosis::explain(const Comparison& comparison) {
  std::vector<Disagreement> result;
  const std::vector<std::string> metrics = comparison.disagreements();
  for (std::size_t i = 0; i < batch_.testbenches(0).size(); ++i) {
    Trials trials;
    for (const std::string& metric : metrics) {
      const problem::MetricDefinition& definition = *agreement_.problem().metric(metric);
      if (definition.testbench != batch_.testbenches(0)[i].name) continue;
      Disagreement& found = result.emplace_back();
      found.metric = metric;
      found.pool = answer_of(comparison.pool, metric);
      found.batch = answer_of(comparison.batch.at(definition.testbench), metric);
      found.detail = oscillation(comparison, metric);
      if (!found.detail.empty()) {
        found.cause = Cause::kOscillates;
        continue;
      }
      if (trials.testbench == nullptr) {
        trials.index = i;
        trials.testbench = &batch_.testbenches(0)[i];
        start_trials(comparison, trials);
      }
      found.cause = cause_of(metric, comparison, trials);
      found.detail = detail_of(found, definition.measure, trials);
    }
  }
  return result;
}

}  // namespace exturbo::test
