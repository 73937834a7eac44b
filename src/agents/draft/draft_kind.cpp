// Kinds of circuits: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_kind.hpp"

#include <functional>

#include "exturbo/agents/problem_draft.hpp"
#include "exturbo/problem/expression.hpp"
#include "problem/paths.hpp"
#include "problem_text.hpp"
#include "testbench_files.hpp"

namespace exturbo::agents {
namespace {

constexpr const char* kKindFile = "/kind.json";

/// The text with each <..> replaced.
std::string replaced(const std::string& text, const std::function<std::string(const std::string&)>& value) {
  std::string result;
  std::size_t at = 0;
  for (std::size_t open = text.find('<'); open != std::string::npos; open = text.find('<', at)) {
    const std::size_t close = text.find('>', open);
    result += text.substr(at, open - at) + value(text.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  return result + text.substr(at);
}

void fill_in(Json& json, const std::map<std::string, double>& values) {
  const std::string whole = json.is_string() ? json.get<std::string>() : "";
  if (whole.starts_with('<') && whole.find('>') + 1 == whole.size()) {
    json = spice_number(problem::evaluate_expression(whole.substr(1, whole.size() - 2), values));
  } else if (json.is_string()) {
    json = replaced(whole, [&](const std::string& expression) {
      const Json number = spice_number(problem::evaluate_expression(expression, values));
      return number.is_string() ? number.get<std::string>() : number.dump();
    });
  } else if (json.is_structured()) {
    for (Json& item : json) fill_in(item, values);
  }
}

Json read_kind(const std::string& kind) {
  Json json = Json::parse(testbench_files().at(kind + kKindFile));
  if (!json.contains("based_on")) return json;
  Json base = read_kind(json.at("based_on").get<std::string>());
  json.erase("based_on");
  base.merge_patch(json);
  return base;
}

}  // namespace

std::vector<std::string> circuit_kinds() {
  std::vector<std::string> kinds;
  for (const auto& [name, text] : testbench_files()) {
    if (name.ends_with(kKindFile)) kinds.push_back(name.substr(0, name.find('/')));
  }
  return kinds;
}

std::vector<std::string> kind_pins(const std::string& kind) {
  return read_kind(kind).at("pins").get<std::vector<std::string>>();
}

std::vector<std::string> kind_optional_pins(const std::string& kind) {
  return read_kind(kind).value("optional_pins", std::vector<std::string>{});
}

Json kind_json(const std::string& kind, const std::map<std::string, double>& values) {
  Json json = read_kind(kind);
  fill_in(json, values);
  return json;
}

std::string bench_text(const std::string& name, const std::map<std::string, std::string>& texts) {
  std::string result;
  for (const std::string& line : problem::split_lines(std::string(testbench_files().at(name)))) {
    const std::string text = replaced(line, [&](const std::string& placeholder) { return texts.at(placeholder); });
    if (!text.empty()) result += text + "\n";
  }
  return result;
}

}  // namespace exturbo::agents
