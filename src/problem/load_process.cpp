// Reads a process folder: process.json and the model cards it names.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include "exturbo/core/text.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/problem/model_name.hpp"
#include "include_reader.hpp"
#include "json_reader.hpp"
#include "library_part.hpp"
#include "load_parts.hpp"
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
                      "name a process (ptm180, ptm90, ptm65, ptm45) or a folder with process.json"});
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
      const auto card =
          std::find_if(process.models.begin(), process.models.end(),
                       [&model = model](const ModelCard& m) { return m.name == model || base_name(m.name) == model; });
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
  process.files.push_back(*path);
  process.models = parse_models(split_lines(*text), path->string(), &root.faults());
  for (const std::string& device : {process.nmos, process.pmos}) {
    if (std::none_of(process.models.begin(), process.models.end(),
                     [&](const ModelCard& m) { return base_name(m.name) == device; })) {
      root.faults().push_back({"PDK-004", path->string(), "", "no .model card named \"" + device + "\"",
                               "add it, or correct process.json"});
    }
  }
  return true;
}

/// The library text of each corner: `"library"` and `"section"` of the corner, else the file of the process.
void read_library(const JsonPlace& root, Process& process) {
  const auto read = [&](const std::string& corner, const std::string& name, const JsonPlace& place,
                        const std::string& section) {
    process.corners.try_emplace(corner);
    const auto path = resolve_inside(process.folder, name, place);
    if (!path) return;
    SourceText text = read_source(*path, core::lower_case(section), library_rules(process.folder), root.faults());
    process.files.insert(process.files.end(), text.sources.files.begin(), text.sources.files.end());
    process.library[corner] = std::move(text);
  };
  const auto name = root.text("library");
  if (!name) return;
  if (root.has("corners") && root.at("corners").is_object("corners")) {
    for (const auto& [corner, place] : root.at("corners").members()) {
      if (!place.is_object("a corner")) continue;
      place.allow_keys({"library", "section"});
      read(corner, place.text("library").value_or(*name),
           place.has("library") ? place.at("library") : root.at("library"), place.text("section").value_or(""));
    }
  }
  if (!process.corners.contains("tt")) read("tt", *name, root.at("library"), "");
  std::sort(process.files.begin(), process.files.end());
  process.files.erase(std::unique(process.files.begin(), process.files.end()), process.files.end());
}

void read_device(const JsonPlace& place, Device& device) {
  if (!place.is_object("a device")) return;
  place.allow_keys({"type", "kind", "width", "length", "multiplier", "fingers", "unit", "transistor"});
  device.type = place.required_text("type").value_or("nmos");
  if (device.type != "nmos" && device.type != "pmos")
    place.at("type").fault("PDK-023", "\"" + device.type + "\" is no type of a device", "write nmos or pmos");
  const std::string kind = place.text("kind").value_or("card");
  if (kind != "card" && kind != "subcircuit")
    place.at("kind").fault("PDK-023", "\"" + kind + "\" is no kind of a device", "write card or subcircuit");
  device.is_subcircuit = kind == "subcircuit";
  const auto name = [&](const char* key, std::string& value) {
    value = core::lower_case(place.text(key).value_or(value));
  };
  if (device.is_subcircuit) device.multiplier = "mult";
  name("width", device.width);
  name("length", device.length);
  name("multiplier", device.multiplier);
  name("fingers", device.fingers);
  name("transistor", device.transistor);
  device.unit = place.number("unit").value_or(1);
  if (!(device.unit > 0)) place.at("unit").fault("PDK-003", "must be positive", "give metres: \"1u\" for micrometres");
}

void read_devices(const JsonPlace& root, Process& process) {
  if (root.has("devices") && root.at("devices").is_object("devices")) {
    for (const auto& [name, place] : root.at("devices").members())
      read_device(place, process.devices[core::lower_case(name)]);
  }
  for (const char* type : {"nmos", "pmos"}) {
    const std::string name = core::lower_case(std::string(type) == "nmos" ? process.nmos : process.pmos);
    if (!root.has("devices")) process.devices[name].type = type;
    if (!process.devices.contains(name) && root.has(type))
      root.at(type).fault("PDK-024", "\"" + name + "\" is not among /devices", "describe it there");
  }
  for (const auto& [corner, text] : process.library) {
    const std::set<std::string> known = defined_names(text);
    for (const auto& [name, device] : process.devices) {
      if (known.contains(name) || !root.has("devices") || !root.at("devices").has(name)) continue;
      const std::vector<std::string> names(known.begin(), known.end());
      const std::string closest = core::closest_name(name, names);
      root.at("devices").at(name).fault(
          "PDK-025", "the library of the corner " + corner + " defines no \"" + name + "\"",
          closest.empty() ? "name a .subckt or .model of the library" : "did you mean \"" + closest + "\"?");
    }
  }
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
  root.allow_keys({"name", "description", "models", "library", "devices", "nmos", "pmos", "supply", "min_length",
                   "min_width", "grid", "finger_width", "junction_length", "temperature", "corners", "mismatch",
                   "variation", "reference"});
  process.name = root.required_text("name").value_or("");
  // The name is a folder of each run.
  if (!process.name.empty() && (process.name.find_first_of("/\\") != std::string::npos || process.name[0] == '.'))
    root.at("name").fault("PDK-027", "\"" + process.name + "\" is no name for a process",
                          "use no / and no leading dot");
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
  process.files.push_back(folder / "process.json");
  if (root.has("library")) {
    if (root.has("models"))
      root.at("models").fault("PDK-026", "a process has either models or a library", "remove one of them");
    read_library(root, process);
  } else if (read_models(root, process) && root.has("corners")) {
    read_corners(root.at("corners"), process);
  }
  read_devices(root, process);
  process.corners.try_emplace("tt");
  read_statistics(root, process);
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
