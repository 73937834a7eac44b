// Holds a document against a schema: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "support/json_schema.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>

namespace exturbo::test {
namespace {

using Json = nlohmann::json;
using Faults = std::vector<std::string>;

const std::set<std::string> kKeywords{"$schema",       "$id",          "title",    "description",
                                      "$defs",         "$ref",         "type",     "enum",
                                      "anyOf",         "minimum",      "maximum",  "minLength",
                                      "maxLength",     "pattern",      "items",    "maxItems",
                                      "minItems",      "properties",   "required", "additionalProperties",
                                      "propertyNames", "minProperties"};

void check_keywords(const Json& schema) {
  if (schema.is_boolean()) return;
  for (const auto& [key, value] : schema.items()) {
    if (kKeywords.count(key) == 0)
      throw std::runtime_error("keyword '" + key + "' is not known to tests/support/json_schema.cpp");
    if (key == "properties" || key == "$defs") {
      for (const auto& [name, part] : value.items()) check_keywords(part);
    } else if (key == "items" || key == "additionalProperties" || key == "propertyNames") {
      check_keywords(value);
    } else if (key == "anyOf") {
      for (const Json& part : value) check_keywords(part);
    }
  }
}

bool is_whole(const Json& value) { return value.is_number() && value.get<double>() == std::floor(value.get<double>()); }

bool is_of_type(const Json& value, const std::string& type) {
  if (type == "integer") return is_whole(value);
  if (type == "number") return value.is_number();
  return type == value.type_name();
}

class Validation {
 public:
  explicit Validation(const Json& root) : root_(root) {}

  Faults check(const Json& value, const Json& schema, const std::string& pointer) {
    if (schema.is_boolean()) return schema.get<bool>() ? Faults{} : Faults{pointer + ": is not allowed"};
    Faults faults;
    const auto add = [&](const std::string& what) {
      faults.push_back((pointer.empty() ? "/" : pointer) + ": " + what);
    };
    const auto merge = [&](const Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); };
    if (schema.contains("$ref"))
      merge(check(value, root_.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1))), pointer));
    if (schema.contains("type") && !fits_type(value, schema["type"])) add("is not of type " + schema["type"].dump());
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
      add("is none of " + schema["enum"].dump());
    if (schema.contains("anyOf") && std::none_of(schema["anyOf"].begin(), schema["anyOf"].end(), [&](const Json& part) {
          return check(value, part, pointer).empty();
        })) {
      add("fits none of the alternatives");
    }
    if (value.is_number()) {
      if (schema.contains("minimum") && value < schema["minimum"]) add("is below " + schema["minimum"].dump());
      if (schema.contains("maximum") && value > schema["maximum"]) add("is above " + schema["maximum"].dump());
    }
    if (value.is_string()) merge(check_text(value.get<std::string>(), schema, pointer));
    if (value.is_array()) merge(check_array(value, schema, pointer));
    if (value.is_object()) merge(check_object(value, schema, pointer));
    return faults;
  }

 private:
  static bool fits_type(const Json& value, const Json& type) {
    if (type.is_string()) return is_of_type(value, type.get<std::string>());
    return std::any_of(type.begin(), type.end(),
                       [&](const Json& one) { return is_of_type(value, one.get<std::string>()); });
  }

  Faults check_text(const std::string& text, const Json& schema, const std::string& pointer) {
    Faults faults;
    if (schema.contains("minLength") && text.size() < schema["minLength"].get<std::size_t>())
      faults.push_back(pointer + ": is too short");
    if (schema.contains("maxLength") && text.size() > schema["maxLength"].get<std::size_t>())
      faults.push_back(pointer + ": is too long");
    if (schema.contains("pattern")) {
      const std::string pattern = schema["pattern"].get<std::string>();
      const auto known = patterns_.try_emplace(pattern, pattern).first;
      if (!std::regex_search(text, known->second))
        faults.push_back(pointer + ": '" + text + "' does not match " + pattern);
    }
    return faults;
  }

  Faults check_array(const Json& value, const Json& schema, const std::string& pointer) {
    Faults faults;
    if (schema.contains("maxItems") && value.size() > schema["maxItems"].get<std::size_t>())
      faults.push_back(pointer + ": has too many elements");
    if (schema.contains("minItems") && value.size() < schema["minItems"].get<std::size_t>())
      faults.push_back(pointer + ": has too few elements");
    for (std::size_t i = 0; schema.contains("items") && i < value.size(); ++i) {
      const Faults more = check(value[i], schema["items"], pointer + "/" + std::to_string(i));
      faults.insert(faults.end(), more.begin(), more.end());
    }
    return faults;
  }

  Faults check_object(const Json& value, const Json& schema, const std::string& pointer) {
    Faults faults;
    const Json required = schema.value("required", Json::array());
    for (const Json& key : required) {
      if (!value.contains(key.get<std::string>())) faults.push_back(pointer + ": lacks " + key.dump());
    }
    if (schema.contains("minProperties") && value.size() < schema["minProperties"].get<std::size_t>())
      faults.push_back(pointer + ": has too few members");
    const Json properties = schema.value("properties", Json::object());
    const auto merge = [&](const Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); };
    for (const auto& [key, member] : value.items()) {
      const std::string place = pointer + "/" + key;
      if (schema.contains("propertyNames")) merge(check(Json(key), schema["propertyNames"], place));
      if (properties.contains(key)) {
        merge(check(member, properties[key], place));
      } else if (schema.contains("additionalProperties")) {
        merge(check(member, schema["additionalProperties"], place));
      }
    }
    return faults;
  }

  const Json& root_;
  std::map<std::string, std::regex> patterns_;
};

}  // namespace

JsonSchema::JsonSchema(const std::filesystem::path& file) {
  std::ifstream stream(file);
  root_ = Json::parse(stream);
  check_keywords(root_);
}

std::vector<std::string> JsonSchema::faults(const Json& document) const {
  return Validation(root_).check(document, root_, "");
}

}  // namespace exturbo::test
