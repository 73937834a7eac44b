// Seeds and variable files: only core::InputError is thrown, and what has no fault is read back equal.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/problem/load.hpp"
#include "exturbo/problem/seeds.hpp"
#include "fuzz_target.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const test::TemporaryFolder folder;
  static const problem::Problem problem = problem::load_problem(test::write_tiny(folder)).problem;
  const auto file = folder.write("seeds.json", std::string(reinterpret_cast<const char*>(data), size));
  try {
    problem::load_variables(file, problem);
  } catch (const core::InputError& error) {
    fuzz::claim_complete(error.faults());
  }
  const auto read = problem::load_seeds(file, problem);
  fuzz::claim_complete(read.faults);
  if (!read.faults.empty()) return 0;
  const auto again = problem::load_seeds(folder.write("again.json", problem::to_json(read.seeds)), problem);
  fuzz::claim(again.faults.empty(), "seeds are read back");
  fuzz::claim(problem::to_json(again.seeds) == problem::to_json(read.seeds), "seeds are read back equal");
  return 0;
}
