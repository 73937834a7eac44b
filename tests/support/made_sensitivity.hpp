// A sensitivity.json by formula, for readers of it: one of everything that it may hold.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace exturbo::test {

/// What the made explanation speaks of; at least two variables.
struct Explained {
  int design = 1;
  std::vector<std::string> variables;
  std::vector<double> values;  ///< Of the variables.
  std::vector<std::string> metrics;
  std::vector<std::string> devices;
  std::string objective = "power";
  double cost = 1e-5;  ///< Value of the objective.
  std::string active = "phase_margin";
  double bound = 60;  ///< Of `active`, a lower one.
};

/// Shares that sum to 1, other ones for each `row`, in which few are large.
inline std::vector<double> made_shares(std::size_t count, std::size_t row) {
  std::vector<double> shares;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double place = std::fmod(0.618034 * static_cast<double>((i + 1) * (2 * row + 3)), 1);
    shares.push_back(std::exp(-6 * place));
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

inline nlohmann::ordered_json made_fits(const Explained& of, std::size_t points, std::size_t shift) {
  nlohmann::ordered_json fits{
      {"points", points}, {"low_data", points < 40}, {"metrics", nlohmann::ordered_json::object()}};
  for (std::size_t m = 0; m < of.metrics.size(); ++m) {
    auto& fit = fits["metrics"][of.metrics[m]];
    // The last but one does not change over these designs.
    const bool constant = m + 2 == of.metrics.size();
    fit = {{"status", constant ? "constant" : "ok"},
           {"points", points},
           {"quality", constant ? nlohmann::ordered_json() : nlohmann::ordered_json(0.97)}};
    if (constant) continue;
    const auto slopes = made_shares(of.variables.size(), m + shift),
               scales = made_shares(of.variables.size(), m + 2 * shift);
    for (std::size_t i = 0; i < of.variables.size(); ++i) {
      fit["variables"][of.variables[i]] = {{"lengthscale", 0.1 / scales[i]},
                                           {"relevance", scales[i]},
                                           {"interval", {0.7 * scales[i], 1.2 * scales[i]}},
                                           {"sensitivity", slopes[i]},
                                           {"direction", std::cos(2.0 * static_cast<double>(i + m))}};
    }
  }
  return fits;
}

inline nlohmann::ordered_json made_sensitivity(const Explained& of) {
  using Json = nlohmann::ordered_json;
  Json json{{"design", {{"evaluation", of.design}}}, {"variables", of.variables}};
  json["survival"] = made_fits(of, 120, 0);
  json["tuning"] = made_fits(of, 32, 1);
  for (const char* key : {"sobol", "morris", "elasticity", "agreement"}) json[key] = Json::object();
  for (std::size_t m = 0; m < of.metrics.size(); ++m) {
    const std::string& metric = of.metrics[m];
    const auto shares = made_shares(of.variables.size(), m + 1);
    for (std::size_t i = 0; i < of.variables.size(); ++i) {
      const std::string& variable = of.variables[i];
      const double share = shares[i], sign = i % 2 == 0 ? 1 : -1;
      json["sobol"][metric]["variables"][variable] = {{"first", {0.8 * share, 0.7 * share, 0.9 * share}},
                                                      {"total", {share, 0.9 * share, 1.1 * share}}};
      json["morris"][metric][variable] = {{"mean", sign * share}, {"mean_absolute", share}, {"deviation", 0.1 * share}};
      json["elasticity"][metric][variable] = {{"derivative", 20 * sign * share},
                                              {"elasticity", m % 2 == 0 ? Json() : Json(sign * share)},
                                              {"error", (i % 3 == 0 ? 12 : 0.4) * share},
                                              {"sided", i % 3 == 0 ? "up" : "central"}};
    }
    json["sobol"][metric]["pairs"] = {
        {{"variables", {of.variables[0], of.variables[1]}}, {"second", {0.05, 0.02, 0.08}}}};
    const bool agrees = m % 3 != 0;
    json["agreement"][metric] = {
        {"agrees", agrees},
        {"statement", agrees ? "Length-scales and simulated derivatives name the same variables."
                             : "The effect of " + of.variables[1] + " is nearly linear: its length-scale hides it."},
        {"top",
         {{"relevance", of.variables[0]},
          {"sensitivity", of.variables[1]},
          {"sobol", of.variables[1]},
          {"simulated", of.variables[agrees ? 0 : 1]}}},
        {"rank_correlation", {{"relevance", agrees ? 0.8 : 0.3}, {"sensitivity", 0.9}}}};
  }
  json["limits"] = {{"objective", {{"metric", of.objective}, {"value", of.cost}, {"reached", 0.99 * of.cost}}},
                    {"active",
                     {{{"metric", of.active},
                       {"side", "min"},
                       {"bound", of.bound},
                       {"value", of.bound * 1.001},
                       {"margin", 0.001},
                       {"price", 0.05 * of.cost},
                       {"tightened", of.bound * 1.05},
                       {"predicted", {{"met", true}, {"objective", 1.15 * of.cost}, {"change", 0.15 * of.cost}}},
                       {"simulated",
                        {{"met", true},
                         {"objective", 1.17 * of.cost},
                         {"change", 0.17 * of.cost},
                         {"variables", {{of.variables[0], 1.2 * of.values[0]}}},
                         {"missed", Json::array()}}},
                       {"pays",
                        {{{"variable", of.variables[0]}, {"from", of.values[0]}, {"to", 1.2 * of.values[0]}},
                         {{"variable", of.variables[1]}, {"from", of.values[1]}, {"to", 0.9 * of.values[1]}}}}}}},
                    {"inactive", Json::array()}};
  for (const std::string& metric : of.metrics) {
    if (metric != of.active && metric != of.objective && metric != "J") json["limits"]["inactive"].push_back(metric);
  }
  json["devices"] = Json::object();
  const auto power = made_shares(of.devices.size(), 0), noise = made_shares(of.devices.size(), 1);
  for (std::size_t i = 0; i < of.devices.size(); ++i) {
    json["devices"][of.devices[i]] = {{"region", "saturation"},
                                      {"id", 1e-6},
                                      {"gm_over_id", 16.2},
                                      {"inversion_coefficient", 0.05 * std::pow(3, static_cast<double>(i % 6))},
                                      {"inversion", i % 6 == 0  ? "weak"
                                                    : i % 6 < 5 ? "moderate"
                                                                : "strong"},
                                      {"vdsat", 0.11},
                                      {"margin", 0.2},
                                      {"power_share", power[i]},
                                      {"noise_share", noise[i]}};
  }
  json["poles"] = {{{"node", "xdut.n3"}, {"frequency", 1.2e3}, {"devices", {"M3", "M6"}}, {"role", "dominant"}},
                   {{"node", "xdut.out"}, {"frequency", 3.4e6}, {"devices", {"M7"}}, {"role", "second"}}};
  json["simulations"] = 143;
  json["seconds"] = {{"models", 3.1}, {"simulate", 20.2}};
  return json;
}

}  // namespace exturbo::test
