// Cell, testbench, model cards and library, divided by "%%%": nothing is thrown, and what has no fault makes decks.
// SPDX-License-Identifier: BSD-3-Clause
//
// An empty part stands for the one of the tiny problem; a library takes the place of the cards.
#include "exturbo/problem/load.hpp"
#include "exturbo/spice/deck.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "fuzz_target.hpp"
#include "spice/elaboration.hpp"
#include "spice/library.hpp"
#include "spice/netlist_names.hpp"
#include "support/tiny_files.hpp"

namespace exturbo::fuzz {
namespace {

constexpr const char* kLibraryProcess = R"({
  "name": "tiny", "library": "models.cir", "supply": 1.8, "min_length": "0.5u", "nmos": "nmos", "pmos": "pmos",
  "devices": {"nmos": {"type": "nmos"}, "pmos": {"type": "pmos"}, "nfet": {"type": "nmos", "kind": "subcircuit"}},
  "corners": {"tt": {"section": "tt"}}
})";

void claim_one_line(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) claim(line.find('\n') == std::string::npos, "a line of a deck is one line");
}

void check_cards(const problem::Process& process) {
  std::vector<core::Fault> faults;
  const auto again = problem::parse_models(model_lines(process, "tt"), "again.cir", &faults);
  claim(faults.empty() && again.size() == process.models.size(), "cards are read back");
}

void make_decks(const problem::Problem& problem) {
  std::vector<double> values;
  for (const problem::Variable* variable : problem.free_variables()) values.push_back(variable->min);
  const auto variables = complete_variables(problem, values);
  for (const bool monte_carlo : {false, true}) {
    const auto deck = spice::compose_deck(problem, problem.testbenches[0], problem.corners[0], false, monte_carlo);
    claim_one_line(spice::deck_lines(deck, variables));
    std::set<std::string> names;
    for (const auto& [name, value] : variables) names.insert(spice::lower_case(name));
    spice::Elaboration(deck, names).values(variables);
  }
  spice::sized_deck(problem, problem.corners[0], variables);
}

}  // namespace

bool netlist(const std::string& input) {
  static const test::TemporaryFolder folder;
  const auto file = test::write_tiny_files(folder);
  const auto parts = parts_of(input, 4);
  if (!parts[0].empty()) folder.write("stage.cir", parts[0]);
  if (!parts[1].empty()) folder.write("bench.cir", parts[1]);
  if (!parts[2].empty()) folder.write("pdk/tiny/models.cir", parts[2]);
  if (!parts[3].empty()) {
    folder.write("pdk/tiny/process.json", kLibraryProcess);
    folder.write("pdk/tiny/models.cir", parts[3]);
  }
  const auto [problem, faults] = problem::load_problem(file);
  claim_complete(faults);
  for (const auto& lines : {problem.netlist_lines, problem.testbenches[0].lines}) {
    claim_complete(spice::check_netlist(lines, "n.cir"));
    spice::netlist_names(lines);
    spice::meas_names(lines);
  }
  spice::transistors(problem);
  if (!faults.empty()) return false;
  if (problem.process.library.empty()) check_cards(problem.process);
  const auto found = spice::check_problem(problem);
  claim_complete(found);
  if (!found.empty()) return false;
  make_decks(problem);
  return true;
}

}  // namespace exturbo::fuzz
