// Simulates the gm/ID tables of a process: see exturbo/agents/transistor_table.hpp.
// SPDX-License-Identifier: BSD-3-Clause
//
// One cell holds every length at every drain-source voltage, so a whole table is one operating point per gate-source
// voltage. Sources and bulks of the NMOS devices are at 0 V, those of the PMOS devices at the supply.
#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "exturbo/agents/transistor_table.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/core/number.hpp"
#include "exturbo/core/text.hpp"
#include "exturbo/run/run_folder.hpp"
#include "exturbo/spice/pool.hpp"
#include "transistor_cache.hpp"

namespace exturbo::agents {
namespace {

constexpr double kLengths[] = {1, 1.5, 2, 3, 4, 6, 8, 12, 20};  ///< In minimum lengths.
constexpr double kDrainVoltages[] = {0.15, 0.3, 0.5, 0.8};      ///< In supplies.
constexpr double kFirstGate = 0.1;                              ///< V
constexpr double kGateStep = 0.02;                              ///< V
constexpr double kLastGate = 1.2;                               ///< V, or the supply.
constexpr double kLeastDensity = 1e-6;                          ///< A/m: below it a device does nothing.

/// The transistor of that type in the process.
problem::Device device_of(const problem::Process& process, const std::string& type) {
  const auto found = process.devices.find(core::lower_case(type == "pmos" ? process.pmos : process.nmos));
  return found == process.devices.end() ? problem::Device{} : found->second;
}

/// "MN0_1": `M..` of a card, `X..` of a library's subcircuit.
std::string device_name(const problem::Device& device, const std::string& type, std::size_t length,
                        std::size_t voltage) {
  return (device.is_subcircuit ? "X" : "M") + std::string(type == "pmos" ? "P" : "N") + std::to_string(length) + "_" +
         std::to_string(voltage);
}

double round_to(double value, double grid) { return grid > 0 ? std::round(value / grid) * grid : value; }

struct Grid {
  std::vector<double> lengths;
  std::vector<double> drain_voltages;
  std::vector<double> gate_voltages;
  double width = 0;
};

Grid grid_of(const problem::Process& process) {
  Grid grid;
  for (const double ratio : kLengths) grid.lengths.push_back(round_to(ratio * process.min_length, process.grid));
  for (const double share : kDrainVoltages) grid.drain_voltages.push_back(share * process.supply);
  for (int i = 0; kFirstGate + i * kGateStep <= std::min(kLastGate, process.supply) + 1e-9; ++i)
    grid.gate_voltages.push_back(kFirstGate + i * kGateStep);
  grid.width = round_to(std::max(8 * process.min_width, 1e-6), process.grid);
  return grid;
}

std::string device_line(const problem::Process& process, const std::string& type, std::size_t length,
                        std::size_t voltage, const Grid& grid) {
  const problem::Device device = device_of(process, type);
  const bool is_p = type == "pmos";
  const std::string rail = is_p ? "vdd" : "vss";
  return device_name(device, type, length, voltage) + " " + (is_p ? "dp" : "dn") + std::to_string(voltage) + " " +
         (is_p ? "gp" : "gn") + " " + rail + " " + rail + " " + (is_p ? process.pmos : process.nmos) + " " +
         device.width + "=" + core::format_exact(grid.width / device.unit) + " " + device.length + "=" +
         core::format_exact(grid.lengths[length] / device.unit);
}

problem::Problem problem_of(const problem::Process& process, const Grid& grid) {
  problem::Problem problem;
  problem.name = problem.cell = "transistors";
  problem.process = process;
  problem.parameters["vdd"] = process.supply;
  problem::Variable gate;
  gate.name = "vgate";
  gate.min = 0;
  gate.max = process.supply;
  problem.variables = {gate};
  std::string ports = "gn gp";
  for (std::size_t v = 0; v < grid.drain_voltages.size(); ++v)
    ports += " dn" + std::to_string(v) + " dp" + std::to_string(v);
  ports += " vdd vss";
  problem.netlist_lines = {"* Transistors of all lengths", ".subckt transistors " + ports};
  problem::Testbench bench;
  bench.name = "bench";
  bench.lines = {"* Every transistor at one gate-source voltage", "Vdd vdd 0 DC {vdd}", "Vgn gn 0 DC {vgate}",
                 "Vgp gp 0 DC {vdd-vgate}"};
  for (std::size_t v = 0; v < grid.drain_voltages.size(); ++v) {
    const std::string number = std::to_string(v);
    const std::string volts = core::format_exact(grid.drain_voltages[v]);
    bench.lines.push_back("Vdn" + number + " dn" + number + " 0 DC " + volts);
    bench.lines.push_back("Vdp" + number + " dp" + number + " 0 DC {vdd-" + volts + "}");
    for (std::size_t l = 0; l < grid.lengths.size(); ++l) {
      for (const std::string type : {"nmos", "pmos"})
        problem.netlist_lines.push_back(device_line(process, type, l, v, grid));
    }
  }
  bench.lines.push_back("Xdut " + ports.substr(0, ports.size() - 3) + "0 transistors");
  problem.netlist_lines.push_back(".ends transistors");
  problem.testbenches = {bench};
  problem::MetricDefinition power;
  power.id = power.measure = "power";
  power.testbench = "bench";
  power.unit = "W";
  problem.metrics = {power};
  problem::Spec any_power;
  any_power.metric = "power";
  any_power.max = 1;  // The supply feeds all transistors at once: no current is absurd here.
  problem.specs = {any_power};
  problem.objective.metric = "power";
  problem::Corner corner;
  corner.name = "tt";
  corner.temperature = process.temperature;
  problem.corners = {corner};
  return problem;
}

/// Operating points by gate-source voltage. \throws core::InputError.
std::vector<std::map<std::string, spice::DeviceState>> simulate(const problem::Problem& problem, const Grid& grid,
                                                                const std::filesystem::path& worker) {
  spice::PoolOptions options;
  options.worker = worker;
  spice::Pool pool(problem, options);
  for (std::size_t i = 0; i < grid.gate_voltages.size(); ++i)
    pool.submit({i, {{"vgate", grid.gate_voltages[i]}}, {}, {}, {}, false, true});
  std::vector<std::map<std::string, spice::DeviceState>> states(grid.gate_voltages.size());
  while (pool.pending() > 0) {
    const auto finished = pool.wait_any(std::chrono::milliseconds(1000));
    if (!finished) continue;
    const spice::CornerOutcome& outcome = finished->outcome.corners.front();
    if (outcome.status != spice::Status::kOk) {
      throw core::InputError({{"AGT-020", problem.process.name, "models",
                               "the transistors of this process cannot be characterised: " +
                                   std::string(spice::to_string(outcome.status)) + ": " + outcome.reason,
                               "check its cards with `exturbo simulate` on one of the circuits"}});
    }
    states[finished->id] = outcome.devices;
  }
  return states;
}

TransistorTable table_of(const std::string& type, const Grid& grid,
                         const std::vector<std::map<std::string, spice::DeviceState>>& states,
                         const problem::Process& process) {
  const problem::Device device = device_of(process, type);
  std::vector<TransistorSweep> sweeps;
  for (std::size_t l = 0; l < grid.lengths.size(); ++l) {
    for (std::size_t v = 0; v < grid.drain_voltages.size(); ++v) {
      const std::string name = device_name(device, type, l, v);
      TransistorSweep sweep;
      for (const auto& devices : states) {
        const auto found = devices.find(name);
        if (found == devices.end()) continue;
        const spice::DeviceState& state = found->second;
        const double density = std::abs(state.id) / grid.width;
        if (density < kLeastDensity || state.gm <= 0 || state.gds <= 0) continue;
        const double ln_density = std::log(density);
        if (!sweep.ln_density.empty() && ln_density <= sweep.ln_density.back()) continue;
        sweep.ln_density.push_back(ln_density);
        sweep.points.push_back({state.gm / std::abs(state.id), state.gds / std::abs(state.id), state.vgs, state.vdsat});
      }
      if (sweep.points.size() < 2) {
        throw core::InputError(
            {{"AGT-020", process.name, "models", "the " + type + " of this process carries no current",
              "check its cards, its supply and its minimum length"}});
      }
      sweeps.push_back(std::move(sweep));
    }
  }
  return {grid.lengths, grid.drain_voltages, std::move(sweeps)};
}

/// What the tables depend on.
std::string key_of(const problem::Problem& problem, const Grid& grid) {
  std::ostringstream text;
  text << "1\n" << core::format_exact(problem.process.temperature) << "\n";
  for (const double gate : grid.gate_voltages) text << core::format_exact(gate) << " ";
  for (const std::string& line : problem.netlist_lines) text << line << "\n";
  for (const std::string& line : problem.testbenches.front().lines) text << line << "\n";
  for (const std::string& line : problem::model_lines(problem.process, "tt")) text << line << "\n";
  return run::sha256(text.str());
}

}  // namespace

ProcessTables process_tables(const problem::Process& process, const std::filesystem::path& worker) {
  const Grid grid = grid_of(process);
  const problem::Problem problem = problem_of(process, grid);
  const std::string key = key_of(problem, grid);
  if (auto stored = stored_tables(key)) return *std::move(stored);
  const auto states = simulate(problem, grid, worker);
  ProcessTables tables{table_of("nmos", grid, states, process), table_of("pmos", grid, states, process), grid.width};
  store_tables(key, tables);
  return tables;
}

}  // namespace exturbo::agents
