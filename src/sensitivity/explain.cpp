// Explains a run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/explain.hpp"

#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "agreement.hpp"
#include "design_slopes.hpp"
#include "exturbo/gp/sobol.hpp"
#include "exturbo/sensitivity/device_view.hpp"
#include "exturbo/sensitivity/morris.hpp"
#include "exturbo/sensitivity/relevance.hpp"
#include "exturbo/sensitivity/sobol_indices.hpp"
#include "exturbo/sizing/cost.hpp"
#include "limits.hpp"
#include "run_data.hpp"

namespace exturbo::sensitivity {
namespace {

using run::Json;

constexpr Eigen::Index kSobolRows = 1024;
constexpr double kTuningReach = 0.05;  ///< Of each range, to both sides of the design.
constexpr Eigen::Index kTuningPoints = 64;
constexpr std::size_t kPairs = 5;
constexpr double kLeastPair = 0.01;  ///< Share of the variance from which a pair is told.

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json to_json(const IndexEstimate& index) { return {number(index.value), number(index.lower), number(index.upper)}; }

/// One granularity of one metric.
struct Granularity {
  const char* status = "failed";
  Eigen::Index points = 0;
  double quality = 0;  ///< R^2 of leave-one-out predictions of the model that gives the slopes.
  std::vector<VariableRelevance> variables;
};

/// All that the models tell of one metric.
struct MetricModels {
  Granularity survival, tuning;
  SobolIndices sobol;
  std::vector<VariablePair> pairs;
  MorrisEffects morris;
};

Eigen::Index finite_count(const Eigen::Ref<const Eigen::VectorXd>& values) { return values.array().isFinite().count(); }

class Explanation {
 public:
  Explanation(const run::RunFolder& run, const problem::Problem& problem, const Json& result)
      : problem_(problem), data_(collect(problem, run.evaluations())), tuning_size_(tuning_size(data_)) {
    const Json& best = result.at("best");
    json_["design"] = {{"evaluation", best.at("index")}, {"evaluations", result.at("evaluations")}};
    json_["variables"] = data_.variables;
    for (const std::string& name : data_.variables) values_.push_back(best.at("variables").at(name).get<double>());
    const std::vector<double> unit = sizing::search_space(problem).to_unit(values_);
    design_ = Eigen::Map<const Eigen::VectorXd>(unit.data(), data_.dimensions());
    feasible_ = result.at("status") == "feasible";
  }

  void fit_models() {
    const auto begin = std::chrono::steady_clock::now();
    const auto count = static_cast<int>(data_.metrics.size());
    models_.resize(data_.metrics.size());
#pragma omp parallel for schedule(dynamic, 1)
    for (int k = 0; k < count; ++k) models_[static_cast<std::size_t>(k)] = fit_metric(k);
    json_["survival"] = fits_json(data_.size(), &MetricModels::survival);
    json_["tuning"] = fits_json(tuning_size_, &MetricModels::tuning);
    json_["sobol"] = sobol_json();
    json_["morris"] = morris_json();
    model_seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }

  void simulate_slopes(sizing::DesignEvaluator& evaluator) {
    slopes_ = design_slopes(problem_, evaluator, design_);
    Json& elasticity = json_["elasticity"] = Json::object();
    for (const auto& [metric, slopes] : slopes_.metrics) {
      Json& row = elasticity[metric] = Json::object();
      for (std::size_t j = 0; j < slopes.size(); ++j) {
        if (!slopes[j]) continue;
        const Slope& slope = *slopes[j];
        row[data_.variables[j]] = {{"derivative", slope.derivative},
                                   {"elasticity", slope.elasticity ? Json(*slope.elasticity) : Json(nullptr)},
                                   {"error", slope.error},
                                   {"sided", slope.side == 0  ? "central"
                                             : slope.side > 0 ? "up"
                                                              : "down"}};
      }
    }
  }

  void compare_methods() {
    Json& agreement = json_["agreement"] = Json::object();
    for (std::size_t k = 0; k + 1 < data_.metrics.size(); ++k) {
      const MetricModels& models = models_[k];
      if (models.tuning.variables.empty()) continue;
      const std::vector<Ranking> rankings{
          {"length-scales", sizes(models.tuning, &VariableRelevance::relevance)},
          {"slopes of the models", sizes(models.tuning, &VariableRelevance::sensitivity)},
          {"Sobol' indices", totals(models.sobol)},
          {"simulated slopes", simulated(data_.metrics[k])}};
      const Agreement verdict = compare(data_.variables, rankings);
      Json& row = agreement[data_.metrics[k]] = {{"agrees", verdict.agrees}, {"statement", verdict.statement}};
      const char* keys[] = {"relevance", "sensitivity", "sobol", "simulated"};
      for (std::size_t i = 0; i < rankings.size(); ++i) {
        if (rankings[i].known()) row["top"][keys[i]] = data_.variables[static_cast<std::size_t>(rankings[i].top())];
      }
      if (!rankings[3].known()) continue;
      for (const std::size_t i : {std::size_t{0}, std::size_t{1}})
        row["rank_correlation"][keys[i]] = rank_correlation(rankings[i].sizes, rankings[3].sizes);
    }
  }

  void find_limits(sizing::DesignEvaluator& evaluator) {
    if (!feasible_ || slopes_.design.failed()) return;
    const Limits limits = sensitivity::find_limits(problem_, data_, slopes_, design_, evaluator);
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
    json_["limits"] = {{"objective",
                        {{"metric", problem_.objective.metric},
                         {"value", number(limits.objective)},
                         {"reached", number(limits.predicted.objective)},
                         {"simulated", proposal_json(limits.simulated, true)}}},
                       {"active", std::move(active)},
                       {"inactive", limits.inactive}};
  }

  void view_devices(const sizing::Machine& machine) {
    const Json view =
        to_json(sensitivity::view_devices(problem_, problem::complete_variables(problem_, values_), machine));
    for (const auto& [key, part] : view.items()) json_[key] = part;
  }

  Json finish(int simulations, double simulate_seconds) {
    json_["simulations"] = simulations;
    json_["seconds"] = {{"models", model_seconds_}, {"simulate", simulate_seconds}};
    return std::move(json_);
  }

 private:
  using GranularityOf = Granularity MetricModels::*;

  /// Points of the box of +-kTuningReach around the design, it among them: where tuning happens.
  Eigen::MatrixXd around_design() const {
    const Eigen::VectorXd low = (design_.array() - kTuningReach).cwiseMax(0.0);
    const Eigen::VectorXd width = (design_.array() + kTuningReach).cwiseMin(1.0).matrix() - low;
    Eigen::MatrixXd points(data_.dimensions(), kTuningPoints + 1);
    points << design_,
        ((gp::sobol_points(data_.dimensions(), kTuningPoints).array().colwise() * width.array()).colwise() +
         low.array())
            .matrix();
    return points;
  }

  Granularity granularity(const OutputModel& model, Eigen::Index k, Eigen::Index count,
                          const Eigen::MatrixXd& where) const {
    const Eigen::VectorXd values = data_.values.col(k).head(count);
    Granularity result;
    result.points = finite_count(values);
    if (model.status() == FitStatus::kFailed) return result;
    result.variables.resize(data_.variables.size());
    result.status = "constant";
    if (model.status() == FitStatus::kConstant) return result;
    result.status = result.points < least_tuning_size(data_.dimensions()) ? "low_data" : "ok";
    result.quality = model.leave_one_out();
    set_slopes(model, where, result.variables);
    set_relevances(data_.points.leftCols(count), values, data_.ratios[static_cast<std::size_t>(k)], result.variables);
    return result;
  }

  MetricModels fit_metric(Eigen::Index k) const {
    const bool ratio = data_.ratios[static_cast<std::size_t>(k)];
    const OutputModel survival(data_.points, data_.values.col(k), ratio);
    // J jumps where specs begin to be missed: among the best designs it is smooth.
    const bool jumps = data_.metrics[static_cast<std::size_t>(k)] == kCost;
    const OutputModel best(
        jumps ? OutputModel(data_.points.leftCols(tuning_size_), data_.values.col(k).head(tuning_size_), ratio)
              : OutputModel());
    const OutputModel& model = jumps ? best : survival;
    const Eigen::MatrixXd around = around_design();
    MetricModels models;
    models.survival = granularity(survival, k, data_.size(), data_.points);
    models.tuning = granularity(model, k, tuning_size_, around);
    if (survival.status() == FitStatus::kOk)
      models.morris = morris_effects([&](const Eigen::MatrixXd& x) { return survival.values(x); }, data_.dimensions());
    if (model.status() != FitStatus::kOk) return models;
    const Eigen::VectorXd low = around.rowwise().minCoeff(), width = around.rowwise().maxCoeff() - low;
    SobolOptions options;
    options.rows = kSobolRows;
    options.pairs = models.pairs = all_pairs(data_.dimensions());
    models.sobol = sobol_indices(
        [&](const Eigen::MatrixXd& x) {
          return model.values(((x.array().colwise() * width.array()).colwise() + low.array()).matrix());
        },
        data_.dimensions(), options);
    return models;
  }

  Json fits_json(Eigen::Index points, GranularityOf of) const {
    Json metrics = Json::object();
    for (std::size_t k = 0; k < models_.size(); ++k) {
      const Granularity& fit = models_[k].*of;
      Json variables = Json::object();
      for (std::size_t j = 0; j < fit.variables.size(); ++j) {
        const VariableRelevance& v = fit.variables[j];
        variables[data_.variables[j]] = {{"lengthscale", v.lengthscale > 0 ? Json(v.lengthscale) : Json(nullptr)},
                                         {"relevance", v.relevance},
                                         {"interval", {v.low, v.high}},
                                         {"sensitivity", v.sensitivity},
                                         {"slope", v.slope},
                                         {"direction", v.direction}};
      }
      metrics[data_.metrics[k]] = {{"status", fit.status},
                                   {"points", fit.points},
                                   {"quality", fit.quality},
                                   {"variables", std::move(variables)}};
    }
    return {{"points", points},
            {"low_data", points < least_tuning_size(data_.dimensions())},
            {"metrics", std::move(metrics)}};
  }

  Json sobol_json() const {
    Json all = Json::object();
    for (std::size_t k = 0; k < models_.size(); ++k) {
      const SobolIndices& sobol = models_[k].sobol;
      if (sobol.first.empty()) continue;
      Json& row = all[data_.metrics[k]];
      for (std::size_t j = 0; j < data_.variables.size(); ++j)
        row["variables"][data_.variables[j]] = {{"first", to_json(sobol.first[j])}, {"total", to_json(sobol.total[j])}};
      std::vector<std::size_t> order(sobol.second.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::stable_sort(order.begin(), order.end(),
                       [&](std::size_t a, std::size_t b) { return sobol.second[a].value > sobol.second[b].value; });
      row["pairs"] = Json::array();
      for (const std::size_t i : order) {
        if (row["pairs"].size() == kPairs || !(sobol.second[i].value >= kLeastPair)) break;
        const auto [a, b] = models_[k].pairs[i];
        row["pairs"].push_back(
            {{"variables",
              {data_.variables[static_cast<std::size_t>(a)], data_.variables[static_cast<std::size_t>(b)]}},
             {"second", to_json(sobol.second[i])}});
      }
    }
    return all;
  }

  Json morris_json() const {
    Json all = Json::object();
    for (std::size_t k = 0; k < models_.size(); ++k) {
      const MorrisEffects& morris = models_[k].morris;
      if (morris.mean.size() == 0) continue;
      for (std::size_t j = 0; j < data_.variables.size(); ++j) {
        const auto at = static_cast<Eigen::Index>(j);
        all[data_.metrics[k]][data_.variables[j]] = {{"mean", number(morris.mean[at])},
                                                     {"mean_absolute", number(morris.mean_absolute[at])},
                                                     {"deviation", number(morris.deviation[at])}};
      }
    }
    return all;
  }

  static Json proposal_json(const Proposal& proposal, bool simulated) {
    Json json{{"met", proposal.met}, {"objective", number(proposal.objective)}, {"change", number(proposal.change)}};
    if (simulated) {
      json["variables"] = proposal.variables;
      json["missed"] = proposal.missed;
    }
    return json;
  }

  static Eigen::VectorXd sizes(const Granularity& fit, double VariableRelevance::*of) {
    Eigen::VectorXd result(static_cast<Eigen::Index>(fit.variables.size()));
    for (std::size_t j = 0; j < fit.variables.size(); ++j) result[static_cast<Eigen::Index>(j)] = fit.variables[j].*of;
    return result;
  }

  static Eigen::VectorXd totals(const SobolIndices& sobol) {
    Eigen::VectorXd result(static_cast<Eigen::Index>(sobol.total.size()));
    for (std::size_t j = 0; j < sobol.total.size(); ++j) result[static_cast<Eigen::Index>(j)] = sobol.total[j].value;
    return result;
  }

  /// Sizes of the simulated slopes; empty if one is not known.
  Eigen::VectorXd simulated(const std::string& metric) const {
    const auto found = slopes_.metrics.find(metric);
    if (found == slopes_.metrics.end()) return {};
    Eigen::VectorXd result(static_cast<Eigen::Index>(found->second.size()));
    for (std::size_t j = 0; j < found->second.size(); ++j) {
      if (!found->second[j]) return {};
      result[static_cast<Eigen::Index>(j)] = std::abs(found->second[j]->derivative);
    }
    return result;
  }

  const problem::Problem& problem_;
  RunData data_;
  Eigen::Index tuning_size_;
  std::vector<double> values_;  ///< Of the design's free variables.
  Eigen::VectorXd design_;      ///< The same in the unit cube.
  bool feasible_ = false;
  std::vector<MetricModels> models_;
  DesignSlopes slopes_;
  Json json_;
  double model_seconds_ = 0;
};

}  // namespace

Json explain(const run::RunFolder& run, const sizing::Machine& machine, const ExplainOptions& options,
             const ExplainControl& control) {
  const Json result = run.read_json("result.json");
  const problem::Problem problem = sizing::open_problem(run, machine.allow_command);
  const auto goes_on = [&](const char* phase) {
    if (control.stop != nullptr && control.stop->load()) return false;
    if (control.on_phase) control.on_phase(phase);
    return true;
  };
  try {
    Explanation explanation(run, problem, result);
    if (!goes_on("models")) return {};
    explanation.fit_models();
    int simulations = 0;
    double seconds = 0;
    if (options.simulate) {
      sizing::DesignEvaluator evaluator(problem, machine);
      if (!goes_on("slopes")) return {};
      const auto begin = std::chrono::steady_clock::now();
      explanation.simulate_slopes(evaluator);
      if (!goes_on("limits")) return {};
      explanation.find_limits(evaluator);
      if (!problem.evaluator) explanation.view_devices(machine);
      seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      simulations = evaluator.evaluations();
    }
    explanation.compare_methods();
    Json json = explanation.finish(simulations, seconds);
    run.write("sensitivity.json", json.dump(2) + "\n");
    return json;
  } catch (const Json::exception& error) {
    throw run.no_result(error);
  }
}

}  // namespace exturbo::sensitivity
