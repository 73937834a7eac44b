// Text of a problem: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "problem_text.hpp"

#include <algorithm>
#include <cmath>

#include "exturbo/core/number.hpp"

namespace exturbo::agents {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidth = 118;

/// The value on one line.
std::string line_of(const Json& json) {
  if (!json.is_structured()) return json.dump();
  std::string text;
  if (json.is_array()) {
    for (const Json& item : json) text += (text.empty() ? "" : ", ") + line_of(item);
    return "[" + text + "]";
  }
  for (const auto& [key, value] : json.items())
    text += (text.empty() ? "" : ", ") + Json(key).dump() + ": " + line_of(value);
  return "{" + text + "}";
}

void write(const Json& json, std::size_t depth, std::size_t column, std::string& text) {
  const std::string line = line_of(json);
  const bool is_flat = std::none_of(json.begin(), json.end(), [](const Json& item) { return item.is_structured(); });
  // The outermost level and the sections below it are read by key: one a line.
  if (!json.is_object() || json.empty() || (depth > 1 && (is_flat || column + line.size() < kWidth)) ||
      (depth == 1 && json.size() == 1)) {
    text += line;
    return;
  }
  const std::string indent(2 * depth + 2, ' ');
  text += "{";
  bool first = true;
  for (const auto& [key, value] : json.items()) {
    const std::string name = indent + Json(key).dump() + ": ";
    text += (first ? "\n" : ",\n") + name;
    write(value, depth + 1, name.size(), text);
    first = false;
  }
  text += "\n" + std::string(2 * depth, ' ') + "}";
}

}  // namespace

Json spice_number(double value) {
  const double size = std::abs(value);
  if (size != 0 && (size < 0.01 || size >= 1000)) return core::format_number(value);
  if (value == std::round(value)) return std::lround(value);
  // Six digits: 0.35 for 0.35000000000000003.
  const double scale = std::pow(10, 5 - std::floor(std::log10(size)));
  return std::round(value * scale) / scale;
}

std::string problem_text(const Json& problem) {
  std::string text;
  write(problem, 0, 0, text);
  return text + "\n";
}

}  // namespace exturbo::agents
