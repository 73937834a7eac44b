// The pool against cold processes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "agreement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "exturbo/core/number.hpp"
#include "exturbo/core/random.hpp"
#include "exturbo/sizing/cost.hpp"

namespace exturbo::test {
namespace {

constexpr double kHighRejection = 90;  ///< dB, above which CMRR and PSRR are differences of nearly equal numbers.
constexpr std::uint64_t kStartFamily = std::uint64_t{1} << 32;

spice::PoolOptions pool_options(const AgreementOptions& options) {
  spice::PoolOptions result;
  result.workers = options.workers;
  result.in_place = options.in_place;
  result.adaptive_sweeps = options.adaptive_sweeps;
  return result;
}

BatchOptions whole_sweeps() {
  BatchOptions options;
  options.points_per_decade = 100;
  options.cpu_limit = 20;  // circuits that oscillate would take minutes
  return options;
}

spice::Finished wait(spice::Pool& pool) {
  auto finished = pool.wait_any(std::chrono::hours(1));
  if (!finished) throw std::runtime_error("the pool gave no outcome");
  return std::move(*finished);
}

/// All that an outcome says, exactly, but for its times.
std::string text_of(const spice::CornerOutcome& outcome) {
  std::string text = std::string(to_string(outcome.status)) + outcome.reason + outcome.solved_by + outcome.skipped;
  const auto add = [&](const Values& values) {
    for (const auto& [name, value] : values) text += name + "=" + core::format_exact(value) + "\n";
  };
  add(outcome.metrics);
  add(outcome.nodes);
  for (const auto& [metric, why] : outcome.unmeasured) text += metric + ": " + why + "\n";
  for (const auto& [name, device] : outcome.devices) {
    text += name + " " + device.region + "\n";
    add({{"id", device.id}, {"gm", device.gm}, {"gds", device.gds}, {"vgs", device.vgs}, {"vds", device.vds}});
    add({{"vth", device.vth}, {"vdsat", device.vdsat}});
  }
  return text;
}

}  // namespace

Tolerance tolerance(const std::string& measure, double value) {
  if (measure == "dc_gain") return {0, 0.01};
  if (measure == "phase_margin") return {0, 0.05};
  if (measure == "unity_gain_frequency" || measure == "power") return {1e-3, 0};
  if (measure == "cmrr" || measure == "psrr") return {0, value > kHighRejection ? 0.5 : 0.1};
  if (measure == "offset") return {0, 2e-6};
  if (measure == "thd") return {0, 0.5};
  // An end of the input range may lie at the rail, where its share of the supply is zero.
  if (measure == "icmr_low" || measure == "icmr_high") return {5e-3, 5e-4};
  return {5e-3, 0};
}

const char* to_string(Verdict verdict) {
  constexpr const char* kNames[] = {"within", "outside", "only pool", "only ngspice", "neither"};
  return kNames[static_cast<int>(verdict)];
}

Verdict verdict(const std::string& measure, const Answer& pool, const Answer& batch) {
  if (!pool.unmeasured.empty()) return batch.unmeasured.empty() ? Verdict::kOnlyBatch : Verdict::kNeither;
  if (!batch.unmeasured.empty()) return Verdict::kOnlyPool;
  const Tolerance allowed = tolerance(measure, batch.value);
  const double most = std::max(allowed.absolute, allowed.relative * std::abs(batch.value));
  return std::abs(pool.value - batch.value) <= most ? Verdict::kWithin : Verdict::kOutside;
}

Answer answer_of(const spice::CornerOutcome& outcome, const std::string& metric) {
  if (outcome.status != spice::Status::kOk) return {0, std::string(to_string(outcome.status)) + ": " + outcome.reason};
  if (const auto value = outcome.metrics.find(metric); value != outcome.metrics.end()) return {value->second, ""};
  const auto why = outcome.unmeasured.find(metric);
  return {0, why == outcome.unmeasured.end() ? "not told" : why->second};
}

Answer answer_of(const BatchRun& run, const std::string& metric) {
  if (const auto value = run.metrics.find(metric); value != run.metrics.end()) return {value->second, ""};
  const auto why = run.unmeasured.find(metric);
  return {0, why == run.unmeasured.end() ? "not told" : why->second};
}

std::vector<std::string> Comparison::disagreements() const {
  std::vector<std::string> metrics;
  for (const auto& [metric, verdict] : verdicts) {
    if (!agrees(verdict)) metrics.push_back(metric);
  }
  return metrics;
}

spice::CornerOutcome simulate(spice::Pool& pool, spice::Request request) {
  pool.submit(std::move(request));
  return wait(pool).outcome.corners.at(0);
}

Agreement::Agreement(const problem::Problem& problem, const AgreementOptions& options)
    : problem_(problem),
      options_(options),
      space_(sizing::search_space(problem)),
      pool_(problem, pool_options(options)),
      batch_(problem, whole_sweeps()) {
  solve_starts(options.starts);
}

std::vector<double> Agreement::unit(std::uint64_t design, std::uint64_t family) const {
  core::RandomStream stream(options_.rng_seed, family + design, core::Purpose::kTest);
  std::vector<double> point(static_cast<std::size_t>(space_.size()));
  for (double& coordinate : point) coordinate = stream.uniform();
  return space_.round_unit(point);
}

Values Agreement::values_of(const std::vector<double>& unit) const {
  return problem::complete_variables(problem_, space_.to_values(unit));
}

Values Agreement::variables(std::uint64_t design) const { return values_of(unit(design, 0)); }

/// Outcomes do not depend on their order, and those that fail start nothing.
void Agreement::solve_starts(int count) {
  starts_.resize(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < starts_.size(); ++i) {
    starts_[i].unit = unit(i, kStartFamily);
    starts_[i].variables = values_of(starts_[i].unit);
    pool_.submit({i, starts_[i].variables, {0}, {}});
  }
  while (pool_.pending() > 0) {
    const spice::Finished finished = wait(pool_);
    const spice::CornerOutcome& outcome = finished.outcome.corners.at(0);
    if (outcome.status == spice::Status::kOk) starts_[finished.id].nodes = outcome.nodes;
  }
  std::erase_if(starts_, [](const Start& start) { return start.nodes.empty(); });
}

spice::Request Agreement::request(std::uint64_t design) const {
  const std::vector<double> point = unit(design, 0);
  spice::Request request{design, values_of(point), {0}, {}};
  double nearest = std::numeric_limits<double>::infinity();
  for (const Start& start : starts_) {
    double distance = 0;
    for (std::size_t i = 0; i < point.size(); ++i) distance += (point[i] - start.unit[i]) * (point[i] - start.unit[i]);
    if (distance >= nearest) continue;
    nearest = distance;
    request.nodesets = {start.nodes};
    request.start_variables = start.variables;
  }
  return request;
}

std::map<std::uint64_t, spice::CornerOutcome> Agreement::simulate(const std::vector<std::uint64_t>& designs) {
  std::map<std::uint64_t, spice::CornerOutcome> outcomes;
  for (const std::uint64_t design : designs) pool_.submit(request(design));
  while (pool_.pending() > 0) {
    spice::Finished finished = wait(pool_);
    outcomes[finished.id] = std::move(finished.outcome.corners.at(0));
  }
  return outcomes;
}

std::vector<Comparison> Agreement::compare(const std::vector<std::uint64_t>& designs) {
  const auto outcomes = simulate(designs);
  std::vector<Comparison> comparisons;
  for (const std::uint64_t design : designs) {
    Comparison& comparison = comparisons.emplace_back();
    comparison.design = design;
    comparison.variables = variables(design);
    comparison.pool = outcomes.at(design);
    for (std::size_t i = 0; i < batch_.testbenches(0).size(); ++i)
      comparison.batch[batch_.testbenches(0)[i].name] = batch_.run(0, i, comparison.variables);
    for (const problem::MetricDefinition& metric : problem_.metrics) {
      if (metric.kind != problem::MetricKind::kMeasure) continue;
      comparison.verdicts[metric.id] = verdict(metric.measure, answer_of(comparison.pool, metric.id),
                                               answer_of(comparison.batch.at(metric.testbench), metric.id));
    }
  }
  return comparisons;
}

/// The starts are solved anew by each pool, as every other design is.
std::set<std::uint64_t> shuffled_differences(const problem::Problem& problem, AgreementOptions options,
                                             std::uint64_t count) {
  std::vector<std::uint64_t> order(count);
  std::iota(order.begin(), order.end(), std::uint64_t{0});
  std::map<std::uint64_t, std::string> first;
  std::set<std::uint64_t> different;
  for (const int workers : {1, 2, 4}) {
    core::RandomStream stream(options.rng_seed, static_cast<std::uint64_t>(workers), core::Purpose::kTest);
    for (std::size_t i = order.size(); i > 1; --i)
      std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
    options.workers = workers;
    for (const auto& [design, outcome] : Agreement(problem, options).simulate(order)) {
      const std::string text = text_of(outcome);
      if (first.emplace(design, text).first->second != text) different.insert(design);
    }
  }
  return different;
}

}  // namespace exturbo::test
