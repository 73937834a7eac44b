// Holds a JSON document against a JSON Schema: the part of draft 2020-12 that the schemas of this project use.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace exturbo::test {

class JsonSchema {
 public:
  /// \throws std::runtime_error if the file is no JSON or uses a keyword that is not known here: none is passed over.
  explicit JsonSchema(const std::filesystem::path& file);

  /// What does not fit, as "pointer: what"; empty if the document is valid.
  std::vector<std::string> faults(const nlohmann::json& document) const;

 private:
  nlohmann::json root_;
};

}  // namespace exturbo::test
