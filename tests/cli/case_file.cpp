// Broken inputs as data: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "case_file.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "support/evaluator_problem.hpp"
#include "support/tiny_problem.hpp"

namespace exturbo::test {
namespace {

namespace fs = std::filesystem;
using OrderedJson = nlohmann::ordered_json;

fs::path golden_path(const std::string& group) {
  return fs::path(EXTURBO_SOURCE_DIR) / "tests/cli/cases" / (group + ".golden");
}

std::string joined(const OrderedJson& lines) {
  std::string text;
  for (const OrderedJson& line : lines) text += line.get<std::string>() + "\n";
  return text;
}

std::map<std::string, OrderedJson> members(const OrderedJson& content, const char* key) {
  return content.value(key, OrderedJson::object()).get<std::map<std::string, OrderedJson>>();
}

void replace_text(const TemporaryFolder& folder, const std::string& file, const std::string& from,
                  const std::string& to) {
  std::string text = folder.read(file);
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error(file + " does not hold '" + from + "'");
  folder.write(file, text.replace(at, from.size(), to));
}

}  // namespace

std::vector<Case> read_cases(const std::string& group) {
  std::ifstream stream(fs::path(EXTURBO_SOURCE_DIR) / "tests/cli/cases" / (group + ".json"));
  std::vector<Case> cases;
  for (const OrderedJson& content : OrderedJson::parse(stream))
    cases.push_back({group, content.at("name").get<std::string>(), content});
  return cases;
}

void write_case(const Case& example, const TemporaryFolder& folder) {
  const OrderedJson& content = example.content;
  if (!content.value("run", false)) {
    OrderedJson problem = content.value("evaluator", false) ? OrderedJson::parse(kEvaluatorJson) : tiny_json();
    problem.merge_patch(content.value("problem", OrderedJson::object()));
    write_tiny(folder, problem);
    OrderedJson process = OrderedJson::parse(kTinyProcess);
    process.merge_patch(content.value("process", OrderedJson::object()));
    folder.write("pdk/tiny/process.json", process.dump(2));
  }
  for (const auto& [file, lines] : members(content, "files")) {
    fs::remove_all(folder.path() / file);
    if (!lines.is_null()) folder.write(file, joined(lines));
  }
  for (const auto& [file, texts] : members(content, "replace")) replace_text(folder, file, texts.at(0), texts.at(1));
  for (const auto& [file, fill] : members(content, "fill")) {
    folder.write(file, std::string(fill.at(1).get<std::size_t>(), fill.at(0).get<std::string>().at(0)));
  }
  for (const OrderedJson& name : content.value("folders", OrderedJson::array())) {
    fs::remove_all(folder.path() / name.get<std::string>());
    fs::create_directories(folder.path() / name.get<std::string>());
  }
  for (const auto& [file, target] : members(content, "links")) {
    fs::remove_all(folder.path() / file);
    fs::create_symlink(target.get<std::string>(), folder.path() / file);
  }
}

std::vector<std::string> arguments_of(const Case& example) {
  return example.content.value("arguments", std::vector<std::string>{"check", "problem.json"});
}

std::map<std::string, std::string> read_golden(const std::string& group) {
  std::map<std::string, std::string> sections;
  std::ifstream stream(golden_path(group));
  std::string name;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('[') && line.ends_with(']')) {
      name = line.substr(1, line.size() - 2);
      sections[name];
    } else if (!line.empty()) {
      sections[name] += line + "\n";
    }
  }
  return sections;
}

void record_golden(const Case& example, const std::string& text) {
  std::map<std::string, std::string> sections = read_golden(example.group);
  sections[example.name] = text;
  std::ofstream stream(golden_path(example.group), std::ios::trunc);
  for (const Case& known : read_cases(example.group)) {
    if (sections.contains(known.name)) stream << "[" << known.name << "]\n" << sections.at(known.name) << "\n";
  }
}

}  // namespace exturbo::test
