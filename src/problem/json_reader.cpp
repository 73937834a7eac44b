// Reads values out of a JSON document: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "json_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <set>

#include "exturbo/core/number.hpp"

namespace exturbo::problem {
namespace {

constexpr std::size_t kMaxDuplicates = 100;

std::string line_and_column(const std::string& text, std::size_t byte) {
  const std::size_t end = std::min(byte == 0 ? 0 : byte - 1, text.size());
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  const std::size_t last = text.rfind('\n', end == 0 ? 0 : end - 1);
  const std::size_t column = last == std::string::npos || last >= end ? end + 1 : end - last;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// The part of nlohmann's message that says what was unexpected: behind "- ", else behind its "[json.exception...]".
std::string syntax_message(const std::string& message) {
  const std::size_t dash = message.rfind("- ");
  if (dash != std::string::npos) return message.substr(dash + 2);
  const std::size_t bracket = message.find("] ");
  return bracket == std::string::npos ? message : message.substr(bracket + 2);
}

std::string escape(const std::string& key) {
  std::string result;
  for (const char c : key) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

/// Duplicate keys, nesting and size, seen while parsing.
class Watcher {
 public:
  explicit Watcher(const JsonLimits& limits) : limits_(limits) {}

  /// Thrown through the parser, which would go on to the end of the text otherwise.
  struct TooLarge {
    std::string pointer;
    std::string what;
  };

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    if (depth > limits_.depth) too_deep = true;
    if (event == Event::object_start || event == Event::array_start) {
      count_element();
      levels_.push_back({event == Event::array_start, 0, "", {}});
    } else if (event == Event::object_end || event == Event::array_end) {
      levels_.pop_back();
    } else if (event == Event::key) {
      Level& level = levels_.back();
      if (level.seen.size() == limits_.elements) throw_too_many();
      level.key = parsed.get<std::string>();
      if (level.key.size() > limits_.key_bytes)
        throw TooLarge{parent_pointer(), "has a key of more than " + std::to_string(limits_.key_bytes) + " bytes"};
      if (!level.seen.insert(level.key).second && duplicates.size() < kMaxDuplicates) duplicates.push_back(pointer());
    } else {
      count_element();
    }
    return depth <= limits_.depth;
  }
  std::vector<std::string> duplicates;  ///< JSON pointers.
  bool too_deep = false;

 private:
  struct Level {
    bool is_array = false;
    std::size_t elements = 0;
    std::string key;
    std::set<std::string> seen;
  };

  void count_element() {
    if (levels_.empty() || !levels_.back().is_array) return;
    if (levels_.back().elements == limits_.elements) throw_too_many();
    ++levels_.back().elements;
  }
  [[noreturn]] void throw_too_many() const {
    throw TooLarge{parent_pointer(), "holds more than " + std::to_string(limits_.elements) + " values"};
  }
  std::string pointer() const { return pointer(levels_.size()); }             ///< Of the value being read.
  std::string parent_pointer() const { return pointer(levels_.size() - 1); }  ///< Of what holds it.
  std::string pointer(std::size_t depth) const {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
      const Level& level = levels_[i];
      text += "/" + (level.is_array ? std::to_string(level.elements - 1) : escape(level.key));
    }
    return text;
  }

  const JsonLimits& limits_;
  std::vector<Level> levels_;
};

}  // namespace

std::optional<std::string> read_text_file(const std::filesystem::path& file, std::vector<core::Fault>& faults,
                                          std::size_t max_size) {
  const auto add = [&](const std::string& what, const std::string& hint) {
    faults.push_back({"FIL-001", file.string(), "", what, hint});
    return std::nullopt;
  };
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) return add("no such file", "check the path");
  if (!std::filesystem::is_regular_file(status))
    return add("not a regular file", "name a file, not a folder or device");
  const auto too_large = [&] {
    return add("larger than " + std::to_string(max_size >> 20) + " MiB", "such a file is no input of this kind");
  };
  if (std::filesystem::file_size(file, error) > max_size || error) return too_large();
  std::ifstream stream(file, std::ios::binary);
  std::string content;
  // Some regular files (those of /proc) hold more than they say.
  for (std::array<char, 1U << 16> part; stream.read(part.data(), part.size()) || stream.gcount() > 0;) {
    content.append(part.data(), static_cast<std::size_t>(stream.gcount()));
    if (content.size() > max_size) return too_large();
  }
  if (!stream.eof()) return add("cannot be read", "check its permissions");
  return content;
}

std::optional<Json> parse_json_file(const std::filesystem::path& file, std::vector<core::Fault>& faults,
                                    const JsonLimits& limits) {
  const auto text = read_text_file(file, faults);
  return text ? parse_json_text(*text, file.string(), faults, limits) : std::nullopt;
}

std::optional<Json> parse_json_text(const std::string& text, const std::string& file, std::vector<core::Fault>& faults,
                                    const JsonLimits& limits) {
  Watcher watcher(limits);
  const auto tell_depth = [&] {
    faults.push_back({"JSN-003", file, "", "nested more than " + std::to_string(limits.depth) + " deep", "flatten it"});
    return std::nullopt;
  };
  try {
    Json document = Json::parse(text, std::ref(watcher));
    for (const std::string& pointer : watcher.duplicates) {
      faults.push_back({"JSN-002", file, pointer, "the key appears twice in one object", "remove one of them"});
    }
    if (watcher.too_deep) return tell_depth();
    return document;
  } catch (const Watcher::TooLarge& error) {
    faults.push_back({"JSN-006", file, error.pointer.empty() ? "/" : error.pointer, error.what,
                      "such a file is no input of this kind"});
  } catch (const Json::parse_error& error) {
    if (watcher.too_deep) return tell_depth();
    faults.push_back({"JSN-001", file, line_and_column(text, error.byte),
                      "not valid JSON: " + syntax_message(error.what()),
                      "look for a missing comma, quote or bracket just before this place"});
  } catch (const Json::exception& error) {
    faults.push_back({"JSN-001", file, "", std::string("not valid JSON: ") + syntax_message(error.what()),
                      "use numbers of ordinary size"});
  }
  return std::nullopt;
}

void JsonPlace::fault(const std::string& id, const std::string& what, const std::string& hint) const {
  faults_->push_back({id, file_, pointer_.empty() ? "/" : pointer_, what, hint});
}

bool JsonPlace::is_object(const std::string& what) const {
  if (!value_->is_object()) fault("JSN-010", what + " must be an object, not " + value_->type_name(), "write { ... }");
  return value_->is_object();
}

bool JsonPlace::is_array(const std::string& what) const {
  if (!value_->is_array()) fault("JSN-011", what + " must be an array, not " + value_->type_name(), "write [ ... ]");
  return value_->is_array();
}

void JsonPlace::allow_keys(std::initializer_list<const char*> keys) const {
  const std::vector<std::string> known(keys.begin(), keys.end());
  for (const auto& [key, place] : members()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string closest = core::closest_name(key, known);
    std::string all;
    for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
    place.fault("JSN-004", "unknown key \"" + key + "\"",
                closest.empty() ? "known here: " + all : "did you mean \"" + closest + "\"?");
  }
}

JsonPlace JsonPlace::at(const std::string& key) const {
  return {(*value_)[key], pointer_ + "/" + escape(key), file_, *faults_};
}

JsonPlace JsonPlace::at(std::size_t index) const {
  return {(*value_)[index], pointer_ + "/" + std::to_string(index), file_, *faults_};
}

std::vector<std::pair<std::string, JsonPlace>> JsonPlace::members() const {
  std::vector<std::pair<std::string, JsonPlace>> result;
  if (value_->is_object()) {
    // By the item and not by its key, which is looked for from the object's beginning.
    for (const auto& item : value_->items())
      result.emplace_back(item.key(), JsonPlace(item.value(), pointer_ + "/" + escape(item.key()), file_, *faults_));
  }
  return result;
}

std::vector<JsonPlace> JsonPlace::elements() const {
  std::vector<JsonPlace> result;
  if (value_->is_array()) {
    for (std::size_t i = 0; i < value_->size(); ++i) result.push_back(at(i));
  }
  return result;
}

std::optional<double> JsonPlace::number() const {
  if (value_->is_number()) {
    const double value = value_->get<double>();
    if (std::isfinite(value)) return value;
  }
  if (value_->is_string()) {
    if (const auto value = core::parse_number(value_->get_ref<const std::string&>())) return value;
  }
  fault("JSN-012", "must be a number, not " + (value_->is_string() ? value_->dump() : std::string(value_->type_name())),
        "write a plain number or a string with a SPICE suffix, such as \"2.5u\" or \"10meg\"");
  return std::nullopt;
}

std::optional<std::string> JsonPlace::text() const {
  if (value_->is_string()) return value_->get<std::string>();
  fault("JSN-013", std::string("must be a string, not ") + value_->type_name(), "put it in double quotes");
  return std::nullopt;
}

std::optional<bool> JsonPlace::boolean() const {
  if (value_->is_boolean()) return value_->get<bool>();
  fault("JSN-014", std::string("must be true or false, not ") + value_->type_name(),
        "write true or false without quotes");
  return std::nullopt;
}

std::optional<long> JsonPlace::integer(long low, long high) const {
  const auto value = number();
  if (!value) return std::nullopt;
  if (*value != std::floor(*value) || *value < static_cast<double>(low) || *value > static_cast<double>(high)) {
    fault("JSN-015",
          "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high) + ", not " +
              core::format_exact(*value),
          "choose one in that range");
    return std::nullopt;
  }
  return static_cast<long>(*value);
}

bool JsonPlace::require(const std::string& key) const {
  if (has(key)) return true;
  fault("JSN-005", "key \"" + key + "\" is missing", "add it");
  return false;
}

std::optional<double> JsonPlace::required_number(const std::string& key) const {
  return require(key) ? at(key).number() : std::nullopt;
}

std::optional<std::string> JsonPlace::required_text(const std::string& key) const {
  return require(key) ? at(key).text() : std::nullopt;
}

}  // namespace exturbo::problem
