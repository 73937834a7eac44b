// Finished trials as lines of JSON: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "run_store.hpp"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "exturbo/core/fault.hpp"

namespace exturbo::bench {
namespace {

using Json = nlohmann::ordered_json;

std::string to_line(const TrialKey& key, const TrialRecord& record) {
  Json line{{"problem", key.problem},    {"method", key.method},
            {"rng_seed", key.rng_seed},  {"budget", key.budget},
            {"batch", key.batch},        {"evaluations", record.evaluations},
            {"first_feasible", nullptr}, {"improvements", record.improvements},
            {"seconds", record.seconds}, {"cpu_seconds", record.cpu_seconds}};
  if (record.first_feasible > 0) line["first_feasible"] = record.first_feasible;
  for (const auto& [name, value] : record.details) line["details"][name] = value;
  return line.dump();
}

std::pair<TrialKey, TrialRecord> from_line(const std::string& text) {
  const Json line = Json::parse(text);
  TrialKey key{line.at("problem"), line.at("method"), line.at("rng_seed"), line.at("budget"), line.at("batch")};
  TrialRecord record;
  record.evaluations = line.at("evaluations");
  if (!line.at("first_feasible").is_null()) record.first_feasible = line.at("first_feasible");
  record.improvements = line.at("improvements").get<std::vector<std::pair<int, double>>>();
  record.seconds = line.at("seconds");
  record.cpu_seconds = line.at("cpu_seconds");
  if (line.contains("details")) record.details = line.at("details").get<std::map<std::string, double>>();
  return {std::move(key), std::move(record)};
}

}  // namespace

RunStore::RunStore(const std::filesystem::path& file) {
  if (file.empty()) return;
  const std::filesystem::path whole = std::filesystem::absolute(file);
  std::filesystem::create_directories(whole.parent_path());
  journal_.emplace(whole);
  std::ifstream stream(whole, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  std::size_t begin = 0;
  int number = 0;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    ++number;
    try {
      records_.insert(from_line(text.substr(begin, end - begin)));
    } catch (const Json::exception& error) {
      throw core::InputError({{"BEN-001", file.string(), "line " + std::to_string(number),
                               std::string("is no trial of a bench: ") + error.what(), "give another --out"}});
    }
  }
  journal_->keep(begin);
}

TrialRecord RunStore::get(const TrialKey& key, const std::function<TrialRecord()>& make) {
  if (const auto made = records_.find(key); made != records_.end()) return made->second;
  const TrialRecord record = make();
  if (journal_) journal_->append(to_line(key, record));
  records_[key] = record;
  return record;
}

}  // namespace exturbo::bench
