// Plans: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "plan.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "library.hpp"
#include "measures/measure.hpp"

namespace exturbo::spice {
namespace {

using Json = nlohmann::json;

constexpr double kCurrentLimit = 10e-3;  ///< A, where no power spec tells better.
/// Supply current over this many times the spec is no amplifier: a tenth of what false solutions take (amperes), ten
/// times what designs at the ends of their ranges do.
constexpr double kPowerFactor = 100;
constexpr double kFallbackSupply = 5;  ///< V

/// Notes what the metrics read of an analysis.
void note_readers(const problem::Problem& problem, const problem::Testbench& testbench, AnalysisPlan& analysis) {
  std::set<std::string> kept;
  for (std::size_t i = 0; i < problem.metrics.size(); ++i) {
    const problem::MetricDefinition& metric = problem.metrics[i];
    if (metric.kind != problem::MetricKind::kMeasure || metric.testbench != testbench.name) continue;
    const Measure* measure = measure_of(metric.measure);
    if (measure == nullptr) continue;
    const bool reads =
        std::any_of(measure->info.analyses.begin(), measure->info.analyses.end(), [&](const MeasureAnalysis& read) {
          return option_text(measure->info, metric.options, read.option) == analysis.name;
        });
    if (!reads) continue;
    analysis.readers.push_back(i);
    if (analysis.kind == "noise") kept.insert("inoise_spectrum");
    for (const std::string& option : measure->node_options) {
      kept.insert(lower_case(option_text(measure->info, metric.options, option)));
    }
  }
  kept.erase("0");
  analysis.vectors = {kept.begin(), kept.end()};
}

/// The user's `.meas` lines of a kind as commands, for the last analysis of that kind in the testbench.
std::vector<std::string> meas_commands(const problem::Testbench& testbench, const std::string& kind) {
  std::vector<std::string> commands;
  for (const Statement& statement : statements(testbench.lines)) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.size() < 3 || (parts[0] != ".meas" && parts[0] != ".measure") || parts[1] != kind) continue;
    commands.push_back("meas " + statement.text.substr(statement.text.find_first_of(" \t") + 1));
  }
  return commands;
}

/// Whether all sources are constants or sines and no element switches or delays.
bool is_edgeless(const DeckTemplate& deck) {
  const std::set<std::string> edges{"pulse", "pwl", "exp", "sffm", "am", "trnoise", "trrandom", "external"};
  const std::string switching = "taouyswp";
  std::vector<std::string> lines(deck.before.begin() + 1, deck.before.end());  // without the title
  lines.insert(lines.end(), deck.after.begin(), deck.after.end());
  const std::vector<Statement> all = statements(lines);
  return std::none_of(all.begin(), all.end(), [&](const Statement& statement) {
    const std::vector<std::string> parts = words(statement.text);
    if (parts.empty()) return false;
    if (switching.find(parts[0][0]) != std::string::npos) return true;
    const bool is_source = parts[0][0] == 'v' || parts[0][0] == 'i';
    return is_source && std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return edges.contains(part); });
  });
}

TestbenchPlan plan_testbench(const problem::Problem& problem, const problem::Testbench& testbench,
                             const problem::Corner& corner, bool monte_carlo,
                             const std::map<std::string, std::string>& inner) {
  TestbenchPlan plan;
  plan.name = testbench.name;
  plan.deck = compose_deck(problem, testbench, corner, false, monte_carlo);
  plan.derived_deck = compose_deck(problem, testbench, corner, true, monte_carlo);
  if (plan.derived_deck.after == plan.deck.after) plan.derived_deck = {};
  for (const Statement& statement : statements(testbench.lines)) {
    const std::string name = words(statement.text).empty() ? "" : words(statement.text)[0];
    if (!name.empty() && (name[0] == 'v' || name[0] == 'i')) plan.sources.push_back(name);
  }
  plan.cell = cell_instance(testbench.lines, problem.cell).value_or(CellInstance{});
  plan.elements = circuit_elements(problem, testbench, inner);
  plan.edgeless = is_edgeless(plan.deck);
  std::set<std::string> measured_kinds;
  for (auto analysis = testbench.analyses.rbegin(); analysis != testbench.analyses.rend(); ++analysis) {
    AnalysisPlan& planned = *plan.analyses.insert(plan.analyses.begin(), AnalysisPlan{});
    planned.name = analysis->name;
    planned.command = analysis->command;
    planned.kind = analysis_kind(analysis->command);
    for (const auto& [source, magnitude] : analysis->ac) planned.ac[lower_case(source)] = magnitude;
    if (measured_kinds.insert(planned.kind).second) planned.meas = meas_commands(testbench, planned.kind);
    note_readers(problem, testbench, planned);
  }
  return plan;
}

Json deck_json(const DeckTemplate& deck) { return {{"before", deck.before}, {"after", deck.after}}; }

DeckTemplate deck_from(const Json& json) {
  return {json.at("before").get<std::vector<std::string>>(), json.at("after").get<std::vector<std::string>>()};
}

Json testbench_json(const TestbenchPlan& plan) {
  Json analyses = Json::array();
  for (const AnalysisPlan& analysis : plan.analyses) {
    analyses.push_back({{"name", analysis.name},
                        {"kind", analysis.kind},
                        {"command", analysis.command},
                        {"ac", analysis.ac},
                        {"vectors", analysis.vectors},
                        {"readers", analysis.readers},
                        {"meas", analysis.meas}});
  }
  Json elements = Json::array();
  for (const CircuitElement& element : plan.elements)
    elements.push_back({element.name, element.letter, element.device, element.line, element.cell, element.nodes});
  return {{"name", plan.name},
          {"deck", deck_json(plan.deck)},
          {"derived_deck", deck_json(plan.derived_deck)},
          {"analyses", analyses},
          {"sources", plan.sources},
          {"edgeless", plan.edgeless},
          {"cell", {{"name", plan.cell.name}, {"nodes", plan.cell.nodes}}},
          {"elements", elements}};
}

TestbenchPlan testbench_from(const Json& json) {
  TestbenchPlan plan;
  plan.name = json.at("name");
  plan.deck = deck_from(json.at("deck"));
  plan.derived_deck = deck_from(json.at("derived_deck"));
  for (const Json& analysis : json.at("analyses")) {
    plan.analyses.push_back(
        {analysis.at("name"), analysis.at("kind"), analysis.at("command"),
         analysis.at("ac").get<std::map<std::string, double>>(), analysis.at("vectors").get<std::vector<std::string>>(),
         analysis.at("readers").get<std::vector<std::size_t>>(), analysis.at("meas").get<std::vector<std::string>>()});
  }
  plan.sources = json.at("sources").get<std::vector<std::string>>();
  plan.edgeless = json.at("edgeless");
  for (const Json& element : json.at("elements")) {
    plan.elements.push_back({element.at(0), element.at(1).get<char>(), element.at(2), element.at(3), element.at(4),
                             element.at(5).get<std::vector<std::string>>()});
  }
  plan.cell = {json.at("cell").at("name"), json.at("cell").at("nodes").get<std::vector<std::string>>()};
  return plan;
}

}  // namespace

std::string analysis_kind(const std::string& command) {
  const std::vector<std::string> parts = words(command);
  return parts.empty() ? "" : parts[0];
}

/// The cheapest first, so that an early stop spares the dear ones.
int cost_class(const problem::Testbench& testbench) {
  int cost = 0;
  for (const problem::Analysis& analysis : testbench.analyses) {
    const std::string kind = analysis_kind(analysis.command);
    cost = std::max(cost, kind == "tran" ? 2 : kind == "dc" ? 1 : 0);
  }
  return cost;
}

Plan make_plan(const problem::Problem& problem, const PoolOptions& options) {
  Plan plan;
  const std::map<std::string, std::string> inner = library_transistors(problem.process);
  for (const problem::Corner& corner : problem.corners) {
    CornerPlan planned;
    planned.parameters = corner_parameters(problem, corner);
    const auto supply = planned.parameters.find("vdd");
    planned.supply = supply != planned.parameters.end() ? supply->second
                     : problem.process.supply > 0       ? problem.process.supply
                                                        : kFallbackSupply;
    const problem::Spec* power = problem.spec("power");
    planned.current_limit =
        power != nullptr && power->max ? kPowerFactor * *power->max / planned.supply : kCurrentLimit;
    std::vector<problem::Testbench> testbenches = problem.testbenches;
    std::stable_sort(testbenches.begin(), testbenches.end(),
                     [](const auto& a, const auto& b) { return cost_class(a) < cost_class(b); });
    for (const problem::Testbench& testbench : testbenches) {
      planned.testbenches.push_back(plan_testbench(problem, testbench, corner, options.monte_carlo, inner));
    }
    plan.corners.push_back(planned);
  }
  plan.metrics = problem.metrics;
  plan.devices = transistors(problem);
  const auto cells = subcircuits(problem.netlist_lines);
  if (const auto cell = cells.find(lower_case(problem.cell)); cell != cells.end()) plan.ports = cell->second.ports;
  for (const problem::Spec& spec : problem.specs) plan.specs.insert(spec.metric);
  plan.in_place = options.in_place;
  plan.adaptive_sweeps = options.adaptive_sweeps;
  plan.early_stop = options.early_stop;
  return plan;
}

nlohmann::json to_json(const Plan& plan) {
  Json corners = Json::array();
  for (const CornerPlan& corner : plan.corners) {
    Json testbenches = Json::array();
    for (const TestbenchPlan& testbench : corner.testbenches) testbenches.push_back(testbench_json(testbench));
    corners.push_back({{"parameters", corner.parameters},
                       {"supply", corner.supply},
                       {"current_limit", corner.current_limit},
                       {"testbenches", testbenches}});
  }
  Json metrics = Json::array();
  for (const problem::MetricDefinition& metric : plan.metrics) {
    metrics.push_back({{"id", metric.id},
                       {"kind", static_cast<int>(metric.kind)},
                       {"testbench", metric.testbench},
                       {"measure", metric.measure},
                       {"expression", metric.expression},
                       {"device", metric.device},
                       {"options", metric.options}});
  }
  Json devices = Json::array();
  for (const MosInstance& device : plan.devices) devices.push_back({device.name, device.path});
  return {{"corners", corners},
          {"metrics", metrics},
          {"devices", devices},
          {"ports", plan.ports},
          {"specs", plan.specs},
          {"in_place", plan.in_place},
          {"adaptive_sweeps", plan.adaptive_sweeps},
          {"early_stop", plan.early_stop}};
}

Plan plan_from_json(const nlohmann::json& json) {
  Plan plan;
  for (const Json& corner : json.at("corners")) {
    CornerPlan planned;
    planned.parameters = corner.at("parameters").get<std::map<std::string, double>>();
    planned.supply = corner.at("supply");
    planned.current_limit = corner.at("current_limit");
    for (const Json& testbench : corner.at("testbenches")) planned.testbenches.push_back(testbench_from(testbench));
    plan.corners.push_back(planned);
  }
  for (const Json& metric : json.at("metrics")) {
    problem::MetricDefinition definition;
    definition.id = metric.at("id");
    definition.kind = static_cast<problem::MetricKind>(metric.at("kind").get<int>());
    definition.testbench = metric.at("testbench");
    definition.measure = metric.at("measure");
    definition.expression = metric.at("expression");
    definition.device = metric.at("device");
    definition.options = metric.at("options").get<std::map<std::string, std::string>>();
    plan.metrics.push_back(definition);
  }
  for (const Json& device : json.at("devices")) plan.devices.push_back({device.at(0), device.at(1)});
  plan.ports = json.at("ports").get<std::vector<std::string>>();
  plan.specs = json.at("specs").get<std::set<std::string>>();
  plan.in_place = json.at("in_place");
  plan.adaptive_sweeps = json.at("adaptive_sweeps");
  plan.early_stop = json.at("early_stop");
  return plan;
}

}  // namespace exturbo::spice
