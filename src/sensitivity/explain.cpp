// Explains a run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/explain.hpp"

#include <chrono>
#include <vector>

#include "explanation_json.hpp"
#include "exturbo/sensitivity/device_view.hpp"
#include "exturbo/sizing/cost.hpp"

namespace exturbo::sensitivity {
namespace {

using run::Json;

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count(); }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// What is explained: the best design of a result.
struct Design {
  std::vector<double> values;  ///< Of the free variables.
  Eigen::VectorXd unit;
  bool feasible = false;
};

Design design_of(const problem::Problem& problem, const Json& result) {
  Design design;
  for (const problem::Variable* variable : problem.free_variables())
    design.values.push_back(result.at("best").at("variables").at(variable->name).get<double>());
  const std::vector<double> unit = sizing::search_space(problem).to_unit(design.values);
  design.unit = Eigen::Map<const Eigen::VectorXd>(unit.data(), static_cast<Eigen::Index>(unit.size()));
  design.feasible = result.at("status") == "feasible";
  return design;
}

void put_device_view(const problem::Problem& problem, const Design& design, const sizing::Machine& machine,
                     Json& told) {
  const Json view = to_json(view_devices(problem, problem::complete_variables(problem, design.values), machine));
  for (const auto& [key, part] : view.items()) told[key] = part;
}

/// Null if it was stopped.
Json explained(const run::RunFolder& run, const problem::Problem& problem, const Json& result,
               const sizing::Machine& machine, const ExplainOptions& options, const ExplainControl& control) {
  const auto goes_on = [&](const char* phase) {
    if (control.stop != nullptr && control.stop->load()) return false;
    if (control.on_phase) control.on_phase(phase);
    return true;
  };
  const RunData data = collect(problem, run.evaluations());
  const Design design = design_of(problem, result);
  Json told{{"design", {{"evaluation", result.at("best").at("index")}, {"evaluations", result.at("evaluations")}}},
            {"variables", data.variables}};
  if (!goes_on("models")) return {};
  const Stopwatch whole;
  const std::vector<MetricModels> models = fit_metrics(data, design.unit);
  told["survival"] = fits_json(data, models, &MetricModels::survival, data.size());
  told["tuning"] = fits_json(data, models, &MetricModels::tuning, tuning_size(data));
  told["sobol"] = sobol_json(data, models);
  told["morris"] = morris_json(data, models);

  DesignSlopes slopes;
  int simulations = 0;
  double simulating = 0;
  if (options.simulate) {
    sizing::DesignEvaluator evaluator(problem, machine);
    if (!goes_on("slopes")) return {};
    slopes = design_slopes(problem, evaluator, design.unit);
    told["elasticity"] = elasticity_json(data, slopes);
    if (!goes_on("limits")) return {};
    if (design.feasible && !slopes.design.failed()) {
      told["limits"] =
          limits_json(problem.objective.metric, find_limits(problem, data, slopes, design.unit, evaluator));
    }
    const Stopwatch viewing;
    if (!problem.evaluator) put_device_view(problem, design, machine, told);
    simulations = evaluator.evaluations();
    simulating = evaluator.seconds() + viewing.seconds();
  }
  told["agreement"] = agreement_json(data, models, slopes);
  told["simulations"] = simulations;
  told["seconds"] = {{"models", whole.seconds() - simulating}, {"simulate", simulating}};
  return told;
}

}  // namespace

Json explain(const run::RunFolder& run, const sizing::Machine& machine, const ExplainOptions& options,
             const ExplainControl& control) {
  const Json result = run.read_json("result.json");
  const problem::Problem problem = sizing::open_problem(run, machine.allow_command);
  try {
    Json told = explained(run, problem, result, machine, options, control);
    if (!told.is_null()) run.write("sensitivity.json", told.dump(2) + "\n");
    return told;
  } catch (const Json::exception& error) {
    throw run.no_result(error);
  }
}

}  // namespace exturbo::sensitivity
