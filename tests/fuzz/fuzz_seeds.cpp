// Seeds and variable files: only core::InputError is thrown, and what has no fault is read back equal.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/load.hpp"
#include "exturbo/problem/seeds.hpp"
#include "fuzz_target.hpp"
#include "support/tiny_files.hpp"

namespace exturbo::fuzz {

bool seeds(const std::string& input) {
  static const test::TemporaryFolder folder;
  static const problem::Problem problem = problem::load_problem(test::write_tiny_files(folder)).problem;
  const auto file = folder.write("seeds.json", input);
  try {
    problem::load_variables(file, problem);
  } catch (const core::InputError& error) {
    claim_complete(error.faults());
  }
  const auto read = problem::load_seeds(file, problem);
  claim_complete(read.faults);
  if (!read.faults.empty()) return false;
  const auto again = problem::load_seeds(folder.write("again.json", problem::to_json(read.seeds)), problem);
  claim(again.faults.empty(), "seeds are read back");
  claim(problem::to_json(again.seeds) == problem::to_json(read.seeds), "seeds are read back equal");
  return true;
}

}  // namespace exturbo::fuzz
