// A sizing problem: netlist, variables, testbenches, metrics, specs, objective, corners; or, in place of netlist,
// process, testbenches and corners, a command that evaluates designs. SI units throughout.
// SPDX-License-Identifier: BSD-3-Clause
//
// Plain data, as read by load_problem() (load.hpp), which guarantees what the comments below promise.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/problem/evaluator.hpp"
#include "exturbo/problem/process.hpp"

namespace exturbo::problem {

enum class Scale { kLinear, kLog };

/// What is sized. A tied variable has no range of its own: its value is ratio * value of `tie`.
struct Variable {
  std::string name;
  double min = 0;
  double max = 0;
  Scale scale = Scale::kLinear;
  double grid = 0;       ///< Step of the value, counted from zero; 0: continuous.
  bool integer = false;  ///< Same as grid 1.
  std::string tie;       ///< Name of the free variable this one follows, or "".
  double ratio = 1;
  std::optional<double> start;  ///< A person's own starting value; if any variable has one, it becomes a seed.

  bool is_free() const { return tie.empty(); }
};

/// One ngspice analysis of a testbench.
struct Analysis {
  std::string name;
  std::string command;               ///< "ac dec 10 1 10g"; `{expression of parameters}` is replaced.
  std::map<std::string, double> ac;  ///< AC magnitude by source, lower case; every other source gets 0.
};

struct Testbench {
  std::string name;
  std::filesystem::path netlist;   ///< Absolute, inside the problem's folder.
  std::vector<std::string> lines;  ///< Its content, a line each, includes pasted.
  std::vector<Analysis> analyses;
  LineSources sources;  ///< Where the lines come from.
};

enum class MetricKind { kMeasure, kMeas, kExpression, kMargin, kReturned };

/// A measured number: a built-in measure, a user's `.meas`, an expression of other metrics, a device margin, or what
/// the evaluator's command returns.
struct MetricDefinition {
  std::string id;
  MetricKind kind = MetricKind::kMeasure;
  std::string testbench;
  std::string measure;                         ///< Built-in measure, or the name in the user's .meas line, or the id.
  std::string expression;                      ///< Of other metrics' ids, for kExpression.
  std::string device;                          ///< For kMargin.
  std::map<std::string, std::string> options;  ///< Text of the measure's options; numbers may be expressions in braces.
  std::string unit;                            ///< "dB", "Hz", ... ; known for built-in measures, else as given.
};

/// A bound on a metric. At least one of min, max is set.
struct Spec {
  std::string metric;
  std::optional<double> min;
  std::optional<double> max;
  double scale = 1;           ///< Smallest denominator of the relative violation, in the metric's unit.
  bool nominal_only = false;  ///< No bound in Monte Carlo.
  /// Bounds in Monte Carlo; if either is set they take the place of min and max there.
  std::optional<double> monte_carlo_min;
  std::optional<double> monte_carlo_max;
};

/// The spec as it stands in Monte Carlo; nothing if it has no bound there.
std::optional<Spec> monte_carlo_spec(const Spec& spec);

/// What is minimised.
struct Objective {
  std::string metric;
  double reference = 1;  ///< f_ref of cost J: its own spec's bound, or as given.
};

/// Process corner, temperature (degrees Celsius) and parameter overrides under which a design is simulated.
struct Corner {
  std::string name;
  std::string process = "tt";
  double temperature = 27;
  std::map<std::string, double> parameters;  ///< Those whose values differ from Problem::parameters.
};

struct Problem {
  std::string name;
  std::filesystem::path file;    ///< The problem JSON, absolute.
  std::filesystem::path folder;  ///< Its folder; no file outside it and the process folder is read.
  std::filesystem::path netlist;
  std::vector<std::string> netlist_lines;  ///< Includes pasted.
  LineSources netlist_sources;
  std::string cell;
  Process process;
  std::map<std::string, double> parameters;
  /// Parameters given as expressions of others, without their braces: in a corner they follow what it changes.
  std::map<std::string, std::string> parameter_expressions;
  std::vector<Variable> variables;
  std::vector<Testbench> testbenches;
  std::vector<MetricDefinition> metrics;
  std::vector<Spec> specs;
  Objective objective;
  std::vector<Corner> corners;         ///< At least one; with an evaluator one, kEvaluatorCorner.
  std::optional<Evaluator> evaluator;  ///< Set: there is no netlist, process, testbench or parameter.
  int budget = 400;
  int batch = 4;
  /// The user trusts the decks of this problem: `.control` blocks and file sources pass the checks, and workers may run
  /// programs and touch files; or the command of its evaluator. Set by LoadOptions::allow_command alone, never read
  /// from a file and never stored.
  bool allow_command = false;
  std::vector<std::string> warnings;  ///< Things that are allowed and probably not meant.

  std::vector<const Variable*> free_variables() const;
  const Spec* spec(const std::string& metric) const;
  const MetricDefinition* metric(const std::string& id) const;
};

/// Start values of the free variables, else the middles of their ranges (geometric on a log scale) on their grids.
std::vector<double> middle_values(const Problem& problem);

/// Values of all variables, tied ones included, from the free ones in the order of free_variables().
std::map<std::string, double> complete_variables(const Problem& problem, const std::vector<double>& free_values);

}  // namespace exturbo::problem
