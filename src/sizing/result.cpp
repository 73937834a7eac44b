// What a run hands back: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "result.hpp"

#include <cmath>

#include "exturbo/sizing/cost.hpp"

namespace exturbo::sizing {

using run::Json;

void record_outcome(const problem::Problem& problem, const std::vector<std::size_t>& corners,
                    const spice::Outcome& outcome, run::Evaluation& evaluation) {
  evaluation.status = spice::to_string(spice::Status::kOk);
  evaluation.corners.clear();
  for (std::size_t i = 0; i < outcome.corners.size(); ++i) {
    const spice::CornerOutcome& from = outcome.corners[i];
    const std::string& name = problem.corners.at(corners.at(i)).name;
    if (from.status != spice::Status::kOk && !evaluation.failed()) {
      evaluation.status = spice::to_string(from.status);
      evaluation.reason = name + ": " + from.reason;
    }
    run::CornerRecord corner{name, {}, from.unmeasured, from.nodes, from.solved_by, from.skipped};
    for (const auto& [id, value] : from.metrics) {
      if (std::isfinite(value)) {
        corner.metrics[id] = value;
      } else {
        corner.unmeasured[id] = "not a finite number";
      }
    }
    evaluation.corners.push_back(std::move(corner));
  }
  evaluation.seconds = outcome.seconds;
  evaluation.worker = outcome.worker;
  evaluation.attempts = outcome.attempts;
}

bool is_better(const run::Evaluation& a, const run::Evaluation& b) {
  return a.cost < b.cost || (a.cost == b.cost && a.index < b.index);
}

Json specs_json(const problem::Problem& problem, const run::Evaluation& evaluation) {
  Json list = Json::array();
  for (const problem::Spec& spec : problem.specs) {
    Json entry{{"metric", spec.metric}, {"unit", problem.metric(spec.metric)->unit}};
    if (spec.min) entry["min"] = *spec.min;
    if (spec.max) entry["max"] = *spec.max;
    const auto value = evaluation.metrics.find(spec.metric);
    const bool measured = value != evaluation.metrics.end();
    entry["value"] = measured ? Json(value->second) : Json(nullptr);
    entry["met"] = violation(spec, measured ? &value->second : nullptr) == 0;
    entry["margin"] = measured ? Json(relative_margin(spec, value->second)) : Json(nullptr);
    list.push_back(std::move(entry));
  }
  return list;
}

Json devices_json(const spice::CornerOutcome& outcome) {
  Json devices = Json::object();
  for (const auto& [name, state] : outcome.devices) {
    Json& device = devices[name];
    device = {{"region", state.region}, {"id", state.id},          {"gm", state.gm},   {"gds", state.gds},
              {"gmbs", state.gmbs},     {"vgs", state.vgs},        {"vds", state.vds}, {"vth", state.vth},
              {"vdsat", state.vdsat},   {"margin", state.margin()}};
    if (!state.capacitances) continue;
    const spice::TerminalMatrix& c = *state.capacitances;
    device.update({{"cgg", c.gg},
                   {"cgd", c.gd},
                   {"cgs", c.gs},
                   {"cdg", c.dg},
                   {"cdd", c.dd},
                   {"cds", c.ds},
                   {"csg", c.sg},
                   {"csd", c.sd},
                   {"css", c.ss}});
  }
  return devices;
}

/// Of all that the cell's elements turn into heat.
std::map<std::string, double> power_shares(const spice::CornerOutcome& outcome) {
  double total = 0;
  for (const auto& [name, power] : outcome.powers) total += power;
  std::map<std::string, double> shares = outcome.powers;
  for (auto& [name, share] : shares) share /= total;
  return shares;
}

Json result_json(const problem::Problem& problem, const std::map<int, run::Evaluation>& evaluations,
                 const run::Evaluation& best, const spice::Outcome& best_outcome, std::uint64_t rng_seed,
                 const Seconds& seconds) {
  int failed = 0;
  std::size_t corner_simulations = 0;
  Json first_feasible = nullptr;
  for (const auto& [index, evaluation] : evaluations) {
    failed += evaluation.failed() ? 1 : 0;
    corner_simulations += evaluation.corners.size();
    if (evaluation.feasible && first_feasible.is_null()) first_feasible = index;
  }
  Json corners = Json::object();
  for (std::size_t i = 0; i < best.corners.size(); ++i) {
    const run::CornerRecord& corner = best.corners[i];
    corners[corner.name] = {{"metrics", corner.metrics},
                            {"unmeasured", corner.unmeasured},
                            {"operating_points", devices_json(best_outcome.corners.at(i))},
                            {"power_shares", power_shares(best_outcome.corners.at(i))},
                            {"noise_shares", best_outcome.corners.at(i).noise_shares}};
  }
  Json result;
  result["status"] = best.feasible ? "feasible" : "infeasible";
  result["cost"] = best.cost;
  result["evaluations"] = evaluations.size();
  result["failed_evaluations"] = failed;
  result["corner_simulations"] = corner_simulations;
  result["first_feasible"] = first_feasible;
  result["rng_seed"] = rng_seed;
  result["specs"] = specs_json(problem, best);
  result["best"] = {{"index", best.index},     {"origin", best.origin},         {"variables", best.variables},
                    {"metrics", best.metrics}, {"unmeasured", best.unmeasured}, {"corners", corners}};
  if (best.derived_cards) result["best"]["derived_cards"] = true;
  result["seconds"] = {{"simulate", seconds.simulate}, {"model", seconds.model}, {"total", seconds.total}};
  return result;
}

}  // namespace exturbo::sizing
