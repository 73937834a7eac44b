// What the campaign knows so far: kept in a JSON file after each run, read back when it goes on; and its table.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "fault.hpp"

namespace exturbo::faults {

using Records = std::map<std::uint64_t, RunRecord>;  ///< By rng seed.

/// Nothing if the file is absent or of other settings.
Records load_records(const std::filesystem::path& file, const std::string& settings);
void store_records(const std::filesystem::path& file, const std::string& settings, const Records& records);

struct Total {
  int injected = 0;
  int orphans = 0;
  int lost = 0;
  int wrong_runs = 0;
};
/// Prints kind by kind what was injected, as what it was recorded and in how many runs that ended right.
Total print_table(const Records& records);

}  // namespace exturbo::faults
