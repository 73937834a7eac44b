// What a worker is told once about a problem, so that an evaluation needs only the variables.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "circuit_elements.hpp"
#include "exturbo/problem/problem.hpp"
#include "exturbo/spice/deck.hpp"
#include "exturbo/spice/pool.hpp"
#include "netlist_text.hpp"

namespace exturbo::spice {

struct AnalysisPlan {
  std::string name;
  std::string kind;     ///< "ac", "dc", "tran", "noise", "op"
  std::string command;  ///< With its `{expressions}` still in it.
  std::map<std::string, double> ac;
  std::vector<std::string> vectors;  ///< What the metrics read; empty: no metric reads this analysis.
  std::vector<std::size_t> readers;  ///< Indices of the metrics whose built-in measures read it.
  std::vector<std::string> meas;     ///< `meas` commands to run after it.
};

struct TestbenchPlan {
  std::string name;
  DeckTemplate deck;
  DeckTemplate derived_deck;  ///< The same on derived cards; empty if that is the same deck.
  std::vector<AnalysisPlan> analyses;
  std::vector<std::string> sources;  ///< Independent sources, whose AC magnitudes are set for each analysis.
  CellInstance cell;
  std::vector<CircuitElement> elements;  ///< Of testbench and cell.
  /// Nothing in it makes edges in time: ngspice loses those to come when a transient is stopped and resumed.
  bool edgeless = false;
};

struct CornerPlan {
  std::map<std::string, double> parameters;
  double supply = 0;         ///< V; nodes of the cell stay within it.
  double current_limit = 0;  ///< A; more from the supply is no result.
  std::vector<TestbenchPlan> testbenches;
};

struct Plan {
  std::vector<CornerPlan> corners;
  std::vector<problem::MetricDefinition> metrics;
  std::vector<MosInstance> devices;
  std::vector<std::string> ports;  ///< Of the cell.
  std::set<std::string> specs;     ///< Metrics that have one.
  bool in_place = true;            ///< These three as in PoolOptions.
  bool adaptive_sweeps = true;
  bool early_stop = false;
};

Plan make_plan(const problem::Problem& problem, const PoolOptions& options);

nlohmann::json to_json(const Plan& plan);
Plan plan_from_json(const nlohmann::json& json);

/// First word of an analysis command, lower case.
std::string analysis_kind(const std::string& command);

}  // namespace exturbo::spice
