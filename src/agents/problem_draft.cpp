// Drafts a sizing problem: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/agents/problem_draft.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "draft_cell.hpp"
#include "draft_elements.hpp"
#include "draft_kind.hpp"
#include "draft_pins.hpp"
#include "draft_variables.hpp"
#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "problem_text.hpp"
#include "spice/fault_hints.hpp"
#include "spice/netlist_text.hpp"

namespace exturbo::agents {
namespace {

/// Roles of the pins that a kind of circuit has.
std::vector<std::string> needed_roles(const std::string& kind) {
  if (kind == "siso") return {"in", "out", "vdd", "vss"};
  return {"inp", "inn", "out", "vdd", "vss"};
}

enum class InputDevices { kUnknown, kNmos, kPmos, kBoth };

/// What the numbers of a kind are for this cell and process: shares of the supply, volts, volts and amperes.
std::map<std::string, double> kind_values(const problem::Process& process, InputDevices inputs) {
  // Below this a threshold takes half of the supply: an input at its middle starves.
  constexpr double kLowSupply = 1.15;
  const bool low = process.supply < kLowSupply;
  std::map<std::string, double> values{
      {"supply", process.supply}, {"vcm", 0.5},        {"step_low", 0.4}, {"step_high", 0.6},
      {"icmr_low", 0.45},         {"icmr_high", 0.55}, {"swing", 0.5},    {"thd", low ? -50 : -55}};
  const auto set = [&](double vcm, double step_low, double step_high, double icmr_low, double icmr_high) {
    values["vcm"] = vcm;
    values["step_low"] = step_low;
    values["step_high"] = step_high;
    values["icmr_low"] = icmr_low;
    values["icmr_high"] = icmr_high;
  };
  if (inputs == InputDevices::kPmos) set(low ? 0.35 : 0.5, low ? 0.2 : 0.25, low ? 0.5 : 0.55, 0.2, low ? 0.5 : 0.55);
  if (inputs == InputDevices::kNmos) set(low ? 0.65 : 0.5, low ? 0.5 : 0.45, low ? 0.8 : 0.72, low ? 0.5 : 0.45, 0.75);
  if (inputs == InputDevices::kBoth) set(0.5, 0.2, 0.8, 0.1, 0.9);
  return values;
}

/// Polarity of each MOS model of the cell: its card in the netlist, then the process. Unknown ones are faults.
std::map<std::string, std::string> polarities(const DraftCell& cell, const std::vector<DraftElement>& elements,
                                              const problem::Process& process, std::vector<core::Fault>& faults) {
  std::map<std::string, std::string> polarity;
  for (const DraftElement& element : elements) {
    if (!element.is_mos() || polarity.contains(element.model)) continue;
    const auto card = cell.mos_cards.find(element.model);
    const auto device = process.devices.find(element.model);
    std::string type = card != cell.mos_cards.end()      ? card->second
                       : device != process.devices.end() ? device->second.type
                                                         : "";
    if (type.empty()) {
      faults.push_back({"INI-011", cell.file, "line " + std::to_string(cell.lines[element.line].line),
                        "'" + element.model + "' is neither an NMOS nor a PMOS by its card or by the process",
                        "add .model " + element.model + " nmos or pmos to the netlist"});
    }
    polarity[element.model] = type;
  }
  return polarity;
}

/// Names the transistors of the process in place of the netlist's own.
void use_process_models(DraftCell& cell, const std::vector<DraftElement>& elements, const problem::Process& process,
                        const std::map<std::string, std::string>& polarity) {
  for (const DraftElement& element : elements) {
    if (!element.is_mos() || process.devices.contains(element.model)) continue;
    std::string text = element.name;
    for (std::size_t i = 1; i < element.words.size(); ++i)
      text += " " + (i == 5 ? polarity.at(element.model) == "nmos" ? process.nmos : process.pmos : element.words[i]);
    cell.lines[element.line].text = text;
  }
}

InputDevices input_devices(const std::vector<DraftElement>& elements,
                           const std::map<std::string, std::string>& polarity, const std::vector<std::string>& inputs) {
  bool nmos = false, pmos = false;
  for (const DraftElement& element : elements) {
    if (!element.is_mos() || std::find(inputs.begin(), inputs.end(), element.nodes[1]) == inputs.end()) continue;
    (polarity.at(element.model) == "nmos" ? nmos : pmos) = true;
  }
  return nmos && pmos ? InputDevices::kBoth
         : nmos       ? InputDevices::kNmos
         : pmos       ? InputDevices::kPmos
                      : InputDevices::kUnknown;
}

/// Nodes of a bench at the ports of the cell; `other` names those that are not called like their role.
std::string bench_nodes(const DraftCell& cell, const DraftPins& pins, const std::map<std::string, std::string>& other) {
  std::string nodes;
  for (const std::string& port : cell.ports) {
    const std::string role = pins.roles.at(port);
    const auto node = other.find(role);
    nodes += (nodes.empty() ? "" : " ") + (node == other.end() ? role : node->second);
  }
  return nodes;
}

Json variable_json(const DraftVariable& variable) {
  Json json;
  if (variable.integer) {
    json = {{"min", std::lround(variable.min)}, {"max", std::lround(variable.max)}};
  } else {
    json = {{"min", spice_number(variable.min)}, {"max", spice_number(variable.max)}};
  }
  json["scale"] = variable.log ? "log" : "linear";
  if (variable.integer) {
    json["integer"] = true;
  } else if (variable.grid > 0) {
    json["grid"] = spice_number(variable.grid);
  }
  if (variable.start) json["start"] = spice_number(*variable.start);
  json["note"] = variable.note;
  return json;
}

std::string cell_text(const DraftCell& cell, const std::filesystem::path& netlist) {
  std::string text = "* Cell of " + netlist.filename().string() + ", as drafted by exturbo init.\n";
  for (const DraftLine& line : cell.lines) text += line.text + "\n";
  return text;
}

class Drafter {
 public:
  Drafter(const std::filesystem::path& netlist, const problem::Process& process, const DraftOptions& options)
      : netlist_(netlist), process_(process), options_(options) {}

  ProblemDraftResult run() {
    check_kind();
    cell_ = read_draft_cell(netlist_, options_.cell, result_.faults);
    if (!result_.faults.empty()) return std::move(result_);
    find_pins();
    elements_ = draft_elements(cell_);
    polarity_ = polarities(cell_, elements_, process_, result_.faults);
    if (!result_.faults.empty()) return std::move(result_);
    use_process_models(cell_, elements_, process_, polarity_);
    const std::vector<std::string> inputs = input_ports();
    const Json kind = kind_json(options_.kind, kind_values(process_, input_devices(elements_, polarity_, inputs)));
    const std::vector<DraftVariable> variables = find_variables(kind, inputs);
    if (result_.faults.empty()) compose(kind, variables);
    return std::move(result_);
  }

 private:
  void check_kind() {
    const std::vector<std::string> kinds = circuit_kinds();
    if (std::find(kinds.begin(), kinds.end(), options_.kind) != kinds.end()) return;
    result_.faults.push_back({"INI-012", "command line", "--kind", "unknown kind '" + options_.kind + "'",
                              spice::did_you_mean(options_.kind, kinds, "known: " + spice::join(kinds))});
  }

  void find_pins() {
    const std::vector<std::string> needed = needed_roles(options_.kind);
    pins_ = name_pins(cell_, options_.pins, needed, result_.faults);
    for (const std::string& role : needed) {
      if (pins_.port(role).empty())
        result_.faults.push_back({"INI-008", cell_.file, "",
                                  "no port of '" + cell_.subcircuit + "' is known to be " + role,
                                  "give it by --pins " + role + "=PORT; its ports: " + spice::join(cell_.ports)});
    }
    for (const std::string& port : cell_.ports) {
      if (!pins_.roles.contains(port))
        result_.faults.push_back({"INI-009", cell_.file, "", "what drives the port '" + port + "' is not known",
                                  "name it by --pins, or make it inside the cell"});
    }
  }

  std::vector<std::string> input_ports() const {
    std::vector<std::string> ports;
    for (const char* role : {"inp", "inn", "in"}) {
      if (const std::string port = pins_.port(role); !port.empty()) ports.push_back(port);
    }
    return ports;
  }

  std::vector<DraftVariable> find_variables(const Json& kind, const std::vector<std::string>& inputs) {
    std::vector<std::string> fixed;
    for (const auto& [name, value] : kind.at("parameters").items()) fixed.push_back(name);
    RangeBasis basis;
    basis.process = &process_;
    basis.supply_current =
        *core::parse_number(kind.at("specs").at("power").at("max").get<std::string>()) / process_.supply;
    basis.load = *core::parse_number(kind.at("parameters").at("cl").get<std::string>());
    basis.inputs = inputs;
    std::vector<DraftVariable> variables = draft_variables(cell_, elements_, fixed, basis, polarity_, result_.faults);
    if (variables.empty() && result_.faults.empty())
      result_.faults.push_back({"INI-013", cell_.file, "", "there is nothing to size in '" + cell_.subcircuit + "'",
                                "give its elements values or {names}"});
    return variables;
  }

  void compose(Json kind, const std::vector<DraftVariable>& variables) {
    std::map<std::string, std::string> texts{
        {"cell", cell_.name},
        {"bias", ""},
        {"servo_sign", "+"},
        {"nodes", bench_nodes(cell_, pins_, {{"vss", "0"}})},
        {"follower_nodes", bench_nodes(cell_, pins_, {{"vss", "0"}, {"inn", "out"}})}};
    for (auto& [name, bench] : kind.at("testbenches").items()) {
      const std::string file = bench.at("netlist").get<std::string>();
      const std::string base = file.substr(file.find('/') + 1);
      result_.draft.files[base] = bench_text(file, texts);
      bench["netlist"] = base;
    }
    for (auto& [metric, spec] : kind.at("specs").items()) spec["note"] = "default of init: edit";
    const std::string netlist = cell_.name + ".cir";
    result_.draft.cell = cell_.name;
    result_.draft.files[netlist] = cell_text(cell_, netlist_);
    Json problem{{"name", cell_.name}, {"netlist", netlist}, {"cell", cell_.name}, {"pdk", options_.pdk}};
    problem["parameters"] = kind.at("parameters");
    for (const DraftVariable& variable : variables) problem["variables"][variable.name] = variable_json(variable);
    for (const char* part : {"testbenches", "metrics", "specs", "objective"}) problem[part] = kind.at(part);
    problem["corners"] = Json::array({{{"process", "tt"}, {"temperature", spice_number(process_.temperature)}}});
    problem["budget"] = 400;
    problem["batch"] = 4;
    result_.draft.problem = problem_text(problem);
  }

  const std::filesystem::path& netlist_;
  const problem::Process& process_;
  const DraftOptions& options_;
  ProblemDraftResult result_;
  DraftCell cell_;
  DraftPins pins_;
  std::vector<DraftElement> elements_;
  std::map<std::string, std::string> polarity_;
};

}  // namespace

ProblemDraftResult draft_problem(const std::filesystem::path& netlist, const problem::Process& process,
                                 const DraftOptions& options) {
  return Drafter(netlist, process, options).run();
}

}  // namespace exturbo::agents
