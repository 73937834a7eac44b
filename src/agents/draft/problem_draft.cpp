// Drafts a sizing problem: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/agents/problem_draft.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "draft_biases.hpp"
#include "draft_cell.hpp"
#include "draft_elements.hpp"
#include "draft_kind.hpp"
#include "draft_models.hpp"
#include "draft_pins.hpp"
#include "draft_polarity.hpp"
#include "draft_sizes.hpp"
#include "draft_topology.hpp"
#include "draft_variables.hpp"
#include "exturbo/core/number.hpp"
#include "problem/paths.hpp"
#include "problem_text.hpp"
#include "spice/fault_hints.hpp"

namespace exturbo::agents {
namespace {

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

std::string cell_text(const DraftCell& cell) {
  std::string text = "* The cell as exturbo init drafted it.\n";
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
    elements_ = draft_elements(cell_);
    topology_ = read_topology(cell_, elements_, process_, result_.draft.notes, result_.faults);
    check_names(cell_, result_.faults);
    check_units(cell_, elements_, result_.faults);
    if (!result_.faults.empty()) return std::move(result_);
    find_pins();
    if (!result_.faults.empty()) return std::move(result_);
    size();
    if (!result_.faults.empty()) return std::move(result_);
    find_directions();
    if (result_.faults.empty()) compose();
    return std::move(result_);
  }

 private:
  void fault(const std::string& id, const std::string& what, const std::string& hint) {
    result_.faults.push_back({id, cell_.file, "", what, hint});
  }

  void check_kind() {
    const std::vector<std::string> kinds = circuit_kinds();
    if (std::find(kinds.begin(), kinds.end(), options_.kind) != kinds.end()) return;
    result_.faults.push_back({"INI-012", "command line", "--kind", "unknown kind '" + options_.kind + "'",
                              spice::did_you_mean(options_.kind, kinds, "known: " + spice::join(kinds))});
  }

  void find_pins() {
    const std::vector<std::string> needed = kind_pins(options_.kind);
    pins_ = name_pins(cell_, options_.pins, needed, kind_optional_pins(options_.kind), result_.faults);
    recognised_ = recognise(topology_, pins_);
    connect_pins(cell_, topology_, recognised_, needed, pins_);
    for (const std::string& role : needed) {
      if (pins_.port(role).empty() && !options_.pins.contains(role))
        fault("INI-008", "no port of '" + cell_.subcircuit + "' is known to be " + role,
              "give it by --pins " + role + "=PORT; its ports: " + spice::join(cell_.ports));
    }
    if (!result_.faults.empty()) return;
    for (const std::string& port : cell_.ports) {
      if (!pins_.roles.contains(port))
        fault("INI-009", "what the port '" + port + "' is for is not known", "name it by --pins, or remove it");
    }
  }

  std::vector<std::string> input_ports() const {
    std::vector<std::string> ports;
    for (const char* role : {"inp", "inn", "in"}) {
      if (const std::string port = pins_.port(role); !port.empty()) ports.push_back(port);
    }
    return ports;
  }

  /// Values of the kind, names for numbers, variables.
  void size() {
    use_process_models(cell_, elements_, process_, topology_.polarity);
    RangeBasis basis;
    basis.inputs = input_ports();
    values_ = kind_values(process_, input_devices(elements_, topology_.polarity, basis.inputs));
    kind_ = kind_json(options_.kind, values_);
    const auto number = [](const Json& json) {
      return json.is_number() ? json.get<double>() : core::parse_number(json.get<std::string>()).value();
    };
    basis.process = &process_;
    basis.supply_current = number(kind_.at("specs").at("power").at("max")) / process_.supply;
    basis.load = number(kind_.at("parameters").at("cl"));
    basis.starts = name_sizes(cell_, elements_, find_groups(topology_, recognised_), result_.draft.notes);
    std::vector<std::string> fixed;
    for (const auto& [name, value] : kind_.at("parameters").items()) fixed.push_back(name);
    variables_ = draft_variables(cell_, elements_, fixed, basis, topology_.polarity, result_.faults);
    for (const DraftVariable& variable : variables_) {
      const auto start = basis.starts.find(variable.name);
      if (start == basis.starts.end() || !variable.start ||
          std::abs(*variable.start - start->second) <= 0.1 * start->second)
        continue;
      result_.draft.notes.push_back(variable.name + " starts at " + core::format_number(*variable.start, 4) +
                                    " in place of " + core::format_number(start->second, 4) + ", which " +
                                    process_.name + " cannot make");
    }
    biases_ = biases_of(cell_, pins_, topology_, basis, variables_);
    for (const Bias& bias : biases_) {
      variables_.push_back(bias.variable);
      result_.draft.notes.push_back(bias.variable.name + " is the " + bias.variable.note);
    }
    use_library_form(cell_, elements_, process_);
    if (variables_.empty() && result_.faults.empty())
      fault("INI-013", "there is nothing to size in '" + cell_.subcircuit + "'", "give its elements values or {names}");
  }

  std::map<std::string, std::string> bench_texts() const {
    std::string bias;
    for (const Bias& one : biases_) bias += (bias.empty() ? "" : "\n") + one.line;
    const auto nodes = [&](const std::string& inverting) {
      std::string text;
      for (const std::string& port : cell_.ports) {
        const std::string& role = pins_.roles.at(port);
        const auto one = std::find_if(biases_.begin(), biases_.end(), [&](const Bias& b) { return b.port == port; });
        text += (text.empty() ? "" : " ") + (one != biases_.end() ? one->node
                                             : role == "vss"      ? "0"
                                             : role == "inn"      ? inverting
                                                                  : role);
      }
      return text;
    };
    return {{"cell", cell_.name},
            {"bias", bias},
            {"servo_sign", inverting_ ? "+" : "-"},
            {"low", core::format_exact(0.05 * process_.supply)},
            {"high", core::format_exact(0.95 * process_.supply)},
            {"nodes", nodes("inn")},
            {"follower_nodes", nodes("out")}};
  }

  /// What names and connections leave open is simulated: the order of the inputs, the sign of a single input's gain.
  void find_directions() {
    const Json& bench = kind_.at("polarity");
    PolarityTrial trial;
    trial.cell = cell_.name;
    trial.cell_lines = problem::split_lines(cell_text(cell_));
    trial.bench_lines = problem::split_lines(bench_text(bench.at("netlist").get<std::string>(), bench_texts()));
    trial.command = bench.at("command").get<std::string>();
    trial.parameters = {{"vdd", process_.supply}, {"vcm", values_.at("vcm") * process_.supply}, {"cl", 1e-12}};
    trial.variables = &variables_;
    trial.process = &process_;
    const std::optional<bool> rising = rises(trial);
    const bool single = !pins_.port("in").empty(), differential = !pins_.port("outp").empty();
    if (!single && pins_.inputs_by_name && (!differential || pins_.outputs_by_name)) {
      // The names stand; what the start design does is told.
      if (rising && !*rising)
        result_.draft.notes.push_back("by simulation the output falls with " + pins_.port("inp") + ", named like inp");
    } else if (!rising) {
      fault("INI-015",
            single ? "a simulation does not show whether the output follows or inverts the input"
                   : "a simulation does not show which input inverts",
            single ? "check the netlist: the output does not move with the input"
                   : "give it by --pins inp=PORT,inn=PORT" + std::string(differential ? ",outp=PORT,outn=PORT" : ""));
    } else if (single) {
      inverting_ = !*rising;
    } else if (differential && pins_.inputs_by_name) {
      if (!*rising) pins_.swap("outp", "outn");
      result_.draft.notes.push_back("by simulation outp is " + pins_.port("outp") + " and outn is " +
                                    pins_.port("outn"));
    } else {
      if (!*rising) pins_.swap("inp", "inn");
      result_.draft.notes.push_back("by simulation inp is " + pins_.port("inp") + " and inn is " + pins_.port("inn"));
    }
  }

  void compose() {
    const auto texts = bench_texts();
    for (auto& [name, bench] : kind_.at("testbenches").items()) {
      const std::string file = bench.at("netlist").get<std::string>();
      const std::string base = file.substr(file.find('/') + 1);
      result_.draft.files[base] = bench_text(file, texts);
      bench["netlist"] = base;
    }
    for (auto& [metric, spec] : kind_.at("specs").items()) spec["note"] = "default of init: edit";
    std::string netlist = cell_.name + ".cir";
    if (result_.draft.files.contains(netlist)) netlist = cell_.name + "_cell.cir";
    // The heading that cell_text() adds stands for the first line.
    result_.draft.cell_sources.files = cell_.places.files;
    result_.draft.cell_sources.places.push_back(cell_.places.places.front());
    for (const DraftLine& line : cell_.lines)
      result_.draft.cell_sources.places.push_back(cell_.places.places[static_cast<std::size_t>(line.line) - 1]);
    result_.draft.cell = cell_.name;
    result_.draft.cell_file = netlist;
    result_.draft.files[netlist] = cell_text(cell_);
    // A problem would take a relative path to start at its own folder.
    const bool is_path = options_.pdk.find('/') != std::string::npos;
    const std::string pdk = is_path ? std::filesystem::weakly_canonical(options_.pdk).string() : options_.pdk;
    Json problem{{"name", cell_.name}, {"netlist", netlist}, {"cell", cell_.name}, {"pdk", pdk}};
    problem["parameters"] = kind_.at("parameters");
    for (const DraftVariable& variable : variables_) problem["variables"][variable.name] = variable_json(variable);
    for (const char* part : {"testbenches", "metrics", "specs", "objective"}) problem[part] = kind_.at(part);
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
  DraftTopology topology_;
  circuit::Recognition recognised_;
  std::map<std::string, double> values_;  ///< Of the kind.
  Json kind_;
  std::vector<DraftVariable> variables_;
  std::vector<Bias> biases_;
  bool inverting_ = true;
};

}  // namespace

ProblemDraftResult draft_problem(const std::filesystem::path& netlist, const problem::Process& process,
                                 const DraftOptions& options) {
  return Drafter(netlist, process, options).run();
}

}  // namespace exturbo::agents
