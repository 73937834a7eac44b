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
    faults.push_back({"PDK-001", name_or_path, "", "no process.json in this folder", "name a process (ptm180, ptm90, ptm45) or a folder with process.json"});
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
                    closest.empty() ? "set EXTURBO_PDK_PATH or --pdk-path to the folder that holds it" : "did you mean \"" + closest + "\"?"});
  return std::nullopt;
}

void read_corners(const JsonPlace& corners, Process& process) {
  if (!corners.is_object("corners")) return;
  for (const auto& [corner, by_model] : corners.members()) {
    auto& changes = process.corners[corner];
    if (!by_model.is_object("a corner")) continue;
    for (const auto& [model, parameters] : by_model.members()) {
      const auto card = std::find_if(process.models.begin(), process.models.end(), [&](const ModelCard& m) { return m.name == model; });
      if (card == process.models.end()) {
        parameters.fault("PDK-005", "no model card named \"" + model + "\"", "use the names of the .model cards");
        continue;
      }
      for (const auto& [parameter, change] : parameters.members()) {
        change.allow_keys({"scale", "add"});
        if (card->find(parameter) == nullptr) {
          change.fault("PDK-006", "the card has no parameter \"" + parameter + "\"", "state it in the card, so that a corner can change it");
        }
        changes[model][parameter] = {change.number("scale").value_or(1), change.number("add").value_or(0)};
      }
    }
  }
}

Process read_process(const std::filesystem::path& folder, std::vector<core::Fault>& faults) {
  Process process;
  process.folder = folder;
  const auto document = parse_json_file(folder / "process.json", faults);
  if (!document) return process;
  const JsonPlace root(*document, "", (folder / "process.json").string(), faults);
  if (!root.is_object("a process")) return process;
  root.allow_keys({"name", "description", "models", "nmos", "pmos", "supply", "min_length", "min_width", "grid", "finger_width",
                   "junction_length", "temperature", "corners", "reference"});
  process.name = root.required_text("name").value_or("");
  process.description = root.text("description").value_or("");
  process.nmos = root.required_text("nmos").value_or("nmos");
  process.pmos = root.required_text("pmos").value_or("pmos");
  process.supply = root.required_number("supply").value_or(0);
  process.min_length = root.required_number("min_length").value_or(0);
  process.min_width = root.number("min_width").value_or(process.min_length);
  process.grid = root.number("grid").value_or(0);
  process.finger_width = root.number("finger_width").value_or(0);
  process.junction_length = root.number("junction_length").value_or(0);
  process.temperature = root.number("temperature").value_or(27);
  if (const auto models = root.required_text("models")) {
    if (const auto path = resolve_inside(folder, *models, root.at("models"))) {
      if (const auto text = read_text_file(*path, faults)) process.models = parse_models(split_lines(*text));
      for (const std::string& name : {process.nmos, process.pmos}) {
        if (std::none_of(process.models.begin(), process.models.end(), [&](const ModelCard& m) { return m.name == name; })) {
          faults.push_back({"PDK-004", path->string(), "", "no .model card named \"" + name + "\"", "add it, or correct process.json"});
        }
      }
    }
  }
  if (root.has("corners")) read_corners(root.at("corners"), process);
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
