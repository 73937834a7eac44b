// Maps of metrics by variables: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "sensitivity_map.hpp"

#include <cmath>

#include "metric_text.hpp"

namespace exturbo::report {
namespace {

constexpr double kMatters = 0.15;  ///< Share from which on a variable matters for a metric.
constexpr double kFactor = 3;      ///< Between shares that are no longer alike.
constexpr double kMostly = 0.5;    ///< Direction from which on a metric mostly rises or falls.

std::string percent(double share) { return general(std::round(100 * share), 3) + " %"; }

/// Sizes as shares of their sum.
ByName<double> shares(ByName<double> sizes) {
  double sum = 0;
  for (const auto& [name, size] : sizes) sum += std::abs(size);
  if (!(sum > 0)) return {};
  for (auto& [name, size] : sizes) size = std::abs(size) / sum;
  return sizes;
}

bool disagree(std::optional<double> a, const double* b) {
  if (!a || b == nullptr) return false;
  const double high = std::max(*a, *b), low = std::min(*a, *b);
  return high >= kMatters && high >= kFactor * low;
}

ByName<double> simulated_shares(const Explanation& explanation, const std::string& metric) {
  ByName<double> sizes;
  if (const auto* slopes = find(explanation.slopes, metric)) {
    for (const auto& [variable, slope] : *slopes) {
      if (slope.derivative) sizes.emplace_back(variable, *slope.derivative);
    }
  }
  return shares(std::move(sizes));
}

ByName<double> sobol_shares(const Explanation& explanation, const std::string& metric) {
  ByName<double> sizes;
  if (const auto* sobol = find(explanation.sobol, metric)) {
    for (const auto& [variable, indices] : sobol->variables) {
      if (indices.total.value) sizes.emplace_back(variable, *indices.total.value);
    }
  }
  return shares(std::move(sizes));
}

ByName<double> morris_shares(const Explanation& explanation, const std::string& metric) {
  const auto* effects = find(explanation.morris, metric);
  return effects == nullptr ? ByName<double>{} : shares(*effects);
}

std::string remark_of(const MetricFit& fit) {
  if (fit.status == "constant") return "constant over these designs";
  if (fit.status == "low_data") return "too few designs to tell";
  if (fit.status == "failed") return "no model fits";
  return fit.ok() ? "" : "not known";
}

HeatCell cell_of(const std::string& metric, const std::string& variable, const VariableFit* fit,
                 const std::vector<ByName<double>>& others) {
  HeatCell cell;
  cell.label = metric + " by " + variable + ": ";
  if (fit == nullptr || !fit->sensitivity) {
    cell.label += "not known";
    return cell;
  }
  cell.share = fit->sensitivity;
  const double direction = fit->direction.value_or(0);
  cell.sign = direction >= kMostly ? '+' : direction <= -kMostly ? '-' : ' ';
  for (const ByName<double>& other : others) {
    if (disagree(fit->relevance.value, find(other, variable))) cell.disputed = true;
  }
  cell.label += percent(*fit->sensitivity) + " of its slopes";
  if (fit->relevance.value) cell.label += ", " + percent(*fit->relevance.value) + " by length-scales";
  cell.label += cell.sign == '+' ? "; rises with it" : cell.sign == '-' ? "; falls with it" : "";
  if (cell.disputed) cell.label += "; methods disagree";
  return cell;
}

std::vector<std::string> columns_of(const Explanation& explanation, const Fits& fits) {
  std::vector<std::string> names = explanation.variables;
  if (!names.empty()) return names;
  for (const auto& [metric, fit] : fits.metrics) {
    for (const auto& [variable, unused] : fit.variables) {
      if (std::find(names.begin(), names.end(), variable) == names.end()) names.push_back(variable);
    }
  }
  return names;
}

/// The variable with the largest share, in words.
std::string leader_of(const std::string& metric, const MetricFit& fit) {
  const VariableFit* most = nullptr;
  std::string name;
  for (const auto& [variable, entry] : fit.variables) {
    if (!entry.sensitivity || (most != nullptr && *entry.sensitivity <= *most->sensitivity)) continue;
    most = &entry;
    name = variable;
  }
  return most == nullptr ? "" : metric + ": " + name + " " + percent(*most->sensitivity);
}

template <typename Others>
HeatMap map_of(const Explanation& explanation, const Fits& fits, const Others& others) {
  HeatMap map;
  map.columns = columns_of(explanation, fits);
  for (const auto& [metric, fit] : fits.metrics) {
    HeatRow row{metric, remark_of(fit), {}};
    const std::vector<ByName<double>> compared = others(metric);
    for (const std::string& variable : map.columns)
      row.cells.push_back(cell_of(metric, variable, find(fit.variables, variable), compared));
    if (const std::string leader = row.remark.empty() ? leader_of(metric, fit) : ""; !leader.empty())
      map.description += (map.description.empty() ? "Largest share of each metric: " : ", ") + leader;
    map.rows.push_back(std::move(row));
  }
  return map;
}

}  // namespace

HeatMap survival_map(const Explanation& explanation) {
  HeatMap map = map_of(explanation, explanation.survival, [&](const std::string& metric) {
    return std::vector<ByName<double>>{morris_shares(explanation, metric)};
  });
  map.id = "survival";
  map.title = "What decides whether the circuit works: all evaluations";
  return map;
}

HeatMap tuning_map(const Explanation& explanation) {
  HeatMap map = map_of(explanation, explanation.tuning, [&](const std::string& metric) {
    return std::vector<ByName<double>>{simulated_shares(explanation, metric), sobol_shares(explanation, metric)};
  });
  map.id = "tuning";
  map.title = "What trades performance: around the design";
  return map;
}

}  // namespace exturbo::report
