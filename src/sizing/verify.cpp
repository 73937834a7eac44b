// Verification of a finished design: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/verify.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>
#include <sstream>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/corners.hpp"
#include "exturbo/sizing/cost.hpp"
#include "exturbo/spice/monte_carlo.hpp"
#include "exturbo/spice/pool.hpp"
#include "pool_options.hpp"

namespace exturbo::sizing {
namespace {

using run::Json;

std::vector<problem::Corner> chosen_corners(const problem::Problem& problem, const std::string& names) {
  std::vector<problem::Corner> all = problem.corners.size() > 1 ? problem.corners : problem::corner_grid(problem);
  if (names == "all") return all;
  if (names == "listed") return problem.corners;
  std::vector<problem::Corner> chosen;
  std::vector<std::string> known;
  for (const problem::Corner& corner : all) known.push_back(corner.name);
  std::istringstream stream(names);
  for (std::string name; std::getline(stream, name, ',');) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
      const std::string closest = core::closest_name(name, known);
      throw core::InputError({{"VER-001", "command line", "--corners", "no corner \"" + name + "\"",
                               closest.empty() ? "give all, listed or names" : "did you mean \"" + closest + "\"?"}});
    }
    chosen.push_back(all[static_cast<std::size_t>(found - known.begin())]);
  }
  if (chosen.empty())
    throw core::InputError({{"VER-001", "command line", "--corners", "names no corner", "give all, listed or names"}});
  return chosen;
}

/// Simulates requests on a pool; outcomes by id, fewer if the caller stops it.
std::map<std::uint64_t, spice::CornerOutcome> simulate_all(const problem::Problem& problem, bool monte_carlo,
                                                           const std::vector<spice::Request>& requests,
                                                           const Machine& machine, const VerifyControl& control,
                                                           int& done, int total) {
  spice::PoolOptions options = pool_options(machine);
  options.monte_carlo = monte_carlo;
  spice::Pool pool(problem, options);
  for (const spice::Request& request : requests) pool.submit(request);
  std::map<std::uint64_t, spice::CornerOutcome> outcomes;
  while (pool.pending() > 0 && (control.stop == nullptr || !control.stop->load())) {
    auto finished = pool.wait_any(std::chrono::milliseconds(200));
    if (!finished) continue;
    outcomes[finished->id] = std::move(finished->outcome.corners.at(0));
    if (control.on_progress) control.on_progress(++done, total);
  }
  return outcomes;
}

const double* metric_of(const spice::CornerOutcome& outcome, const std::string& id) {
  const auto found = outcome.metrics.find(id);
  return outcome.status != spice::Status::kOk || found == outcome.metrics.end() ? nullptr : &found->second;
}

Json spec_json(const problem::Spec& spec) {
  Json entry = Json::object();
  if (spec.min) entry["min"] = *spec.min;
  if (spec.max) entry["max"] = *spec.max;
  return entry;
}

/// Mean, sigma and quantiles (linear between order statistics) of the measured values.
Json distribution(std::vector<double> values) {
  Json json{{"measured", values.size()}};
  if (values.empty()) return json;
  std::sort(values.begin(), values.end());
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  json["mean"] = mean;
  json["sigma"] = values.size() > 1 ? std::sqrt(squares / static_cast<double>(values.size() - 1)) : 0.0;
  for (const auto& [name, share] : std::initializer_list<std::pair<const char*, double>>{
           {"0.1", 0.001}, {"1", 0.01}, {"5", 0.05}, {"50", 0.5}, {"95", 0.95}, {"99", 0.99}, {"99.9", 0.999}}) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(place);
    const std::size_t high = std::min(low + 1, values.size() - 1);
    json["quantiles"][name] = values[low] + (place - std::floor(place)) * (values[high] - values[low]);
  }
  return json;
}

}  // namespace

std::pair<double, double> clopper_pearson(int passed, int samples, double confidence) {
  const double tail = (1 - confidence) / 2, k = passed, n = samples;
  const double low = passed == 0 ? 0 : boost::math::quantile(boost::math::beta_distribution<>(k, n - k + 1), tail);
  const double high =
      passed == samples ? 1 : boost::math::quantile(boost::math::beta_distribution<>(k + 1, n - k), 1 - tail);
  return {low, high};
}

VerifySummary verify(const std::filesystem::path& path, const VerifyOptions& options, const Machine& machine,
                     const VerifyControl& control) {
  const run::RunFolder folder = run::RunFolder::open(path);
  if (!folder.has("result.json"))
    throw core::InputError({{"VER-002", path.string(), "", "the run is not finished", "`exturbo resume` it first"}});
  problem::Problem problem = open_problem(folder);
  const auto design = folder.read_json("result.json").at("best").at("variables").get<std::map<std::string, double>>();
  const problem::Corner nominal = problem::nominal_corner(problem);
  problem.corners = chosen_corners(problem, options.corners);
  const int total = static_cast<int>(problem.corners.size()) + options.samples;
  int done = 0;
  VerifySummary summary;
  summary.met = true;

  std::vector<spice::Request> requests;
  for (std::size_t i = 0; i < problem.corners.size(); ++i) requests.push_back({i, design, {i}, {}});
  const auto corners = simulate_all(problem, false, requests, machine, control, done, total);

  problem::Problem varied = problem;
  varied.corners = {nominal};
  requests.clear();
  for (int k = 0; k < options.samples; ++k) {
    auto variables = spice::monte_carlo_sample(varied, options.rng_seed, static_cast<std::uint32_t>(k));
    variables.insert(design.begin(), design.end());
    requests.push_back({static_cast<std::uint64_t>(k), std::move(variables), {}, {}});
  }
  std::map<std::uint64_t, spice::CornerOutcome> samples;
  if (!requests.empty() && corners.size() == problem.corners.size())
    samples = simulate_all(varied, true, requests, machine, control, done, total);
  if (done < total) {
    summary.termination = Termination::kInterrupted;
    return summary;
  }

  Json by_corner = Json::object(), per_spec = Json::object(), worst = nullptr;
  double worst_sum = -1;
  for (const auto& [i, outcome] : corners) {
    double sum = 0;
    Json violated = Json::array();
    for (const problem::Spec& spec : problem.specs) {
      const double* value = metric_of(outcome, spec.metric);
      const double excess = violation(spec, value);
      sum += excess;
      if (excess > 0) violated.push_back(spec.metric);
      Json& entry = per_spec[spec.metric];
      if (entry.is_null()) entry = spec_json(spec);
      const double margin = value == nullptr ? -1e300 : relative_margin(spec, *value);
      if (!entry.contains("worst_corner") || margin < entry["worst_corner"]["margin"].get<double>())
        entry["worst_corner"] = {{"name", problem.corners[i].name},
                                 {"value", value == nullptr ? Json(nullptr) : Json(*value)},
                                 {"margin", margin},
                                 {"met", excess == 0}};
    }
    summary.met = summary.met && violated.empty() && outcome.status == spice::Status::kOk;
    by_corner[problem.corners[i].name] = {{"status", spice::to_string(outcome.status)},
                                          {"reason", outcome.reason},
                                          {"metrics", outcome.metrics},
                                          {"violated", violated}};
    if (sum > worst_sum) worst = problem.corners[i].name;
    worst_sum = std::max(worst_sum, sum);
  }

  std::vector<bool> good(samples.size(), true);
  std::map<std::string, int> causes;
  for (const auto& [k, outcome] : samples) {
    if (outcome.status == spice::Status::kOk) continue;
    good[k] = false;
    ++causes[spice::to_string(outcome.status)];
  }
  for (const problem::Spec& plain : problem.specs) {
    if (samples.empty()) break;
    const auto spec = problem::monte_carlo_spec(plain);
    std::vector<double> values;
    int passed = 0;
    for (const auto& [k, outcome] : samples) {
      const double* value = metric_of(outcome, plain.metric);
      if (value != nullptr) values.push_back(*value);
      const bool met = !spec || violation(*spec, value) == 0;
      passed += met ? 1 : 0;
      if (!met) good[k] = false;
    }
    Json entry = distribution(values);
    entry["bounds"] = spec ? spec_json(*spec) : Json(nullptr);
    entry["yield"] = spec ? Json(static_cast<double>(passed) / static_cast<double>(samples.size())) : Json(nullptr);
    if (spec && !values.empty())
      entry["worst"] = *std::min_element(values.begin(), values.end(), [&](double a, double b) {
        return relative_margin(*spec, a) < relative_margin(*spec, b);
      });
    per_spec[plain.metric]["monte_carlo"] = std::move(entry);
  }
  Json& result = summary.result;
  result["yield"] = nullptr;
  result["interval"] = nullptr;
  result["samples"] = samples.size();
  if (!samples.empty()) {
    const int passed = static_cast<int>(std::count(good.begin(), good.end(), true));
    const auto [low, high] = clopper_pearson(passed, static_cast<int>(samples.size()));
    const double yield = static_cast<double>(passed) / static_cast<double>(samples.size());
    result["yield"] = yield;
    result["interval"] = {low, high};
    summary.met = summary.met && yield >= options.min_yield;
  }
  result["failed_samples"] = causes;
  result["rng_seed"] = options.rng_seed;
  result["assumptions"] = problem.process.assumptions;
  result["met"] = summary.met;
  result["worst_corner"] = worst;
  result["per_spec"] = per_spec;
  result["corners"] = by_corner;
  folder.write("verify.json", result.dump(2) + "\n");
  return summary;
}

}  // namespace exturbo::sizing
