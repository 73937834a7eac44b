// Manifest and journal of a run, divided by "%%%": only core::InputError is thrown, and evaluations are read back
// equal. SPDX-License-Identifier: BSD-3-Clause
//
// "@INPUTS@" in the manifest stands for the hashes of the run's inputs. An input without divider is a journal alone.
#include <sstream>

#include "exturbo/problem/load.hpp"
#include "exturbo/run/run_folder.hpp"
#include "fuzz_target.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;

namespace {

/// A run of the tiny problem, made once.
class Scratch {
 public:
  Scratch() {
    const auto problem = problem::load_problem(test::write_tiny(folder)).problem;
    const auto run = run::RunFolder::create(folder.path() / "run", problem,
                                            {{"rng_seed", 1},
                                             {"budget", 10},
                                             {"batch", 4},
                                             {"stop_at_feasible", false},
                                             {"seed_points", run::Json::array()}});
    inputs = run.manifest().at("inputs").dump();
    manifest = run.manifest().dump();
  }
  test::TemporaryFolder folder;
  std::string inputs;
  std::string manifest;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Scratch scratch;
  auto parts = fuzz::parts_of(data, size, 2);
  const bool divided = std::string(reinterpret_cast<const char*>(data), size).find("\n%%%\n") != std::string::npos;
  if (!divided) {
    parts[1] = parts[0];
    parts[0] = scratch.manifest;
  }
  static const std::string kInputs = "\"@INPUTS@\"";
  if (const auto at = parts[0].find(kInputs); at != std::string::npos)
    parts[0].replace(at, kInputs.size(), scratch.inputs);
  scratch.folder.write("run/run.json", parts[0]);
  scratch.folder.write("run/evaluations.jsonl", parts[1]);
  try {
    const auto run = run::RunFolder::read(scratch.folder.path() / "run");
    for (const run::Evaluation& evaluation : run.evaluations()) {
      const std::string line = to_json_line(evaluation);
      fuzz::claim(to_json_line(run::parse_evaluation(line)) == line, "an evaluation is read back equal");
    }
    run.manifest().dump();
  } catch (const core::InputError& error) {
    fuzz::claim_complete(error.faults());
  }
  std::istringstream lines(parts[1]);
  for (std::string line; std::getline(lines, line);) {
    try {
      run::parse_evaluation(line);
    } catch (const std::runtime_error&) {
      continue;  // what the header promises
    }
  }
  return 0;
}
