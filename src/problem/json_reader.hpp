// Reads values out of a JSON document and collects every fault with its JSON pointer.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"

namespace exturbo::problem {

using Json = nlohmann::ordered_json;

/// What a JSON text may be. The defaults are for what people and agents write.
struct JsonLimits {
  int depth = 32;               ///< Nesting: what walks over a document recurses.
  std::size_t elements = 4096;  ///< Of one object or array: the JSON library takes time in the square of it.
  std::size_t key_bytes = 256;  ///< Every fault below a key repeats it.
};

/// Parsed content of a JSON file, or nothing and a fault (line and column of the syntax error, duplicate key, a limit
/// passed).
std::optional<Json> parse_json_file(const std::filesystem::path& file, std::vector<core::Fault>& faults,
                                    const JsonLimits& limits = {});

/// The same of a text; `file` is what the faults name.
std::optional<Json> parse_json_text(const std::string& text, const std::string& file, std::vector<core::Fault>& faults,
                                    const JsonLimits& limits = {});

inline constexpr std::size_t kMaxFileSize = 4U << 20;

/// At most `max_size` bytes of text of a regular file, or nothing and a fault. Never waits: a pipe or device is none.
std::optional<std::string> read_text_file(const std::filesystem::path& file, std::vector<core::Fault>& faults,
                                          std::size_t max_size = kMaxFileSize);

/// A place in a document. Copies are cheap; getters that find a fault record it and return nothing.
class JsonPlace {
 public:
  JsonPlace(const Json& value, std::string pointer, std::string file, std::vector<core::Fault>& faults)
      : value_(&value), pointer_(std::move(pointer)), file_(std::move(file)), faults_(&faults) {}

  const Json& value() const { return *value_; }
  const std::string& pointer() const { return pointer_; }

  void fault(const std::string& id, const std::string& what, const std::string& hint) const;

  bool is_object(const std::string& what) const;
  bool is_array(const std::string& what) const;
  /// Faults for every key that is not listed, with the closest listed one as hint.
  void allow_keys(std::initializer_list<const char*> keys) const;

  bool has(const std::string& key) const { return value_->is_object() && value_->contains(key); }
  JsonPlace at(const std::string& key) const;
  JsonPlace at(std::size_t index) const;
  std::vector<std::pair<std::string, JsonPlace>> members() const;
  std::vector<JsonPlace> elements() const;

  std::optional<double> number() const;
  std::optional<std::string> text() const;
  std::optional<bool> boolean() const;
  std::optional<long> integer(long low, long high) const;

  /// Of a member that may be absent.
  std::optional<double> number(const std::string& key) const { return has(key) ? at(key).number() : std::nullopt; }
  std::optional<std::string> text(const std::string& key) const { return has(key) ? at(key).text() : std::nullopt; }
  /// Of a member that must be there.
  bool require(const std::string& key) const;
  std::optional<double> required_number(const std::string& key) const;
  std::optional<std::string> required_text(const std::string& key) const;

  std::vector<core::Fault>& faults() const { return *faults_; }
  const std::string& file() const { return file_; }

 private:
  const Json* value_;
  std::string pointer_;
  std::string file_;
  std::vector<core::Fault>* faults_;
};

}  // namespace exturbo::problem
