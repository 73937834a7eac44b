// Manifest and journal of a run, divided by "%%%": only core::InputError is thrown, and evaluations are read back
// equal. SPDX-License-Identifier: BSD-3-Clause
//
// "@INPUTS@" in the manifest stands for the hashes of the run's inputs. An input without divider is a journal alone.
#include <sstream>

#include "exturbo/problem/load.hpp"
#include "exturbo/run/run_folder.hpp"
#include "fuzz_target.hpp"
#include "support/tiny_files.hpp"

namespace exturbo::fuzz {
namespace {

/// A run of the tiny problem, made once.
class Scratch {
 public:
  Scratch() {
    const auto problem = problem::load_problem(test::write_tiny_files(folder)).problem;
    const auto run = run::RunFolder::create(folder.path() / "run", problem,
                                            {{"rng_seed", 1},
                                             {"budget", 10},
                                             {"batch", 4},
                                             {"stop_at_feasible", false},
                                             {"corners", "all"},
                                             {"seed_points", run::Json::array()}});
    inputs = run.manifest().at("inputs").dump();
    manifest = run.manifest().dump();
  }
  test::TemporaryFolder folder;
  std::string inputs;
  std::string manifest;
};

void read_folder(const std::filesystem::path& path) {
  try {
    const auto run = run::RunFolder::read(path);
    for (const run::Evaluation& evaluation : run.evaluations()) {
      const std::string line = to_json_line(evaluation);
      claim(to_json_line(run::parse_evaluation(line)) == line, "an evaluation is read back equal");
    }
    run.problem_file();
    run.process_folder();
  } catch (const core::InputError& error) {
    claim_complete(error.faults());
  }
}

void read_lines(const std::string& journal) {
  std::istringstream lines(journal);
  for (std::string line; std::getline(lines, line);) {
    try {
      run::parse_evaluation(line);
    } catch (const core::InputError& error) {
      claim_complete(error.faults());
    }
  }
}

}  // namespace

void run(const std::string& input) {
  static const Scratch scratch;
  auto parts = parts_of(input, 2);
  if (input.find("\n%%%\n") == std::string::npos) parts = {scratch.manifest, parts[0]};
  static const std::string kInputs = "\"@INPUTS@\"";
  if (const auto at = parts[0].find(kInputs); at != std::string::npos)
    parts[0].replace(at, kInputs.size(), scratch.inputs);
  scratch.folder.write("run/run.json", parts[0]);
  scratch.folder.write("run/evaluations.jsonl", parts[1]);
  read_folder(scratch.folder.path() / "run");
  read_lines(parts[1]);
}

}  // namespace exturbo::fuzz
