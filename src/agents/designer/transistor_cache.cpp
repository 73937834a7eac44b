// The cache of gm/ID tables: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "transistor_cache.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "exturbo/core/fault.hpp"
#include "problem/json_reader.hpp"
#include "run/disk.hpp"

namespace exturbo::agents {
namespace {

using Json = problem::Json;

/// Empty: no cache.
std::filesystem::path folder() {
  const auto value = [](const char* name) {
    const char* text = std::getenv(name);
    return std::string(text == nullptr ? "" : text);
  };
  if (const std::string own = value("EXTURBO_CACHE"); !own.empty()) return own == "off" ? "" : own;
  if (const std::string cache = value("XDG_CACHE_HOME"); !cache.empty())
    return std::filesystem::path(cache) / "exturbo";
  const std::string home = value("HOME");
  return home.empty() ? "" : std::filesystem::path(home) / ".cache" / "exturbo";
}

std::filesystem::path file_of(const std::string& key) { return folder() / ("transistors-" + key + ".json"); }

Json table_json(const TransistorTable& table) {
  Json sweeps = Json::array();
  for (const TransistorSweep& sweep : table.sweeps()) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
      const TransistorPoint& point = sweep.points[i];
      rows.push_back({sweep.ln_density[i], point.gm_id, point.gds_id, point.vgs, point.vdsat});
    }
    sweeps.push_back(rows);
  }
  Json lengths = Json::array();
  for (const double ln_length : table.lengths()) lengths.push_back(std::exp(ln_length));
  return {{"lengths", lengths}, {"drain_voltages", table.drain_voltages()}, {"sweeps", sweeps}};
}

/// \throws Json::exception or std::runtime_error.
TransistorTable table_from(const Json& json) {
  const auto increases = [](const std::vector<double>& values) {
    return !values.empty() && std::is_sorted(values.begin(), values.end()) &&
           std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  };
  const auto require = [](bool holds) {
    if (!holds) throw std::runtime_error("not a table of transistors");
  };
  const auto lengths = json.at("lengths").get<std::vector<double>>();
  const auto drain_voltages = json.at("drain_voltages").get<std::vector<double>>();
  require(increases(lengths) && lengths.front() > 0 && increases(drain_voltages));
  std::vector<TransistorSweep> sweeps;
  for (const Json& rows : json.at("sweeps")) {
    TransistorSweep sweep;
    for (const Json& row : rows) {
      const auto numbers = row.get<std::vector<double>>();
      require(numbers.size() == 5 && numbers[1] > 0 && numbers[2] > 0);
      sweep.ln_density.push_back(numbers[0]);
      sweep.points.push_back({numbers[1], numbers[2], numbers[3], numbers[4]});
    }
    require(increases(sweep.ln_density) && sweep.points.size() >= 2);
    sweeps.push_back(std::move(sweep));
  }
  require(sweeps.size() == lengths.size() * drain_voltages.size());
  return {lengths, drain_voltages, sweeps};
}

}  // namespace

std::optional<ProcessTables> stored_tables(const std::string& key) {
  if (folder().empty()) return {};
  std::vector<core::Fault> faults;
  const auto json = problem::parse_json_file(file_of(key), faults);
  if (!json) return {};
  try {
    return ProcessTables{table_from(json->at("nmos")), table_from(json->at("pmos")), json->at("width").get<double>()};
  } catch (const std::exception&) {
    return {};
  }
}

void store_tables(const std::string& key, const ProcessTables& tables) {
  if (folder().empty()) return;
  std::error_code error;
  std::filesystem::create_directories(folder(), error);
  if (error) return;
  const Json json{{"width", tables.width}, {"nmos", table_json(tables.nmos)}, {"pmos", table_json(tables.pmos)}};
  try {
    run::write_whole(file_of(key), json.dump() + "\n");
  } catch (const core::EnvironmentError&) {
    // Without a cache the next run simulates again: nothing is lost.
  }
}

}  // namespace exturbo::agents
