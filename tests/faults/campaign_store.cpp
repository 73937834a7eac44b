// The campaign's records: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "campaign_store.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

namespace exturbo::faults {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const RunRecord& record) {
  Json faults = Json::object();
  for (const auto& [name, count] : record.faults)
    faults[name] = {{"injected", count.injected}, {"recorded", count.recorded}};
  return {{"faults", faults},    {"launches", record.launches},       {"orphans", record.orphans},
          {"lost", record.lost}, {"slowest_end", record.slowest_end}, {"wrong", record.wrong}};
}

RunRecord record_from(const Json& json) {
  RunRecord record;
  for (const auto& [name, count] : json.at("faults").items())
    record.faults[name] = {count.at("injected"), count.at("recorded").get<std::map<std::string, int>>()};
  record.launches = json.at("launches");
  record.orphans = json.at("orphans");
  record.lost = json.at("lost");
  record.slowest_end = json.at("slowest_end");
  record.wrong = json.at("wrong").get<std::vector<std::string>>();
  return record;
}

}  // namespace

Records load_records(const std::filesystem::path& file, const std::string& settings) {
  std::ifstream stream(file);
  const Json json = Json::parse(stream, nullptr, false);
  Records records;
  if (!json.is_object() || json.value("settings", "") != settings) return records;
  for (const auto& [seed, record] : json.at("runs").items()) records[std::stoull(seed)] = record_from(record);
  return records;
}

void store_records(const std::filesystem::path& file, const std::string& settings, const Records& records) {
  Json json{{"settings", settings}, {"runs", Json::object()}};
  for (const auto& [seed, record] : records) json["runs"][std::to_string(seed)] = to_json(record);
  const std::filesystem::path part = file.string() + ".part";
  std::ofstream(part) << json.dump(1) << "\n";
  std::filesystem::rename(part, file);
}

Total print_table(const Records& records) {
  Total total;
  double slowest_end = 0;
  int launches = 0;
  std::printf("%-28s %8s %9s  %s\n", "fault", "injected", "recovered", "recorded as");
  for (const auto& [fault, name] : all_faults()) {
    FaultCount sum;
    int recovered = 0;
    for (const auto& [seed, record] : records) {
      const auto found = record.faults.find(name);
      if (found == record.faults.end()) continue;
      sum.injected += found->second.injected;
      recovered += record.wrong.empty() ? found->second.injected : 0;
      for (const auto& [what, count] : found->second.recorded) sum.recorded[what] += count;
    }
    if (sum.injected == 0) continue;
    std::string recorded;
    for (const auto& [what, count] : sum.recorded)
      recorded += (recorded.empty() ? "" : ", ") + what + " " + std::to_string(count);
    std::printf("%-28s %8d %9d  %s\n", name.c_str(), sum.injected, recovered, recorded.c_str());
    total.injected += sum.injected;
  }
  for (const auto& [seed, record] : records) {
    total.orphans += record.orphans;
    total.lost += record.lost;
    total.wrong_runs += record.wrong.empty() ? 0 : 1;
    slowest_end = std::max(slowest_end, record.slowest_end);
    launches += record.launches;
  }
  std::printf(
      "%d faults in %zu runs (%d launches): %d runs wrong, %d orphans, %d lost evaluations; workers outlived the "
      "program "
      "by %.2f s at most\n",
      total.injected, records.size(), launches, total.wrong_runs, total.orphans, total.lost, slowest_end);
  for (const auto& [seed, record] : records) {
    for (const std::string& what : record.wrong)
      std::printf("WRONG, rng seed %llu: %s\n", static_cast<unsigned long long>(seed), what.c_str());
  }
  return total;
}

}  // namespace exturbo::faults
