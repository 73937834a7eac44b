// Cell, testbench and model cards, divided by "%%%": checks never throw, and what they accept makes decks.
// SPDX-License-Identifier: BSD-3-Clause
#include <cctype>

#include "exturbo/problem/load.hpp"
#include "exturbo/spice/deck.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "fuzz_target.hpp"
#include "problem/paths.hpp"
#include "spice/netlist_names.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const problem::Problem tiny = [] {
    const test::TemporaryFolder folder;
    return problem::load_problem(test::write_tiny(folder)).problem;
  }();
  const auto parts = fuzz::parts_of(data, size, 3);
  problem::Problem problem = tiny;
  problem.netlist_lines = problem::split_lines(parts[0]);
  if (!parts[1].empty()) problem.testbenches[0].lines = problem::split_lines(parts[1]);
  if (!parts[2].empty()) {
    std::vector<core::Fault> faults;
    problem.process.models = problem::parse_models(problem::split_lines(parts[2]), "models.cir", &faults);
    fuzz::claim_complete(faults);
    if (faults.empty()) {
      faults.clear();
      const auto again = problem::parse_models(model_lines(problem.process, "tt"), "again.cir", &faults);
      fuzz::claim(faults.empty() && again.size() == problem.process.models.size(), "cards are read back");
    }
  }
  for (const auto* lines : {&problem.netlist_lines, &problem.testbenches[0].lines}) {
    const auto faults = spice::check_netlist(*lines, "n.cir");
    fuzz::claim_complete(faults);
    spice::netlist_names(*lines);
    spice::meas_names(*lines);
  }
  spice::mos_instances(problem.netlist_lines, problem.cell);
  spice::cell_instance(problem.testbenches[0].lines, problem.cell);
  fuzz::claim_complete(spice::check_problem(problem));
  std::vector<double> values;
  for (const problem::Variable* variable : problem.free_variables()) values.push_back(variable->min);
  const auto variables = complete_variables(problem, values);
  const auto deck = spice::compose_deck(problem, problem.testbenches[0], problem.corners[0]);
  for (const std::string& line : spice::deck_lines(deck, variables))
    fuzz::claim(line.find('\n') == std::string::npos, "a line of a deck is one line");
  spice::sized_deck(problem, problem.corners[0], variables);
  return 0;
}
