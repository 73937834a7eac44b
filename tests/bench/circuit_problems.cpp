// The sizing problems of the tree: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "circuit_problems.hpp"

#include <algorithm>
#include <filesystem>

#include "exturbo/sizing/size.hpp"

namespace exturbo::bench {

std::vector<std::string> selected_circuits(const BenchArguments& arguments) {
  if (arguments.quick && arguments.problems.empty()) return {"miller/ptm90"};
  const std::vector<std::string> circuits{"miller", "folded_cascode", "class_ab"};
  std::vector<std::string> all;
  for (const std::string& circuit : circuits) {
    for (const char* process : {"ptm180", "ptm90", "ptm45"}) all.push_back(circuit + "/" + process);
  }
  std::vector<std::string> known = circuits;
  known.insert(known.end(), all.begin(), all.end());
  const std::vector<std::string> names = select("--problems", arguments.problems, known);
  std::erase_if(all, [&](const std::string& name) {
    const std::string circuit = name.substr(0, name.find('/'));
    return std::find(names.begin(), names.end(), name) == names.end() &&
           std::find(names.begin(), names.end(), circuit) == names.end();
  });
  return all;
}

problem::Problem open_circuit(const std::string& name) {
  return sizing::open_problem(std::filesystem::path(EXTURBO_SOURCE_DIR) / "circuits" / (name + ".json"));
}

}  // namespace exturbo::bench
