// What an evaluation tells of the devices: operating points, and what makes noise, heat and poles.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <limits>

#include "evaluator.hpp"
#include "exturbo/core/number.hpp"
#include "isolated_devices.hpp"

namespace exturbo::spice {
namespace {

constexpr double kOffCurrent = 1e-9;     ///< A, below which a device counts as off.
constexpr double kBelowThreshold = 0.3;  ///< V, where gm/ID has come within a percent of its most.
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::string region_of(const DeviceState& state) {
  if (std::abs(state.id) < kOffCurrent) return "off";
  if (state.vds < state.vdsat) return "triode";
  return state.vgs < state.vth ? "weak" : "saturation";
}

/// ngspice's parameter that is the value of a linear element, or null for what has none to tell.
const char* value_parameter(char letter) {
  switch (letter) {
    case 'r':
      return "resistance";
    case 'c':
      return "capacitance";
    case 'l':
      return "inductance";
    case 'e':
    case 'g':
      return "gain";
    default:
      return nullptr;
  }
}

/// A noise analysis of one frequency with a summary of each device: "noise v(out) vp lin 1 1e3 1e3 1"; "" if the
/// command has another form.
std::string noise_summary(const std::string& command, double frequency) {
  const std::string lower = lower_case(command);
  for (const char* sweep : {" dec ", " lin ", " oct "}) {
    const std::size_t place = lower.find(sweep);
    const std::string at = " " + core::format_exact(frequency);
    if (place != std::string::npos) return command.substr(0, place) + " lin 1" + at + at + " 1";
  }
  return "";
}

/// Of the vectors of a noise spectrum those of a whole element: "onoise.m.xdut.m1", "onoise_r.xdut.r1".
std::string noise_vector_of(const CircuitElement& element, const std::vector<std::string>& names) {
  for (const char* prefix : {"onoise.", "onoise_"}) {
    const std::string name = std::string(prefix).append(element.device);
    if (std::find(names.begin(), names.end(), name) != names.end()) return name;
  }
  return "";
}

}  // namespace

std::optional<double> Evaluator::device_value(const std::string& device, const char* parameter) const {
  const auto values = engine_.vector("@" + device + "[" + parameter + "]");
  return values.empty() ? std::nullopt : std::optional(values.back().real());
}

std::map<std::string, DeviceState> Evaluator::devices(const TestbenchPlan& testbench) {
  std::map<std::string, DeviceState> states;
  for (const MosInstance& device : plan_.devices) {
    const auto value = [&](const char* parameter) {
      return device_value("m." + testbench.cell.name + "." + device.path, parameter).value_or(0);
    };
    DeviceState state;
    state.id = std::abs(value("id"));
    state.gm = value("gm");
    state.gds = value("gds");
    state.gmbs = value("gmbs");
    // ngspice gives terminal voltages of PMOS devices negative and their thresholds of either sign, by model.
    state.vgs = value("vgs");
    state.vds = value("vds");
    state.vth = std::abs(value("vth"));
    state.vdsat = std::abs(value("vdsat"));
    if (state.vds < 0) {
      state.vds = -state.vds;
      state.vgs = -state.vgs;
    }
    state.region = region_of(state);
    states[device.name] = state;
  }
  return states;
}

void Evaluator::note_network(const TestbenchPlan& testbench, CornerOutcome& outcome) {
  outcome.network.testbench = testbench.name;
  for (const CircuitElement& element : testbench.elements) {
    const char* parameter = value_parameter(element.letter);
    const double value = parameter == nullptr ? 0 : device_value(element.device, parameter).value_or(kNan);
    const auto state = outcome.devices.find(element.name);
    const bool is_told = parameter != nullptr || element.letter == 'v' || element.letter == 'i' ||
                         (element.letter == 'm' && state != outcome.devices.end());
    if (is_told && std::isfinite(value) && !element.nodes.empty()) {
      outcome.network.elements.push_back({element.name, element.letter, element.nodes, value});
    } else {
      outcome.network.unknown.push_back(element.name);
    }
    if (element.cell.empty()) continue;
    double power = 0;
    if (element.letter == 'm') {
      power = state == outcome.devices.end() ? 0 : state->second.id * state->second.vds;
    } else if (element.letter == 'd') {
      power = device_value(element.device, "id").value_or(0) * device_value(element.device, "vd").value_or(0);
    } else if (std::string("rivq").find(element.letter) != std::string::npos) {
      power = device_value(element.device, "p").value_or(0);
    }
    if (power > 0 && std::isfinite(power)) outcome.powers[element.name] = power;
  }
}

/// One more analysis for each noise metric, so that the metrics stay what they are without it.
void Evaluator::note_noise_shares(const TestbenchPlan& testbench, const TestbenchData& data, CornerOutcome& outcome) {
  for (const AnalysisPlan& analysis : testbench.analyses) {
    if (analysis.kind != "noise") continue;
    for (const std::size_t reader : analysis.readers) {
      const problem::MetricDefinition& metric = plan_.metrics.at(reader);
      const Measure* measure = measure_of(metric.measure);
      if (measure == nullptr) continue;
      try {
        const double frequency = MeasureArguments(measure->info, data, metric.options, values_).number("frequency");
        const std::string command =
            noise_summary(problem::substitute_expressions(analysis.command, values_), frequency);
        set_ac_sources(testbench, analysis);
        if (command.empty() || !engine_.run(command)) continue;
        auto shares = noise_shares(testbench);
        if (!shares.empty()) outcome.noise_shares[metric.id] = std::move(shares);
      } catch (const NotMeasurable&) {
        // The metric says why.
      } catch (const problem::ExpressionError&) {
      }
      engine_.destroy_plots();
    }
  }
}

std::map<std::string, double> Evaluator::noise_shares(const TestbenchPlan& testbench) const {
  std::map<std::string, double> shares;
  const auto whole = engine_.noise_vector("onoise_spectrum");
  const std::vector<std::string> names = engine_.noise_names();
  if (whole.empty() || !(whole.back().real() > 0)) return shares;
  for (const CircuitElement& element : testbench.elements) {
    const std::string name = noise_vector_of(element, names);
    const auto density = name.empty() ? whole : engine_.noise_vector(name);
    if (name.empty() || density.empty() || !(density.back().real() > 0)) continue;
    const double ratio = density.back().real() / whole.back().real();
    shares[element.name] = ratio * ratio;
  }
  return shares;
}

/// Last, for it loads a circuit of its own.
void Evaluator::note_small_signals(const TestbenchPlan& testbench, CornerOutcome& outcome) {
  const auto voltage = [&](const std::string& node) {
    const auto found = outcome.nodes.find(node);
    return found == outcome.nodes.end() ? 0 : found->second;
  };
  std::map<std::string, double> weak_gates;
  for (const CircuitElement& element : testbench.elements) {
    const auto state = outcome.devices.find(element.name);
    if (element.letter != 'm' || state == outcome.devices.end() || element.nodes.size() != 4) continue;
    const double source = voltage(element.nodes[2]);
    const double polarity = voltage(element.nodes[0]) < source ? -1 : 1;
    weak_gates[element.name] = source + polarity * (state->second.vth - kBelowThreshold);
  }
  const auto deck = isolated_deck(deck_of(testbench), variables_, testbench.elements, outcome.nodes);
  for (const auto& [name, lone] : lone_devices(engine_, deck, testbench.elements, weak_gates)) {
    const auto state = outcome.devices.find(name);
    if (state == outcome.devices.end()) continue;
    state->second.capacitances = lone.capacitances;
    state->second.conductances = lone.conductances;
    if (lone.weak_gm_over_id > 0) state->second.weak_gm_over_id = lone.weak_gm_over_id;
  }
}

}  // namespace exturbo::spice
