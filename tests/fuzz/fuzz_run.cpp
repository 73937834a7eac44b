// Manifest and journal of a run, divided by "%%%": only core::InputError is thrown, and evaluations are read back
// equal. SPDX-License-Identifier: BSD-3-Clause
//
// "@INPUTS@" in the manifest stands for the hashes of the run's inputs. An input without divider is a journal alone.
#include <sstream>

#include "exturbo/run/run_folder.hpp"
#include "fuzz_target.hpp"
#include "support/tiny_files.hpp"

namespace exturbo::fuzz {
namespace {

/// The folder of a run of the tiny problem, but for its manifest and journal.
class Scratch {
 public:
  Scratch() {
    test::write_tiny_files(folder);
    for (const char* name :
         {"problem.json", "stage.cir", "bench.cir", "pdk/tiny/process.json", "pdk/tiny/models.cir"}) {
      const std::string content = folder.read(name);
      folder.write(std::string("run/input/") + name, content);
      inputs += (inputs.empty() ? "{\"" : ", \"") + std::string(name) + "\": \"" + run::sha256(content) + "\"";
    }
    inputs += "}";
  }
  test::TemporaryFolder folder;
  std::string inputs;  ///< As in the manifest.
};

constexpr const char* kManifest = R"({"rng_seed": 1, "budget": 10, "batch": 4, "stop_at_feasible": false,
  "search_cards": "original", "corners": "all", "seed_points": [], "problem": "problem.json", "process": "tiny", "inputs": "@INPUTS@"})";

/// True if it is a run with evaluations.
bool read_folder(const std::filesystem::path& path) {
  try {
    const auto run = run::RunFolder::read(path);
    for (const run::Evaluation& evaluation : run.evaluations()) {
      const std::string line = to_json_line(evaluation);
      claim(to_json_line(run::parse_evaluation(line)) == line, "an evaluation is read back equal");
    }
    run.problem_file();
    run.process_folder();
    return !run.evaluations().empty();
  } catch (const core::InputError& error) {
    claim_complete(error.faults());
    return false;
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

bool run(const std::string& input) {
  static const Scratch scratch;
  auto parts = parts_of(input, 2);
  if (input.find("\n%%%\n") == std::string::npos) parts = {kManifest, parts[0]};
  static const std::string kInputs = "\"@INPUTS@\"";
  if (const auto at = parts[0].find(kInputs); at != std::string::npos)
    parts[0].replace(at, kInputs.size(), scratch.inputs);
  scratch.folder.write("run/run.json", parts[0]);
  scratch.folder.write("run/evaluations.jsonl", parts[1]);
  read_lines(parts[1]);
  return read_folder(scratch.folder.path() / "run");
}

}  // namespace exturbo::fuzz
