// Reads a process folder: process.json and the model cards it names.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "exturbo/problem/load.hpp"
#include "json_reader.hpp"
#include "paths.hpp"

namespace exturbo::problem {
namespace {

std::vector<std::filesystem::path> search_path(const LoadOptions& options) {
  std::vector<std::filesystem::path> folders = options.pdk_path;
  if (const char* variable = std::getenv("EXTURBO_PDK_PATH")) {
    std::istringstream stream(variable);
    for (std::string folder; std::getline(stream, folder, ':');) {
      if (!folder.empty()) folders.emplace_back(folder);
    }
  }
  // An installation that was moved is found from its program.
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) folders.push_back(program.parent_path().parent_path() / "share/exturbo/pdk");
  folders.emplace_back(EXTURBO_INSTALLED_PDK);
  folders.emplace_back(EXTURBO_SOURCE_PDK);
  return folders;
}

std::optional<std::filesystem::path> find_folder(const std::string& name_or_path, const LoadOptions& options,
                                                 std::vector<core::Fault>& faults) {
  std::error_code error;
  if (name_or_path.find('/') != std::string::npos) {
    if (std::filesystem::is_regular_file(std::filesystem::path(name_or_path) / "process.json", error)) {
      return std::filesystem::canonical(name_or_path);
    }
    faults.push_back({"PDK-001", name_or_path, "", "no process.json in the folder " + name_or_path,
                      "name a process (ptm180, ptm90, ptm45) or a folder with process.json"});
    return std::nullopt;
  }
  std::string searched;
  std::vector<std::string> names;
  for (const auto& folder : search_path(options)) {
    if (std::filesystem::is_regular_file(folder / name_or_path / "process.json", error)) {
      return std::filesystem::canonical(folder / name_or_path);
    }
    searched += (searched.empty() ? "" : ", ") + folder.string();
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      names.push_back(it->path().filename().string());
    }
  }
  const std::string closest = core::closest_name(name_or_path, names);
  faults.push_back({"PDK-002", name_or_path, "", "unknown process \"" + name_or_path + "\"; searched " + searched,
                    closest.empty() ? "set EXTURBO_PDK_PATH or --pdk-path to the folder that holds it"
                                    : "did you mean \"" + closest + "\"?"});
  return std::nullopt;
}

void read_corners(const JsonPlace& corners, Process& process) {
  if (!corners.is_object("corners")) return;
  for (const auto& [corner, by_model] : corners.members()) {
    auto& changes = process.corners[corner];
    if (!by_model.is_object("a corner")) continue;
    for (const auto& [model, parameters] : by_model.members()) {
      if (!parameters.is_object("the changes of a card")) continue;
      const auto card = std::find_if(process.models.begin(), process.models.end(),
                                     [&model = model](const ModelCard& m) { return m.name == model; });
      if (card == process.models.end()) {
        parameters.fault("PDK-005", "no model card named \"" + model + "\"", "use the names of the .model cards");
        continue;
      }
      for (const auto& [parameter, change] : parameters.members()) {
        if (!change.is_object("a change")) continue;
        change.allow_keys({"scale", "add"});
        if (card->find(parameter) == nullptr) {
          change.fault("PDK-006", "the card has no parameter \"" + parameter + "\"",
                       "state it in the card, so that a corner can change it");
        }
        changes[model][parameter] = {change.number("scale").value_or(1), change.number("add").value_or(0)};
      }
    }
  }
}

/// The cards; faults unless both devices are among them.
bool read_models(const JsonPlace& root, Process& process) {
  const auto name = root.required_text("models");
  const auto path = name ? resolve_inside(process.folder, *name, root.at("models")) : std::nullopt;
  const auto text = path ? read_text_file(*path, root.faults()) : std::nullopt;
  if (!text) return false;
  process.models = parse_models(split_lines(*text), path->string(), &root.faults());
  for (const std::string& device : {process.nmos, process.pmos}) {
    if (std::none_of(process.models.begin(), process.models.end(),
                     [&](const ModelCard& m) { return m.name == device; })) {
      root.faults().push_back({"PDK-004", path->string(), "", "no .model card named \"" + device + "\"",
                               "add it, or correct process.json"});
    }
  }
  return true;
}

double read_size(const JsonPlace& root, const char* key, double otherwise) {
  const double value = root.number(key).value_or(otherwise);
  if (value < 0 && root.has(key)) root.at(key).fault("PDK-003", "must not be negative", "give it in SI units");
  return value;
}

Process read_process(const std::filesystem::path& folder, std::vector<core::Fault>& faults) {
  Process process;
  process.folder = folder;
  const auto document = parse_json_file(folder / "process.json", faults);
  if (!document) return process;
  const JsonPlace root(*document, "", (folder / "process.json").string(), faults);
  if (!root.is_object("a process")) return process;
  root.allow_keys({"name", "description", "models", "nmos", "pmos", "supply", "min_length", "min_width", "grid",
                   "finger_width", "junction_length", "temperature", "corners", "reference"});
  process.name = root.required_text("name").value_or("");
  process.description = root.text("description").value_or("");
  process.nmos = root.required_text("nmos").value_or("nmos");
  process.pmos = root.required_text("pmos").value_or("pmos");
  for (const char* key : {"supply", "min_length"}) {
    if (!root.has(key)) root.required_number(key);
  }
  process.supply = read_size(root, "supply", 0);
  process.min_length = read_size(root, "min_length", 0);
  process.min_width = read_size(root, "min_width", process.min_length);
  process.grid = read_size(root, "grid", 0);
  process.finger_width = read_size(root, "finger_width", 0);
  process.junction_length = read_size(root, "junction_length", 0);
  process.temperature = root.number("temperature").value_or(27);
  if (read_models(root, process) && root.has("corners")) read_corners(root.at("corners"), process);
  process.corners.try_emplace("tt");
  return process;
}

}  // namespace

Process load_process(const std::string& name_or_path, const LoadOptions& options) {
  std::vector<core::Fault> faults;
  Process process;
  if (const auto folder = find_folder(name_or_path, options, faults)) process = read_process(*folder, faults);
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return process;
}

}  // namespace exturbo::problem
