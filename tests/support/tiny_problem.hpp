// The small problem of tiny_files.hpp as JSON that a test can change.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <nlohmann/json.hpp>

#include "support/tiny_files.hpp"

namespace exturbo::test {

/// Problem JSON as an object that a test can change before writing it.
inline nlohmann::ordered_json tiny_json() { return nlohmann::ordered_json::parse(kTinyJson); }

/// Writes the files of the tiny problem and `json` as problem.json; returns its path.
inline std::filesystem::path write_tiny(const TemporaryFolder& folder,
                                        const nlohmann::ordered_json& json = tiny_json()) {
  return write_tiny_files(folder, json.dump(2));
}

}  // namespace exturbo::test
