// The result of a verification: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "verify_result.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "exturbo/sizing/cost.hpp"
#include "exturbo/sizing/yield.hpp"

namespace exturbo::sizing {
namespace {

using run::Json;
using run::VerificationRecord;

const double* metric_of(const VerificationRecord& record, const std::string& id) {
  const auto found = record.metrics.find(id);
  return record.failed() || found == record.metrics.end() ? nullptr : &found->second;
}

double margin_of(const problem::Spec& spec, const double* value) {
  return value == nullptr ? -std::numeric_limits<double>::infinity() : relative_margin(spec, *value);
}

Json bounds_json(const problem::Spec& spec) {
  Json bounds = Json::object();
  if (spec.min) bounds["min"] = *spec.min;
  if (spec.max) bounds["max"] = *spec.max;
  return bounds;
}

/// The worst corner of one spec.
Json worst_of_spec(const problem::Problem& problem, const problem::Spec& spec,
                   const std::vector<VerificationRecord>& records) {
  std::size_t worst = 0;
  for (std::size_t i = 1; i < records.size(); ++i) {
    if (margin_of(spec, metric_of(records[i], spec.metric)) < margin_of(spec, metric_of(records[worst], spec.metric)))
      worst = i;
  }
  const double* value = metric_of(records[worst], spec.metric);
  return {{"name", problem.corners[worst].name},
          {"value", value == nullptr ? Json(nullptr) : Json(*value)},
          {"margin", value == nullptr ? Json(nullptr) : Json(relative_margin(spec, *value))},
          {"met", violation(spec, value) == 0}};
}

Json corner_json(const problem::Problem& problem, const VerificationRecord& record) {
  Json violated = Json::array();
  for (const problem::Spec& spec : problem.specs) {
    if (violation(spec, metric_of(record, spec.metric)) > 0) violated.push_back(spec.metric);
  }
  return {{"status", record.status},
          {"reason", record.reason},
          {"metrics", record.metrics},
          {"unmeasured", record.unmeasured},
          {"violated", violated}};
}

/// Distribution of a spec's metric and the share of the samples that meets its bounds in Monte Carlo, if it has any.
Json distribution_json(const problem::Spec& plain, const std::vector<VerificationRecord>& samples) {
  const std::optional<problem::Spec> spec = problem::monte_carlo_spec(plain);
  std::vector<double> values;
  int passed = 0;
  for (const VerificationRecord& sample : samples) {
    const double* value = metric_of(sample, plain.metric);
    if (value != nullptr) values.push_back(*value);
    passed += !spec || violation(*spec, value) == 0 ? 1 : 0;
  }
  std::sort(values.begin(), values.end());
  Json json{{"measured", values.size()}};
  json["bounds"] = spec ? bounds_json(*spec) : Json(nullptr);
  json["yield"] = spec ? Json(static_cast<double>(passed) / static_cast<double>(samples.size())) : Json(nullptr);
  if (values.empty()) return json;
  const auto [mean, sigma] = mean_and_sigma(values);
  json["mean"] = mean;
  json["sigma"] = sigma;
  json["min"] = values.front();
  json["max"] = values.back();
  for (const auto& [name, share] : std::initializer_list<std::pair<const char*, double>>{
           {"0.1", 0.001}, {"1", 0.01}, {"5", 0.05}, {"50", 0.5}, {"95", 0.95}, {"99", 0.99}, {"99.9", 0.999}})
    json["quantiles"][name] = quantile(values, share);
  if (spec)
    json["worst"] = *std::min_element(values.begin(), values.end(), [&](double a, double b) {
      return relative_margin(*spec, a) < relative_margin(*spec, b);
    });
  return json;
}

bool is_good(const problem::Problem& problem, const VerificationRecord& sample) {
  return !sample.failed() && std::all_of(problem.specs.begin(), problem.specs.end(), [&](const problem::Spec& plain) {
    const auto spec = problem::monte_carlo_spec(plain);
    return !spec || violation(*spec, metric_of(sample, plain.metric)) == 0;
  });
}

}  // namespace

std::size_t worst_corner(const problem::Problem& problem, const std::vector<VerificationRecord>& records) {
  std::pair<double, double> worst{-1, 0};  // violations, margin
  std::size_t index = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    double sum = 0, margin = std::numeric_limits<double>::infinity();
    for (const problem::Spec& spec : problem.specs) {
      const double* value = metric_of(records[i], spec.metric);
      sum += violation(spec, value);
      margin = std::min(margin, margin_of(spec, value));
    }
    if (sum < worst.first || (sum == worst.first && margin >= worst.second)) continue;
    worst = {sum, margin};
    index = i;
  }
  return index;
}

VerifySummary verify_summary(const problem::Problem& problem, const std::vector<VerificationRecord>& corners,
                             const std::vector<VerificationRecord>& samples, double min_yield) {
  VerifySummary summary;
  Json per_spec = Json::object(), by_corner = Json::object(), causes = Json::object();
  for (const problem::Spec& spec : problem.specs) {
    Json& entry = per_spec[spec.metric] = bounds_json(spec);
    entry["worst_corner"] = worst_of_spec(problem, spec, corners);
    if (!samples.empty()) entry["monte_carlo"] = distribution_json(spec, samples);
  }
  summary.met = true;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Json& corner = by_corner[problem.corners[i].name] = corner_json(problem, corners[i]);
    summary.met = summary.met && !corners[i].failed() && corner.at("violated").empty();
  }
  for (const VerificationRecord& sample : samples) {
    if (sample.failed()) causes[sample.status] = causes.value(sample.status, 0) + 1;
  }
  Json yield = nullptr, interval = nullptr;
  if (!samples.empty()) {
    const auto good = std::count_if(samples.begin(), samples.end(),
                                    [&](const VerificationRecord& sample) { return is_good(problem, sample); });
    const auto [low, high] = clopper_pearson(static_cast<int>(good), static_cast<int>(samples.size()));
    const double share = static_cast<double>(good) / static_cast<double>(samples.size());
    yield = share;
    interval = {low, high};
    summary.met = summary.met && share >= min_yield;
  }
  summary.result = {{"met", summary.met},
                    {"worst_corner", problem.corners.at(worst_corner(problem, corners)).name},
                    {"yield", yield},
                    {"interval", interval},
                    {"samples", samples.size()},
                    {"failed_samples", causes},
                    {"per_spec", per_spec},
                    {"corners", by_corner}};
  return summary;
}

}  // namespace exturbo::sizing
