// Problem JSON beside fixed netlists: reading and checking never throw, and what has no fault makes decks.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/load.hpp"
#include "exturbo/spice/deck.hpp"
#include "exturbo/spice/netlist_check.hpp"
#include "fuzz_target.hpp"
#include "support/tiny_files.hpp"

namespace exturbo::fuzz {

bool problem(const std::string& input) {
  static const test::TemporaryFolder folder;
  static const auto file = test::write_tiny_files(folder);
  folder.write("problem.json", input);
  auto [problem, faults] = problem::load_problem(file);
  if (faults.empty() && !problem.evaluator) faults = spice::check_problem(problem);
  claim_complete(faults);
  if (!faults.empty()) return false;
  if (problem.evaluator) return true;
  const auto variables = complete_variables(problem, middle_values(problem));
  for (const problem::Corner& corner : problem.corners) {
    for (const problem::Testbench& bench : problem.testbenches) {
      for (const std::string& line : spice::deck_lines(spice::compose_deck(problem, bench, corner), variables))
        claim(line.find('\n') == std::string::npos, "a line of a deck is one line");
    }
    spice::sized_deck(problem, corner, variables);
  }
  return true;
}

}  // namespace exturbo::fuzz
