// design.json: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "request_file.hpp"

#include "exturbo/core/fault.hpp"
#include "exturbo/run/run_folder.hpp"
#include "problem/json_reader.hpp"
#include "run/disk.hpp"

namespace exturbo::flow {
namespace {

namespace fs = std::filesystem;
using problem::Json;

/// SHA-256 of a file, "" for no file. Faults are appended.
std::string hash_of(const fs::path& file, std::vector<core::Fault>& faults) {
  if (file.empty()) return "";
  const auto text = problem::read_text_file(file, faults, 2 * problem::kMaxFileSize);
  return text ? run::sha256(*text) : "";
}

Json json_of(const DesignRequest& request) {
  std::vector<core::Fault> faults;
  Json json{{"netlist", hash_of(request.netlist, faults)},
            {"specs", hash_of(request.specs, faults)},
            {"schematic", hash_of(request.schematic, faults)},
            {"pdk", request.pdk},
            {"kind", request.kind},
            {"pins", request.pins},
            {"cell", request.cell},
            {"budget", request.budget},
            {"batch", request.batch},
            {"rng_seed", request.rng_seed},
            {"device", gp::to_string(request.device)},
            {"model_points", request.model_points},
            {"history", Json::array()}};
  for (const fs::path& folder : request.history) json["history"].push_back(folder.string());
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return json;
}

}  // namespace

bool open_request(const DesignRequest& request) {
  const Json asked = json_of(request);
  const fs::path file = request.folder / "design.json";
  std::error_code error;
  if (fs::exists(file, error)) {
    std::vector<core::Fault> faults;
    const auto begun = problem::parse_json_file(file, faults);
    if (!begun) throw core::InputError(std::move(faults));
    for (const auto& [key, value] : asked.items()) {
      if (!begun->is_object() || !begun->contains(key) || begun->at(key) != value)
        faults.push_back({"FLO-001", file.string(), "/" + key,
                          "the design in this folder was begun with another " + key,
                          "give the same again to go on with it, or another --out"});
    }
    if (!faults.empty()) throw core::InputError(std::move(faults));
    return false;
  }
  if (fs::exists(request.folder, error) &&
      !(fs::is_directory(request.folder, error) && fs::is_empty(request.folder, error)))
    throw core::InputError({{"FLO-002", request.folder.string(), "", "exists and is no empty folder and no design",
                             "choose another --out"}});
  fs::create_directories(request.folder, error);
  if (error)
    throw core::EnvironmentError(request.folder.string() + ": cannot make the folder: " + error.message() +
                                 run::remedy(error.value()));
  run::write_whole(file, asked.dump(2) + "\n");
  return true;
}

}  // namespace exturbo::flow
