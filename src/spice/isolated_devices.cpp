// Isolated transistors: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "isolated_devices.hpp"

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

/// Charges that the voltage of one terminal moves, F, by terminal.
using Column = std::map<char, double>;

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

std::map<std::string, Capacitances> device_capacitances(Engine& engine, const std::vector<std::string>& deck,
                                                        const std::vector<CircuitElement>& elements) {
  std::map<std::string, Capacitances> result;
  const auto circuit = engine.add(deck);
  if (!circuit) return result;
  std::map<std::size_t, std::map<char, Column>> columns;
  const auto set_magnitudes = [&](char terminal, const char* value) {
    std::vector<std::string> commands;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (is_transistor(elements[i])) commands.push_back("alter @" + source_name(i, terminal) + "[acmag]=" + value);
    }
    engine.commands(commands);
  };
  bool ran = true;
  for (const char driven : {'g', 'd', 's'}) {
    set_magnitudes(driven, "1");
    const std::string frequency = core::format_exact(kFrequency);
    ran = ran && engine.run("ac lin 1 " + frequency + " " + frequency);
    for (std::size_t i = 0; ran && i < elements.size(); ++i) {
      if (!is_transistor(elements[i])) continue;
      for (const char terminal : {'g', 'd', 's'}) {
        const auto current = engine.vector(source_name(i, terminal) + "#branch");
        ran = ran && !current.empty();
        if (ran) columns[i][driven][terminal] = -current.back().imag() / (2 * std::numbers::pi * kFrequency);
      }
    }
    engine.destroy_plots();
    set_magnitudes(driven, "0");
  }
  engine.remove(*circuit);
  if (!ran) return result;
  for (auto& [i, of] : columns) {
    // dQ/dV of another terminal is negative for a capacitor between the two.
    result[elements[i].name] = {of['g']['g'],  -of['d']['g'], -of['s']['g'], -of['g']['d'], of['d']['d'],
                                -of['s']['d'], -of['g']['s'], -of['d']['s'], of['s']['s']};
  }
  return result;
}

}  // namespace exturbo::spice
