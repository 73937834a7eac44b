// The parts of sensitivity.json: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "explanation_json.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "agreement.hpp"

namespace exturbo::sensitivity {
namespace {

using run::Json;

constexpr std::size_t kPairs = 5;
constexpr double kLeastPair = 0.01;  ///< Share of the variance from which a pair is told.

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json to_json(const IndexEstimate& index) { return {number(index.value), number(index.lower), number(index.upper)}; }

Json proposal_json(const Proposal& proposal, bool simulated) {
  Json json{{"met", proposal.met}, {"objective", number(proposal.objective)}, {"change", number(proposal.change)}};
  if (simulated) {
    json["variables"] = proposal.variables;
    json["missed"] = proposal.missed;
  }
  return json;
}

Eigen::VectorXd sizes(const Granularity& fit, double VariableRelevance::*of) {
  Eigen::VectorXd result(static_cast<Eigen::Index>(fit.variables.size()));
  for (std::size_t j = 0; j < fit.variables.size(); ++j) result[static_cast<Eigen::Index>(j)] = fit.variables[j].*of;
  return result;
}

Eigen::VectorXd totals(const SobolIndices& sobol) {
  Eigen::VectorXd result(static_cast<Eigen::Index>(sobol.total.size()));
  for (std::size_t j = 0; j < sobol.total.size(); ++j) result[static_cast<Eigen::Index>(j)] = sobol.total[j].value;
  return result;
}

/// Sizes of the simulated slopes; empty if one is not known.
Eigen::VectorXd simulated(const DesignSlopes& slopes, const std::string& metric) {
  const auto found = slopes.metrics.find(metric);
  if (found == slopes.metrics.end()) return {};
  Eigen::VectorXd result(static_cast<Eigen::Index>(found->second.size()));
  for (std::size_t j = 0; j < found->second.size(); ++j) {
    if (!found->second[j]) return {};
    result[static_cast<Eigen::Index>(j)] = std::abs(found->second[j]->derivative);
  }
  return result;
}

}  // namespace

Json fits_json(const RunData& data, const std::vector<MetricModels>& models, Granularity MetricModels::*of,
               Eigen::Index points) {
  Json metrics = Json::object();
  for (std::size_t k = 0; k < models.size(); ++k) {
    const Granularity& fit = models[k].*of;
    Json variables = Json::object();
    for (std::size_t j = 0; j < fit.variables.size(); ++j) {
      const VariableRelevance& v = fit.variables[j];
      variables[data.variables[j]] = {{"lengthscale", v.lengthscale > 0 ? Json(v.lengthscale) : Json(nullptr)},
                                      {"relevance", v.relevance},
                                      {"interval", {v.low, v.high}},
                                      {"sensitivity", v.sensitivity},
                                      {"slope", v.slope},
                                      {"direction", v.direction}};
    }
    metrics[data.metrics[k]] = {
        {"status", fit.status}, {"points", fit.points}, {"quality", fit.quality}, {"variables", std::move(variables)}};
  }
  return {
      {"points", points}, {"low_data", points < least_tuning_size(data.dimensions())}, {"metrics", std::move(metrics)}};
}

Json sobol_json(const RunData& data, const std::vector<MetricModels>& models) {
  Json all = Json::object();
  for (std::size_t k = 0; k < models.size(); ++k) {
    const SobolIndices& sobol = models[k].sobol;
    if (sobol.first.empty()) continue;
    Json& row = all[data.metrics[k]];
    for (std::size_t j = 0; j < data.variables.size(); ++j)
      row["variables"][data.variables[j]] = {{"first", to_json(sobol.first[j])}, {"total", to_json(sobol.total[j])}};
    std::vector<std::size_t> order(sobol.second.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sobol.second[a].value > sobol.second[b].value; });
    row["pairs"] = Json::array();
    for (const std::size_t i : order) {
      if (row["pairs"].size() == kPairs || !(sobol.second[i].value >= kLeastPair)) break;
      const auto [a, b] = models[k].pairs[i];
      row["pairs"].push_back(
          {{"variables", {data.variables[static_cast<std::size_t>(a)], data.variables[static_cast<std::size_t>(b)]}},
           {"second", to_json(sobol.second[i])}});
    }
  }
  return all;
}

Json morris_json(const RunData& data, const std::vector<MetricModels>& models) {
  Json all = Json::object();
  for (std::size_t k = 0; k < models.size(); ++k) {
    const MorrisEffects& morris = models[k].morris;
    if (morris.mean.size() == 0) continue;
    for (std::size_t j = 0; j < data.variables.size(); ++j) {
      const auto at = static_cast<Eigen::Index>(j);
      all[data.metrics[k]][data.variables[j]] = {{"mean", number(morris.mean[at])},
                                                 {"mean_absolute", number(morris.mean_absolute[at])},
                                                 {"deviation", number(morris.deviation[at])}};
    }
  }
  return all;
}

Json elasticity_json(const RunData& data, const DesignSlopes& slopes) {
  Json elasticity = Json::object();
  for (const auto& [metric, row_slopes] : slopes.metrics) {
    Json& row = elasticity[metric] = Json::object();
    for (std::size_t j = 0; j < row_slopes.size(); ++j) {
      if (!row_slopes[j]) continue;
      const Slope& slope = *row_slopes[j];
      row[data.variables[j]] = {{"derivative", slope.derivative},
                                {"elasticity", slope.elasticity ? Json(*slope.elasticity) : Json(nullptr)},
                                {"error", slope.error},
                                {"sided", slope.side == 0  ? "central"
                                          : slope.side > 0 ? "up"
                                                           : "down"}};
    }
  }
  return elasticity;
}

Json agreement_json(const RunData& data, const std::vector<MetricModels>& models, const DesignSlopes& slopes) {
  Json agreement = Json::object();
  for (std::size_t k = 0; k + 1 < data.metrics.size(); ++k) {
    const MetricModels& of = models[k];
    if (of.tuning.variables.empty()) continue;
    const std::vector<Ranking> rankings{{"length-scales", sizes(of.tuning, &VariableRelevance::relevance)},
                                        {"slopes of the models", sizes(of.tuning, &VariableRelevance::sensitivity)},
                                        {"Sobol' indices", totals(of.sobol)},
                                        {"simulated slopes", simulated(slopes, data.metrics[k])}};
    const Agreement verdict = compare(data.variables, rankings);
    Json& row = agreement[data.metrics[k]] = {{"agrees", verdict.agrees}, {"statement", verdict.statement}};
    const char* keys[] = {"relevance", "sensitivity", "sobol", "simulated"};
    for (std::size_t i = 0; i < rankings.size(); ++i) {
      if (rankings[i].known()) row["top"][keys[i]] = data.variables[static_cast<std::size_t>(rankings[i].top())];
    }
    if (!rankings[3].known()) continue;
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}})
      row["rank_correlation"][keys[i]] = rank_correlation(rankings[i].sizes, rankings[3].sizes);
  }
  return agreement;
}

Json limits_json(const std::string& objective, const Limits& limits) {
  Json active = Json::array();
  for (const ActiveSpec& spec : limits.active) {
    Json pays = Json::array();
    for (const Move& move : spec.pays)
      pays.push_back({{"variable", move.variable}, {"from", move.from}, {"to", move.to}});
    active.push_back({{"metric", spec.metric},
                      {"side", spec.lower ? "min" : "max"},
                      {"bound", spec.bound},
                      {"value", number(spec.value)},
                      {"margin", number(spec.margin)},
                      {"price", spec.predicted.met ? number(spec.price) : Json(nullptr)},
                      {"tightened", spec.tightened},
                      {"predicted", proposal_json(spec.predicted, false)},
                      {"simulated", proposal_json(spec.simulated, true)},
                      {"pays", std::move(pays)}});
  }
  return {{"objective",
           {{"metric", objective},
            {"value", number(limits.objective)},
            {"reached", number(limits.predicted.objective)},
            {"simulated", proposal_json(limits.simulated, true)}}},
          {"active", std::move(active)},
          {"inactive", limits.inactive}};
}

}  // namespace exturbo::sensitivity
