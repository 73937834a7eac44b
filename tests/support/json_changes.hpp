// JSON documents that are nearly a given one: what a reader and its schema must judge alike.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

namespace exturbo::test {

/// Every document that differs from `document` in one place: a member removed, added or replaced by something else.
inline std::vector<nlohmann::json> changes(const nlohmann::json& document) {
  using Json = nlohmann::json;
  static const std::vector<Json> kOthers{
      nullptr,         true, -3, 2.5, 70, "", "25", "some text", Json::array(), Json::object(), Json::array({1}),
      Json{{"key", 1}}};
  std::vector<Json> result;
  const Json flat = document.flatten();
  for (const auto& [pointer, value] : flat.items()) {
    for (Json::json_pointer place(pointer); !place.empty(); place.pop_back()) {
      for (const Json& other : kOthers) {
        result.push_back(document);
        result.back()[place] = other;
      }
      if (!document.at(place.parent_pointer()).is_object()) continue;
      result.push_back(document);
      result.back().at(place.parent_pointer()).erase(place.back());
      result.push_back(document);
      result.back().at(place.parent_pointer())["unknown key"] = 1;
    }
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

}  // namespace exturbo::test
