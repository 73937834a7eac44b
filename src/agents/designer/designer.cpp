// The built-in designer: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/agents/designer.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "agents/seed_confidence.hpp"
#include "bias_point.hpp"
#include "design_reason.hpp"
#include "design_style.hpp"
#include "exturbo/bo/search_space.hpp"
#include "exturbo/circuit/netlist.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "exturbo/linalg/minimise_box.hpp"
#include "exturbo/sizing/cost.hpp"
#include "performance_model.hpp"
#include "sizing/design_evaluator.hpp"
#include "sizing/pool_options.hpp"

namespace exturbo::agents {
namespace {

constexpr int kFirstRounds = 6;     ///< Of the first style, which starts in the middle of the ranges.
constexpr int kRounds = 3;          ///< Of the others.
constexpr double kReach = 1.0;      ///< |d ln x| of the first round: how far derivatives are trusted.
constexpr double kSpecWeight = 50;  ///< Of a squared slack against a squared ln(gm/ID / aim).
constexpr double kAimWeight = 0.05;
constexpr double kLeastMargin = 0.05;  ///< V beyond saturation.
constexpr int kModelEvaluations = 60;

/// One design with what the simulator says of it.
struct Trial {
  std::vector<double> values;
  run::Evaluation evaluation;
  BiasPoint bias;
  Prediction prediction;
};

class Designer {
 public:
  Designer(const problem::Problem& problem, const sizing::Machine& machine, const ProcessTables& tables,
           SizedCell& cell, Roles roles, DesignerProgress on_progress)
      : problem_(problem),
        on_progress_(std::move(on_progress)),
        space_(sizing::search_space(problem)),
        model_(problem, cell, tables, std::move(roles)),
        bias_(problem, names_of(cell), sizing::pool_options(machine)),
        evaluator_(problem, machine) {}

  DesignerResult run() {
    DesignerResult result;
    std::optional<Trial> first;
    for (const DesignStyle& style : design_styles()) {
      const std::optional<Trial> best = improve(style, first ? kRounds : kFirstRounds, first);
      if (!best) break;
      if (!first) first = best;
      problem::Seed seed;
      seed.agent = "designer";
      seed.role = style.name;
      seed.variables = named(best->values);
      seed.reason = design_reason(problem_, style, model_, best->prediction, best->evaluation);
      seed.confidence = confidence_of(best->evaluation);
      result.seeds.push_back(std::move(seed));
    }
    // The confidence falls strictly in J.
    std::stable_sort(result.seeds.begin(), result.seeds.end(),
                     [](const problem::Seed& a, const problem::Seed& b) { return a.confidence > b.confidence; });
    if (result.seeds.empty()) result.status = bias_reason_;
    result.operating_points = bias_.operating_points();
    result.evaluations = evaluator_.evaluations();
    result.first_feasible = first_feasible_;
    return result;
  }

 private:
  static std::vector<std::string> names_of(const SizedCell& cell) {
    std::vector<std::string> names;
    for (const SizedMos& mos : cell.mos()) names.push_back(mos.name);
    return names;
  }

  std::map<std::string, double> named(const std::vector<double>& values) const {
    std::map<std::string, double> result;
    const auto variables = problem_.free_variables();
    for (std::size_t i = 0; i < variables.size(); ++i) result[variables[i]->name] = values[i];
    return result;
  }

  /// The best design that some rounds of equations and simulations find: a trust region about the best one so far,
  /// which halves each time the equations promised what the simulator did not find. Without a design to start from it
  /// begins in the middle of the ranges, where nothing is sized yet and the equations alone say where to go.
  std::optional<Trial> improve(const DesignStyle& style, int rounds, std::optional<Trial> best) {
    if (best) {
      if (!best->bias.has_derivatives) best->bias = bias_.solve(best->values, true);
      stand_at(*best);
    } else {
      BiasPoint middle = bias_.solve(space_.round_values(problem::middle_values(problem_)), true);
      bias_reason_ = "no operating point in the middle of the ranges: " + middle.reason;
      if (!middle.solved) return std::nullopt;
      model_.set_bias(std::move(middle));
    }
    double reach = kReach;
    std::vector<double> values = solve(style, model_.bias().free_values, reach);
    for (int round = 1; round <= rounds; ++round) {
      BiasPoint bias = bias_.solve(values, round < rounds);
      if (!bias.solved) {
        values = halfway(model_.bias().free_values, values);
        continue;
      }
      Trial trial{values, evaluate(style, values), std::move(bias), {}};
      stand_at(trial);
      trial.prediction = model_.predict(values);
      if (!best || is_better(style, trial, *best)) {
        best = std::move(trial);
        if (best->evaluation.feasible && aims_met(style, best->evaluation)) break;
      } else {
        reach /= 2;
        stand_at(*best);
      }
      if (round < rounds) values = solve(style, model_.bias().free_values, reach);
    }
    if (!best) bias_reason_ = "no operating point of a sized design";
    return best;
  }

  /// The equations speak of the design and are corrected to it from now on.
  void stand_at(const Trial& trial) {
    model_.set_bias(trial.bias);
    model_.correct(trial.evaluation.metrics);
  }

  static std::vector<double> halfway(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> middle;
    for (std::size_t i = 0; i < a.size(); ++i) middle.push_back(std::sqrt(a[i] * b[i]));
    return middle;
  }

  /// Feasible before infeasible, then the less costly; among feasible ones the one closer to the style's aims.
  bool is_better(const DesignStyle& style, const Trial& a, const Trial& b) const {
    if (a.evaluation.feasible != b.evaluation.feasible) return a.evaluation.feasible;
    if (!a.evaluation.feasible) return a.evaluation.cost < b.evaluation.cost;
    return distance(style, a.evaluation.metrics) < distance(style, b.evaluation.metrics);
  }

  /// The part of goal() that metrics decide.
  double distance(const DesignStyle& style, const std::map<std::string, double>& metrics) const {
    const auto power = metrics.find("power");
    const double watts = power == metrics.end() ? problem_.objective.reference : std::max(power->second, 1e-12);
    return kSpecWeight * shortfall(style, metrics) +
           style.power_weight * std::log(watts / problem_.objective.reference);
  }

  bool aims_met(const DesignStyle& style, const run::Evaluation& evaluation) const {
    return shortfall(style, evaluation.metrics) < 1e-3;
  }

  /// Sum of squares of what metrics lack to the specs with the style's margins and wishes.
  double shortfall(const DesignStyle& style, const std::map<std::string, double>& metrics) const {
    double sum = 0;
    for (const problem::Spec& spec : problem_.specs) {
      const auto found = metrics.find(spec.metric);
      if (found == metrics.end()) continue;
      double value = found->second;
      if (spec.metric == "unity_gain_frequency" || spec.metric == "slew_rate") value /= style.faster;
      if (spec.metric == "dc_gain") value -= style.more_gain;
      const double slack = sizing::largest_slack(problem_, spec, value) + style.margin;
      if (slack > 0) sum += slack * slack;
    }
    return sum;
  }

  /// What the equations are solved for: the specs with margin, saturation, little power, the style's aims.
  double goal(const DesignStyle& style, const std::vector<double>& values) const {
    const Prediction prediction = model_.predict(values);
    double sum = distance(style, prediction.metrics);
    if (!prediction.metrics.contains("unity_gain_frequency")) sum += kSpecWeight;
    const double min_length = problem_.process.min_length;
    for (std::size_t i = 0; i < prediction.devices.size(); ++i) {
      const Role role = model_.roles().of[i];
      const PredictedDevice& device = prediction.devices[i];
      const Aim& aim = style.aim(role);
      const double inversion = std::log(std::max(device.point.gm_id, 0.1) / aim.gm_id);
      const double length = std::log(device.length / (aim.length * min_length));
      sum += kAimWeight * (inversion * inversion + length * length);
      if (role == Role::kBias) continue;  // Some are in triode by intent.
      const double lack = (kLeastMargin - device.margin()) / kLeastMargin;
      if (lack > 0) sum += std::min(lack * lack, 4.0);
    }
    return sum;
  }

  std::vector<double> solve(const DesignStyle& style, const std::vector<double>& from, double reach) const {
    const auto variables = problem_.free_variables();
    const auto size = static_cast<Eigen::Index>(from.size());
    Eigen::VectorXd start(size), lower(size), upper(size);
    for (Eigen::Index j = 0; j < size; ++j) {
      const auto& variable = *variables[static_cast<std::size_t>(j)];
      start(j) = std::log(from[static_cast<std::size_t>(j)]);
      lower(j) = std::max(std::log(variable.min), start(j) - reach);
      upper(j) = std::min(std::log(variable.max), start(j) + reach);
    }
    const auto at = [&](const Eigen::VectorXd& z) {
      std::vector<double> values(from.size());
      for (Eigen::Index j = 0; j < size; ++j) values[static_cast<std::size_t>(j)] = std::exp(z(j));
      return goal(style, values);
    };
    const linalg::SmoothFunction function = [&](const Eigen::VectorXd& z, Eigen::VectorXd& gradient) {
      const double value = at(z);
      for (Eigen::Index j = 0; j < size; ++j) {
        Eigen::VectorXd next = z;
        const double step = z(j) + 1e-4 <= upper(j) ? 1e-4 : -1e-4;
        next(j) += step;
        gradient(j) = (at(next) - value) / step;
      }
      return value;
    };
    linalg::MinimiseOptions options;
    options.max_evaluations = kModelEvaluations;
    options.relative_decrease = 1e-5;
    const Eigen::VectorXd z = linalg::minimise_box(function, start, lower, upper, options).x;
    std::vector<double> values;
    for (Eigen::Index j = 0; j < size; ++j) values.push_back(std::exp(z(j)));
    return space_.round_values(values);
  }

  run::Evaluation evaluate(const DesignStyle& style, const std::vector<double>& values) {
    run::Evaluation evaluation = evaluator_.evaluate({values}).front();
    if (evaluation.feasible && first_feasible_ == 0) first_feasible_ = evaluator_.evaluations();
    if (on_progress_) on_progress_(style.name, evaluator_.evaluations(), evaluation.cost);
    return evaluation;
  }

  const problem::Problem& problem_;
  DesignerProgress on_progress_;
  bo::SearchSpace space_;
  PerformanceModel model_;
  BiasSolver bias_;
  sizing::DesignEvaluator evaluator_;
  std::string bias_reason_;
  int first_feasible_ = 0;
};

}  // namespace

DesignerResult design_seeds(const problem::Problem& problem, const sizing::Machine& machine,
                            const DesignerProgress& on_progress) {
  DesignerResult result;
  const auto refuse = [&](const std::string& why) {
    result.status = why;
    return result;
  };
  if (problem.evaluator) return refuse("a command evaluates the designs: there is no netlist to read");
  if (open_loop_bench(problem) == nullptr) return refuse("no testbench measures dc_gain");
  for (const problem::Variable* variable : problem.free_variables()) {
    if (variable->min <= 0) return refuse("variable " + variable->name + " may be zero or negative");
  }
  const circuit::CircuitDescriptionResult read =
      circuit::read_netlist(problem.netlist_lines, problem.netlist.string(), problem.cell, &problem.process);
  if (!read.faults.empty()) return refuse(read.faults.front().what);
  SizedCell cell(problem, read.description);
  if (!cell.faults().empty()) return refuse(cell.faults().front());
  Roles roles = cell_roles(cell, circuit::recognise(read.description), read.description.ports);
  if (!roles.fault.empty()) return refuse(roles.fault);
  const ProcessTables tables = process_tables(problem.process, machine.worker);
  return Designer(problem, machine, tables, cell, std::move(roles), on_progress).run();
}

}  // namespace exturbo::agents
