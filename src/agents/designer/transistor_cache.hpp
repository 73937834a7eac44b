// Keeps gm/ID tables between runs, in a folder of the user's.
// SPDX-License-Identifier: BSD-3-Clause
//
// A convenience only: whatever is wrong with the folder or a file in it, the tables are simulated again.
#pragma once

#include <optional>
#include <string>

#include "exturbo/agents/transistor_table.hpp"

namespace exturbo::agents {

/// The tables stored under `key`, or nothing if there are none or the file is not what store_tables() writes.
std::optional<ProcessTables> stored_tables(const std::string& key);

void store_tables(const std::string& key, const ProcessTables& tables);

}  // namespace exturbo::agents
