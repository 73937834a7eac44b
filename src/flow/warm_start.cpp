// Seeds of all agents: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/flow/warm_start.hpp"

#include <cstdio>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "exturbo/agents/designer.hpp"
#include "exturbo/agents/vlm_roles.hpp"
#include "exturbo/circuit/netlist.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/vlm/http_transport.hpp"
#include "exturbo/vlm/recorded_transport.hpp"

namespace exturbo::flow {
namespace {

/// ", cost 0.0123"; "" where no prices are known.
std::string cost_text(double cost) {
  if (!(cost > 0)) return "";
  char text[40];
  std::snprintf(text, sizeof text, ", cost %.4g", cost);
  return text;
}

std::vector<problem::Seed> ask_model(const problem::Problem& problem, const std::string& description,
                                     const WarmStartOptions& options, const WarmStartControl& control) {
  std::unique_ptr<vlm::Transport> live;
  std::unique_ptr<vlm::RecordedTransport> transport;
  if (!options.replay.empty()) {
    transport = std::make_unique<vlm::RecordedTransport>(options.replay);
  } else if (!options.record.empty()) {
    vlm::HttpOptions http;
    http.stop = control.stop;
    live = std::make_unique<vlm::HttpTransport>(vlm::endpoint_from_environment(), http);
    transport = std::make_unique<vlm::RecordedTransport>(options.record, *live);
  } else {
    return {};
  }
  agents::VlmRolesOptions roles;
  roles.schematic = options.schematic;
  roles.stop = control.stop;
  agents::VlmRolesResult result = agents::ask_roles(problem, description, *transport, roles);
  for (const std::string& note : result.notes) control.tell("model: " + note);
  control.tell("model: " + std::to_string(result.seeds.size()) + " seeds, " +
               std::to_string(result.usage.prompt_tokens) + " + " + std::to_string(result.usage.completion_tokens) +
               " tokens" + cost_text(result.usage.cost) +
               (result.status.empty() ? "" : "; stopped early: " + result.status));
  return std::move(result.seeds);
}

std::vector<problem::Seed> ask_designer(const problem::Problem& problem, const sizing::Machine& machine,
                                        const WarmStartControl& control) {
  agents::DesignerResult result = agents::design_seeds(problem, machine);
  control.tell(result.status.empty() ? "designer: " + std::to_string(result.seeds.size()) + " seeds from " +
                                           std::to_string(result.evaluations) + " evaluations and " +
                                           std::to_string(result.operating_points) + " operating points"
                                     : "designer: no seeds: " + result.status);
  return std::move(result.seeds);
}

}  // namespace

agents::RankedSeeds warm_start(const problem::Problem& problem, const std::string& description,
                               const WarmStartOptions& options, const sizing::Machine& machine,
                               const WarmStartControl& control) {
  WarmStartControl telling = control;
  if (!telling.tell) telling.tell = [](const std::string&) {};
  const auto stopped = [&] { return control.stop != nullptr && *control.stop; };
  std::vector<problem::Seed> seeds = ask_model(problem, description, options, telling);
  if (!stopped()) {
    std::vector<problem::Seed> designed = ask_designer(problem, machine, telling);
    seeds.insert(seeds.end(), std::make_move_iterator(designed.begin()), std::make_move_iterator(designed.end()));
  }
  agents::RankedSeeds ranked = agents::rank_seeds(problem, std::move(seeds), machine);
  for (std::size_t i = 0; i < ranked.seeds.size(); ++i) {
    char cost[32];
    std::snprintf(cost, sizeof cost, "J = %.4g", ranked.costs[i]);
    telling.tell(std::string(cost) + "  " + ranked.seeds[i].agent + ", " + ranked.seeds[i].role);
  }
  return ranked;
}

std::string describe_cell(const problem::Problem& problem) {
  circuit::CircuitDescriptionResult read =
      circuit::read_netlist(problem.netlist_lines, problem.netlist.string(), problem.cell, &problem.process);
  if (!read.faults.empty()) throw core::InputError(std::move(read.faults));
  return circuit::to_json(read.description, circuit::recognise(read.description));
}

}  // namespace exturbo::flow
