// Problem JSON beside fixed netlists: reading and checking never throw, and what has no fault makes decks.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/load.hpp"
#include "exturbo/spice/deck.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "fuzz_target.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const test::TemporaryFolder folder;
  static const auto file = test::write_tiny(folder);
  folder.write("problem.json", std::string(reinterpret_cast<const char*>(data), size));
  auto [problem, faults] = problem::load_problem(file);
  if (faults.empty()) faults = spice::check_problem(problem);
  fuzz::claim_complete(faults);
  if (!faults.empty()) return 0;
  std::vector<double> values;
  for (const problem::Variable* variable : problem.free_variables()) values.push_back(variable->min);
  const auto variables = complete_variables(problem, values);
  for (const problem::Corner& corner : problem.corners) {
    for (const problem::Testbench& bench : problem.testbenches) {
      for (const std::string& line : spice::deck_lines(spice::compose_deck(problem, bench, corner), variables))
        fuzz::claim(line.find('\n') == std::string::npos, "a line of a deck is one line");
    }
    spice::sized_deck(problem, corner, variables);
  }
  return 0;
}
