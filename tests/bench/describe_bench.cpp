// Circuit descriptions of a folder of Image2Net files: loss of the way to SPICE and back, and types named right.
// SPDX-License-Identifier: BSD-3-Clause
//
// describe_bench FOLDER [--list]
// A file is lossless if SPICE text of it, read back, has the same components on the same partition of nets. Types are
// counted for files with an even and with an odd number in their name: rules were set on the even ones. --list names
// the files that fail.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "exturbo/circuit/netlist.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "support/same_circuit.hpp"

namespace {

namespace fs = std::filesystem;
using namespace exturbo;

struct Count {
  int right = 0, all = 0;
};

bool is_even(const fs::path& file) {
  const std::string stem = file.stem().string();
  return !stem.empty() && (stem.back() - '0') % 2 == 0;
}

std::string percent(const Count& count) {
  char text[64];
  std::snprintf(text, sizeof text, "%d of %d (%.1f %%)", count.right, count.all,
                count.all == 0 ? 0.0 : 100.0 * count.right / count.all);
  return text;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "describe_bench FOLDER [--list]\n");
    return 2;
  }
  const bool lists = count > 2 && std::string(words[2]) == "--list";
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(words[1])) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Count lossless, halves[2];
  std::map<std::string, Count> by_type;
  for (const fs::path& file : files) {
    std::ifstream stream(file);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const auto read = circuit::read_circuit_description(text, file.string());
    if (!read.faults.empty()) {
      std::printf("%s: %s\n", file.filename().c_str(), core::to_string(read.faults[0]).c_str());
      continue;
    }
    const auto back = circuit::read_netlist(circuit::to_spice(read.description), file.string(), "", nullptr);
    const bool same = back.faults.empty() && test::same_circuit(read.description, back.description);
    const std::string type = circuit::recognise(read.description).ckt_type;
    const bool right = type == read.description.type;
    for (Count* counted : {&halves[is_even(file) ? 0 : 1], &by_type[read.description.type]}) {
      ++counted->all;
      counted->right += right ? 1 : 0;
    }
    ++lossless.all;
    lossless.right += same ? 1 : 0;
    if (!lists) continue;
    if (!same)
      std::printf("%s: %s\n", file.filename().c_str(),
                  back.faults.empty() ? "not the same circuit" : core::to_string(back.faults[0]).c_str());
    if (!right)
      std::printf("%s: %s is named %s\n", file.filename().c_str(), read.description.type.c_str(), type.c_str());
  }
  std::printf("round trip without loss  %s\n", percent(lossless).c_str());
  std::printf("type right, even files   %s\n", percent(halves[0]).c_str());
  std::printf("type right, odd files    %s\n", percent(halves[1]).c_str());
  for (const auto& [type, counted] : by_type) std::printf("  %-22s %s\n", type.c_str(), percent(counted).c_str());
  return 0;
}
