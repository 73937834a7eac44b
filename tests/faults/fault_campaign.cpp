// Injects faults into sizing runs and checks that each ends as if there had been none.
// SPDX-License-Identifier: BSD-3-Clause
//
// fault_campaign [--quick] [--runs N=20] [--budget N=64] [--out DIR=build/faults] [--program EXTURBO]
// Runs that are in DIR/faults.json are kept: a campaign that was stopped goes on (a quick one starts anew). Exit code 1
// if a run ended wrong, a process outlived its program or an evaluation was lost. --quick: one run, the faults that
// take little time.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "campaign_store.hpp"
#include "disturbed_run.hpp"
#include "faulty_problem.hpp"

namespace {

using namespace exturbo::faults;

constexpr int kLeastFaults = 200;  ///< Of a whole campaign.

struct Arguments {
  bool quick = false;
  int runs = 20;
  int budget = 64;
  std::filesystem::path out = "build/faults";
  std::filesystem::path program = EXTURBO_PROGRAM;
};

Arguments parse(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const char* value = i + 1 < count ? words[i + 1] : nullptr;
    if (word == "--quick") {
      arguments.quick = true;
      arguments.runs = 1;
      arguments.budget = 48;
      arguments.out = "build/faults-quick";
    } else if (word == "--runs" && value != nullptr) {
      arguments.runs = std::atoi(words[++i]);
    } else if (word == "--budget" && value != nullptr) {
      arguments.budget = std::atoi(words[++i]);
    } else if (word == "--out" && value != nullptr) {
      arguments.out = words[++i];
    } else if (word == "--program" && value != nullptr) {
      arguments.program = std::filesystem::absolute(words[++i]);
    } else {
      std::cerr << "unknown argument " << word << "; see the head of fault_campaign.cpp\n";
      std::exit(2);
    }
  }
  if (arguments.runs < 1 || arguments.budget < 20) {
    std::cerr << "--runs must be 1 or more, --budget 20 or more\n";
    std::exit(2);
  }
  return arguments;
}

}  // namespace

int main(int count, char** words) {
  const Arguments arguments = parse(count, words);
  const std::filesystem::path out = std::filesystem::absolute(arguments.out);
  const std::filesystem::path store = out / "faults.json";
  const std::string settings = "budget " + std::to_string(arguments.budget) + (arguments.quick ? ", quick" : "");
  const std::filesystem::path problem = write_faulty_problem(out / "problem");
  Records records = arguments.quick ? Records{} : load_records(store, settings);
  for (int seed = 1; seed <= arguments.runs; ++seed) {
    const auto rng_seed = static_cast<std::uint64_t>(seed);
    if (records.contains(rng_seed)) continue;
    std::cerr << "run " << seed << " of " << arguments.runs << "\n";
    const std::filesystem::path folder = out / ("run-" + std::to_string(seed));
    records[rng_seed] =
        make_disturbed_run({folder, problem, arguments.program, rng_seed, arguments.budget, arguments.quick});
    store_records(store, settings, records);
    if (records[rng_seed].wrong.empty()) std::filesystem::remove_all(folder);
  }
  const Total total = print_table(records);
  const bool enough = arguments.quick || arguments.runs < 20 || total.injected >= kLeastFaults;
  if (!enough) std::cout << "fewer than " << kLeastFaults << " faults were injected\n";
  return enough && total.wrong_runs == 0 && total.orphans == 0 && total.lost == 0 ? 0 : 1;
}
