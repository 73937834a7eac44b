// Lines of history.jsonl: only core::InputError is thrown, and evaluations are read back equal.
// SPDX-License-Identifier: BSD-3-Clause
#include <sstream>

#include "exturbo/run/prior_evaluation.hpp"
#include "fuzz_target.hpp"

namespace exturbo::fuzz {

bool history(const std::string& input) {
  std::istringstream lines(input);
  bool accepted = !input.empty();
  for (std::string text; std::getline(lines, text);) {
    try {
      const std::string line = to_json_line(run::parse_prior_evaluation(text));
      claim(to_json_line(run::parse_prior_evaluation(line)) == line, "an evaluation is read back equal");
    } catch (const core::InputError& error) {
      claim_complete(error.faults());
      accepted = false;
    }
  }
  return accepted;
}

}  // namespace exturbo::fuzz
