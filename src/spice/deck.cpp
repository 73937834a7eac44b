// Composes decks: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/deck.hpp"

#include <algorithm>
#include <cctype>

#include "exturbo/core/number.hpp"
#include "exturbo/problem/expression.hpp"
#include "monte_carlo_deck.hpp"
#include "netlist_text.hpp"

namespace exturbo::spice {
namespace {

// At ngspice's default reltol 1e-3 the operating point depends on its start: offset by 100 uV, common-mode gain by 1
// dB; at 1e-5 offset still by 5 uV, and slopes of a DC sweep by 0.1 %. At 1e-6 a sweep takes 1 % more iterations, but a
// transient twice as many. copynodesets hands a node's start on to the internal nodes of the transistors at it.
constexpr const char* kOptions = ".options vntol=1e-7 abstol=1e-13 itl1=200 copynodesets reltol=";
constexpr const char* kFine = "1e-6";
constexpr const char* kOfTransients = "1e-5";

std::string options_line(const problem::Testbench& testbench) {
  const bool transient = std::any_of(testbench.analyses.begin(), testbench.analyses.end(), [](const auto& analysis) {
    return lower_case(analysis.command).starts_with("tran");
  });
  return std::string(kOptions) + (transient ? kOfTransients : kFine);
}

/// Card parameters that add a network of resistors around each transistor.
constexpr const char* kNetworks[] = {"rbodymod", "rgatemod"};

std::string strip_braces(const std::string& text) {
  const bool braced =
      text.size() > 1 && ((text.front() == '{' && text.back() == '}') || (text.front() == '\'' && text.back() == '\''));
  return braced ? text.substr(1, text.size() - 2) : text;
}

/// A MOS line with fingers and junction areas, or as it is (see the header).
std::string drawn_mos(const std::string& text, const problem::Process& process) {
  const std::vector<std::string> parts = words(text);
  const auto width = keyword(parts, "w");
  if (parts.size() < 6 || !width) return text;
  for (const char* key : {"ad", "as", "pd", "ps", "m"}) {
    if (keyword(parts, key)) return text;
  }
  const std::string w = "(" + strip_braces(*width) + ")";
  const std::string finger = core::format_exact(process.finger_width);
  const std::string junction = core::format_exact(process.junction_length);
  // The margin keeps a width of exactly n fingers from becoming n + 1 by rounding.
  const std::string fingers = process.finger_width > 0 ? "max(1,ceil(" + w + "/" + finger + "-1e-6))" : "1";
  std::string line;
  for (const std::string& part : parts) {
    if (part.compare(0, 2, "w=") == 0) {
      line += "w={" + w + "/" + fingers + "} ";
    } else {
      line += part + " ";
    }
  }
  if (process.finger_width > 0) line += "m={" + fingers + "} ";
  if (process.junction_length > 0) {
    const std::string area = "{" + w + "/" + fingers + "*" + junction + "}";
    const std::string perimeter = "{2*(" + w + "/" + fingers + "+" + junction + ")}";
    line += "ad=" + area + " as=" + area + " pd=" + perimeter + " ps=" + perimeter;
  }
  return line;
}

std::vector<std::string> drawn_cell(const problem::Problem& problem) {
  std::vector<std::string> lines;
  for (const Statement& statement : statements(problem.netlist_lines)) {
    const bool is_mos = std::tolower(static_cast<unsigned char>(statement.text[0])) == 'm';
    lines.push_back(is_mos ? drawn_mos(statement.text, problem.process) : statement.text);
  }
  return lines;
}

/// A `.model` statement of a library with the networks off; any other statement as it is.
std::string derived_model(const std::string& text) {
  std::vector<std::string> parts = words(text);
  if (parts.empty() || parts[0] != ".model") return text;
  bool changed = false;
  for (std::string& part : parts) {
    for (const std::string name : kNetworks) {
      if (!part.starts_with(name + "=")) continue;
      part = name + "=0";
      changed = true;
    }
  }
  if (!changed) return text;
  std::string line;
  for (const std::string& part : parts) line += (line.empty() ? "" : " ") + part;
  return line;
}

std::vector<std::string> card_lines(const problem::Process& process, const std::string& corner, bool fast) {
  if (!process.library.empty()) {
    // ngspice gets the very statements that were checked.
    std::vector<std::string> lines;
    for (const Statement& statement : statements(problem::model_lines(process, corner)))
      lines.push_back(fast ? derived_model(statement.text) : statement.text);
    return lines;
  }
  problem::Process derived = process;
  for (problem::ModelCard& card : derived.models) {
    for (const char* name : kNetworks) {
      if (double* value = card.find(name); fast && value != nullptr) *value = 0;
    }
  }
  return problem::model_lines(derived, corner);
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

std::string param_line(const std::string& name, double value) {
  return ".param " + lower_case(name) + "=" + core::format_exact(value);
}

/// The testbench and AC analysis of the open-loop gain; null if the problem has no AC analysis.
std::pair<const problem::Testbench*, const problem::Analysis*> gain_analysis(const problem::Problem& problem) {
  std::pair<const problem::Testbench*, const problem::Analysis*> found{nullptr, nullptr};
  const problem::MetricDefinition* gain = problem.metric("dc_gain");
  for (const problem::Testbench& testbench : problem.testbenches) {
    if (gain != nullptr && testbench.name != gain->testbench) continue;
    for (const problem::Analysis& analysis : testbench.analyses) {
      const bool is_ac = lower_case(analysis.command).compare(0, 3, "ac ") == 0;
      if (is_ac && (found.second == nullptr || analysis.name == "differential")) found = {&testbench, &analysis};
    }
  }
  return found;
}

/// A source line of a testbench with the AC magnitude of the analysis.
std::string with_ac_magnitude(const std::string& text, const problem::Analysis& analysis) {
  const std::vector<std::string> parts = words(text);
  if (parts.empty() || (parts[0][0] != 'v' && parts[0][0] != 'i')) return text;
  std::string line;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == "ac") {  // its magnitude and phase are replaced
      while (i + 1 < parts.size() && core::parse_number(parts[i + 1])) ++i;
      continue;
    }
    line += parts[i] + " ";
  }
  const auto magnitude = analysis.ac.find(parts[0]);
  return line + "ac " + (magnitude == analysis.ac.end() ? "0" : core::format_exact(magnitude->second));
}

}  // namespace

std::map<std::string, double> corner_parameters(const problem::Problem& problem, const problem::Corner& corner) {
  std::map<std::string, double> parameters = problem.parameters;
  for (const auto& [name, value] : corner.parameters) parameters[name] = value;
  return parameters;
}

DeckTemplate compose_deck(const problem::Problem& problem, const problem::Testbench& testbench,
                          const problem::Corner& corner, bool derived_cards, bool monte_carlo) {
  DeckTemplate deck;
  deck.before = {problem.name + " " + testbench.name, options_line(testbench),
                 ".temp " + core::format_exact(corner.temperature)};
  for (const auto& [name, value] : corner_parameters(problem, corner)) deck.before.push_back(param_line(name, value));
  const std::vector<std::string> cards = card_lines(problem.process, corner.process, derived_cards);
  append(deck.after, monte_carlo ? monte_carlo_cards(problem.process, corner.process, cards) : cards);
  append(deck.after, monte_carlo ? vary_cell(problem, drawn_cell(problem)).lines : drawn_cell(problem));
  for (const Statement& statement : statements(testbench.lines)) {
    // `.meas` lines are run by the engine after the analysis that they read.
    if (lower_case(statement.text).compare(0, 5, ".meas") != 0) deck.after.push_back(statement.text);
  }
  return deck;
}

std::vector<std::string> deck_lines(const DeckTemplate& deck, const std::map<std::string, double>& variables,
                                    const std::map<std::string, double>& nodeset) {
  std::vector<std::string> lines = deck.before;
  for (const auto& [name, value] : variables) lines.push_back(param_line(name, value));
  append(lines, deck.after);
  for (const auto& [node, voltage] : nodeset) {
    lines.push_back(".nodeset v(" + node + ")=" + core::format_exact(voltage));
  }
  lines.emplace_back(".end");
  return lines;
}

std::string sized_deck(const problem::Problem& problem, const problem::Corner& corner,
                       const std::map<std::string, double>& variables) {
  const auto [testbench, analysis] = gain_analysis(problem);
  std::map<std::string, double> values = corner_parameters(problem, corner);
  values.insert(variables.begin(), variables.end());
  std::string text;
  const auto add = [&](const std::string& line) { text += line + "\n"; };
  add("* " + problem.name + " sized, open loop, process " + problem.process.name + ": run with ngspice -b");
  add(std::string(kOptions) + kFine);
  add(".temp " + core::format_exact(corner.temperature));
  for (const auto& [name, value] : corner_parameters(problem, corner)) add(param_line(name, value));
  text += param_lines(variables);
  for (const std::string& line : card_lines(problem.process, corner.process, false)) add(line);
  for (const std::string& line : drawn_cell(problem)) add(line);
  if (analysis != nullptr) {
    for (const Statement& statement : statements(testbench->lines)) {
      if (lower_case(statement.text).compare(0, 5, ".meas") != 0) add(with_ac_magnitude(statement.text, *analysis));
    }
    const std::vector<std::string> parts = words(problem::substitute_expressions(analysis->command, values));
    const bool decades = parts.size() == 5 && parts[1] == "dec";
    add(".ac dec 100 " + (decades ? parts[3] + " " + parts[4] : "1 10g"));
    const problem::MetricDefinition* gain = problem.metric("dc_gain");
    const auto output_option =
        gain == nullptr ? std::map<std::string, std::string>::const_iterator() : gain->options.find("output");
    const std::string output =
        gain != nullptr && output_option != gain->options.end() ? lower_case(output_option->second) : "out";
    add(".save v(" + output + ")");
    add(".meas ac dc_gain find vdb(" + output + ") at=1");
    add(".meas ac unity_gain_frequency when vdb(" + output + ")=0 fall=1");
    add(".meas ac phase_at_unity_gain find vp(" + output + ") when vdb(" + output + ")=0 fall=1");
    add(".meas ac phase_margin param='180+phase_at_unity_gain*57.29577951308232'");
  }
  add(".end");
  return text;
}

std::string param_lines(const std::map<std::string, double>& variables) {
  std::string text;
  for (const auto& [name, value] : variables) text += param_line(name, value) + "\n";
  return text;
}

std::map<std::string, std::string> meas_names(const std::vector<std::string>& lines) {
  std::map<std::string, std::string> names;
  for (const Statement& statement : statements(lines)) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.size() >= 3 && (parts[0] == ".meas" || parts[0] == ".measure")) names[parts[2]] = parts[1];
  }
  return names;
}

}  // namespace exturbo::spice
