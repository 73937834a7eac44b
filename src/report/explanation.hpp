// What a report tells of why the design is as it is, read from sensitivity.json.
// SPDX-License-Identifier: BSD-3-Clause
//
// Any key of the file may be absent or null: what is not known stays empty.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exturbo/run/run_folder.hpp"

namespace exturbo::report {

/// Values by the name of a metric, variable or device, in the order of the file.
template <typename Value>
using ByName = std::vector<std::pair<std::string, Value>>;

/// The value of this name, or nullptr.
template <typename Value>
const Value* find(const ByName<Value>& values, const std::string& name) {
  const auto found = std::find_if(values.begin(), values.end(), [&](const auto& entry) { return entry.first == name; });
  return found == values.end() ? nullptr : &found->second;
}

struct Estimate {
  std::optional<double> value;
  std::optional<double> low;
  std::optional<double> high;
};

/// What the fitted model of a metric says of a variable.
struct VariableFit {
  std::optional<double> lengthscale;
  Estimate relevance;                 ///< Share of the inverse length-scales.
  std::optional<double> sensitivity;  ///< Share of the slopes of the posterior mean.
  std::optional<double> direction;    ///< 1: the metric rises with the variable everywhere, -1: nowhere.
};

struct MetricFit {
  std::string status;
  std::optional<double> points;
  std::optional<double> quality;  ///< R² of leave-one-out.
  ByName<VariableFit> variables;

  bool ok() const { return status == "ok"; }
};

/// The fits at one granularity, by metric ("J" is the cost).
struct Fits {
  std::optional<double> points;
  bool low_data = false;
  ByName<MetricFit> metrics;
};

/// Shares of a metric's variance.
struct SobolIndices {
  Estimate first;
  Estimate total;
};

struct SobolPair {
  std::vector<std::string> variables;
  Estimate second;
};

struct MetricSobol {
  ByName<SobolIndices> variables;
  std::vector<SobolPair> pairs;  ///< Largest first.
};

/// A simulated derivative at the design.
struct Slope {
  std::optional<double> derivative;  ///< By the variable's position (0 to 1) in its range.
  std::optional<double> elasticity;
  std::optional<double> error;  ///< Of the derivative.
  std::string sided;            ///< "central", "up" or "down".
};

/// Whether the methods name the same variables for a metric.
struct Agreement {
  std::optional<bool> agrees;
  std::string statement;
  ByName<std::string> top;          ///< Method -> variable.
  ByName<double> rank_correlation;  ///< Method -> with the simulated derivatives.
};

/// What came of a tightened bound.
struct Tightening {
  std::optional<bool> met;
  std::optional<double> objective;
  std::optional<double> change;
  std::vector<std::string> missed;
};

struct Move {
  std::string variable;
  std::optional<double> from;
  std::optional<double> to;
};

/// A spec that holds the objective where it is.
struct ActiveSpec {
  std::string metric;
  std::string side;  ///< "min" or "max".
  std::optional<double> bound;
  std::optional<double> value;
  std::optional<double> margin;
  std::optional<double> price;  ///< d objective / d bound.
  std::optional<double> tightened;
  std::optional<Tightening> predicted;
  std::optional<Tightening> simulated;
  std::vector<Move> pays;  ///< Largest first.
};

struct DeviceView {
  std::optional<double> gm_over_id;
  std::optional<double> inversion_coefficient;
  std::string inversion;  ///< "weak", "moderate" or "strong".
  std::optional<double> power_share;
  std::optional<double> noise_share;
};

struct Pole {
  std::string node;
  std::optional<double> frequency;
  std::vector<std::string> devices;
  std::string role;
};

struct Explanation {
  std::vector<std::string> variables;  ///< Free ones, in the order of the problem.
  Fits survival;                       ///< Of all evaluations: what decides whether the circuit works.
  Fits tuning;                         ///< Of the best ones: what trades performance.
  ByName<MetricSobol> sobol;
  ByName<ByName<double>> morris;  ///< Metric -> variable -> mean size of the elementary effects.
  ByName<ByName<Slope>> slopes;
  ByName<Agreement> agreement;
  std::optional<double> reached;  ///< Objective of the best design found around it, of sizes off the grid.
  std::vector<ActiveSpec> active;
  std::vector<std::string> inactive;
  ByName<DeviceView> devices;  ///< At the first corner.
  std::vector<Pole> poles;
  std::optional<double> simulations;
};

/// The explanation of evaluation `design`; nothing if there is none, or one of another design only.
/// \throws core::InputError with all faults if sensitivity.json holds what it must not.
std::optional<Explanation> read_explanation(const run::RunFolder& run, int design);

}  // namespace exturbo::report
