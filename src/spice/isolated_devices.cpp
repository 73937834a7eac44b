// Isolated transistors: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "isolated_devices.hpp"

#include <cmath>
#include <complex>
#include <iterator>
#include <numbers>
#include <optional>
#include <set>
#include <utility>

#include "exturbo/core/number.hpp"

namespace exturbo::spice {
namespace {

/// Hz: far below what gate and body resistances do, and high enough that a femtofarad is seen.
constexpr double kFrequency = 1e6;
constexpr const char kTerminals[] = {'d', 'g', 's', 'b'};

std::string last_part(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

std::string source_name(std::size_t index, char terminal) {
  return "vt" + std::to_string(index) + std::string(1, terminal);
}

bool is_transistor(const CircuitElement& element) {
  return element.letter == 'm' && element.nodes.size() == 4 && !element.cell.empty();
}

/// A line of a cell with its nodes (the words behind the name) renamed to those of its own.
std::string isolated_line(std::vector<std::string> parts) {
  std::string line;
  for (std::size_t i = 0; i < std::size(kTerminals); ++i) parts[i + 1] = parts[0] + "_iso_" + kTerminals[i];
  for (const std::string& part : parts) line += part + " ";
  return line;
}

/// Lines of a deck's netlists without the testbench and with nothing but transistors in the cells.
std::vector<std::string> isolated_netlist(const std::vector<std::string>& lines,
                                          const std::vector<CircuitElement>& elements) {
  std::set<std::pair<std::string, std::string>> transistors;
  std::set<std::string> cells;
  for (const CircuitElement& element : elements) {
    if (!element.cell.empty()) cells.insert(element.cell);
    if (is_transistor(element)) transistors.insert({element.cell, last_part(element.line)});
  }
  static const std::set<std::string> definitions{".subckt", ".ends", ".param", ".func", ".model"};
  std::vector<std::string> result;
  std::optional<std::string> inside;
  for (const Statement& statement : statements(lines)) {
    std::vector<std::string> parts = words(statement.text);
    if (parts.empty()) continue;
    if (parts[0] == ".subckt" && parts.size() > 1) inside = parts[1];
    const bool of_cell = inside && cells.contains(*inside);
    if (of_cell && transistors.contains({*inside, parts[0]})) {
      result.push_back(isolated_line(std::move(parts)));
      continue;
    }
    const bool is_instance = parts[0][0] == 'x' && cells.contains(instantiated(parts));
    if ((inside && !of_cell) || definitions.contains(parts[0]) || is_instance) result.push_back(statement.text);
    if (parts[0] == ".ends") inside.reset();
  }
  return result;
}

double voltage(const std::map<std::string, double>& nodes, const std::string& name) {
  const auto found = nodes.find(name);
  return found == nodes.end() ? 0 : found->second;
}

using Complex = std::complex<double>;

/// Current at the first terminal by 1 V at the second.
using Admittances = std::map<std::pair<char, char>, Complex>;

template <typename Part>
TerminalMatrix matrix_of(const Admittances& y, Part part) {
  const auto at = [&](char x, char by) { return (x == by ? 1 : -1) * part(y.at({x, by})); };
  return {at('g', 'g'), at('g', 'd'), at('g', 's'), at('d', 'g'), at('d', 'd'),
          at('d', 's'), at('s', 'g'), at('s', 'd'), at('s', 's')};
}

void set_magnitudes(Engine& engine, const std::vector<CircuitElement>& elements, char terminal, const char* value) {
  std::vector<std::string> commands;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (is_transistor(elements[i])) commands.push_back("alter @" + source_name(i, terminal) + "[acmag]=" + value);
  }
  engine.commands(commands);
}

/// False if an analysis failed; nothing is noted then.
bool note_admittances(Engine& engine, const std::vector<CircuitElement>& elements,
                      std::map<std::string, LoneDevice>& devices) {
  std::map<std::size_t, Admittances> currents;
  const std::string frequency = core::format_exact(kFrequency);
  for (const char driven : {'g', 'd', 's'}) {
    set_magnitudes(engine, elements, driven, "1");
    if (!engine.run("ac lin 1 " + frequency + " " + frequency)) return false;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (!is_transistor(elements[i])) continue;
      for (const char terminal : {'g', 'd', 's'}) {
        const auto current = engine.vector(source_name(i, terminal) + "#branch");
        if (current.empty()) return false;
        currents[i][{terminal, driven}] = -current.back();
      }
    }
    engine.destroy_plots();
    set_magnitudes(engine, elements, driven, "0");
  }
  for (const auto& [i, of] : currents) {
    LoneDevice& device = devices[elements[i].name];
    device.capacitances = matrix_of(of, [](Complex y) { return y.imag() / (2 * std::numbers::pi * kFrequency); });
    device.conductances = matrix_of(of, [](Complex y) { return y.real(); });
  }
  return true;
}

void note_weak_inversion(Engine& engine, const std::vector<CircuitElement>& elements,
                         const std::map<std::string, double>& weak_gates, std::map<std::string, LoneDevice>& devices) {
  std::vector<std::string> commands;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const auto gate = weak_gates.find(elements[i].name);
    if (is_transistor(elements[i]) && gate != weak_gates.end())
      commands.push_back("alter @" + source_name(i, 'g') + "[dc]=" + core::format_exact(gate->second));
  }
  engine.commands(commands);
  if (!engine.run("op")) return;
  for (const CircuitElement& element : elements) {
    const auto gm = engine.vector("@" + element.device + "[gm]");
    const auto id = engine.vector("@" + element.device + "[id]");
    if (gm.empty() || id.empty() || id.back().real() == 0 || !devices.contains(element.name)) continue;
    devices[element.name].weak_gm_over_id = gm.back().real() / std::abs(id.back().real());
  }
}

}  // namespace

std::vector<std::string> isolated_deck(const DeckTemplate& deck, const std::map<std::string, double>& variables,
                                       const std::vector<CircuitElement>& elements,
                                       const std::map<std::string, double>& nodes) {
  std::vector<std::string> lines = deck_lines({deck.before, isolated_netlist(deck.after, elements)}, variables);
  lines.pop_back();  // .end
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const CircuitElement& element = elements[i];
    if (!is_transistor(element)) continue;
    for (std::size_t t = 0; t < std::size(kTerminals); ++t) {
      lines.push_back(source_name(i, kTerminals[t]) + " " + element.line + "_iso_" + kTerminals[t] + " 0 dc " +
                      core::format_exact(voltage(nodes, element.nodes[t])) + " ac 0");
    }
  }
  lines.emplace_back(".end");
  return lines;
}

std::map<std::string, LoneDevice> lone_devices(Engine& engine, const std::vector<std::string>& deck,
                                               const std::vector<CircuitElement>& elements,
                                               const std::map<std::string, double>& weak_gates) {
  const auto circuit = engine.add(deck);
  if (!circuit) return {};
  std::map<std::string, LoneDevice> devices;
  if (note_admittances(engine, elements, devices)) note_weak_inversion(engine, elements, weak_gates, devices);
  engine.remove(*circuit);
  return devices;
}

}  // namespace exturbo::spice
