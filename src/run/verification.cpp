// Journals of verifications: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/verification.hpp"

#include <limits>

#include "run_json.hpp"

namespace exturbo::run {
namespace {

constexpr const char* kFile = "verify.jsonl";

std::string text_of(const std::filesystem::path& file) {
  std::vector<core::Fault> faults;
  auto text = problem::read_text_file(file, faults, std::numeric_limits<std::size_t>::max());
  if (!text) throw core::InputError(std::move(faults));
  return std::move(*text);
}

}  // namespace

std::string to_json_line(const VerificationKey& key, const VerificationRecord& record) {
  Json line;
  line["corner"] = key.corner;
  if (key.sample) {
    line["rng_seed"] = key.rng_seed;
    line["sample"] = *key.sample;
  }
  line["status"] = record.status;
  if (!record.reason.empty()) line["reason"] = record.reason;
  line["metrics"] = record.metrics;
  line["unmeasured"] = record.unmeasured;
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::pair<VerificationKey, VerificationRecord> parse_verification(const std::string& text) {
  std::vector<core::Fault> faults;
  const auto read = problem::parse_json_text(text, kFile, faults, run_limits());
  if (!faults.empty()) throw core::InputError(std::move(faults));
  const Json& line = *read;
  VerificationKey key{line.at("corner").get<std::string>(), 0, {}};
  if (line.contains("sample")) {
    key.rng_seed = line.at("rng_seed").get<std::uint64_t>();
    key.sample = line.at("sample").get<std::uint32_t>();
  }
  return {key,
          {line.at("status").get<std::string>(), line.value("reason", ""),
           line.at("metrics").get<std::map<std::string, double>>(),
           line.at("unmeasured").get<std::map<std::string, std::string>>()}};
}

VerificationJournal::VerificationJournal(const RunFolder& folder, const Json& subject) {
  const std::filesystem::path file = folder.path() / kFile;
  journal_ = LineJournal(file);
  const std::string text = text_of(file);
  const std::string first = Json{{"subject", subject}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::size_t end = text.find('\n');
  if (end == std::string::npos || text.compare(0, end, first) != 0) {
    journal_.keep(0);
    journal_.append(first);
    return;
  }
  ++end;
  for (std::size_t stop; (stop = text.find('\n', end)) != std::string::npos; end = stop + 1) {
    try {
      records_.insert(parse_verification(text.substr(end, stop - end)));
    } catch (const std::exception&) {
      break;
    }
  }
  journal_.keep(end);
}

void VerificationJournal::append(const VerificationKey& key, VerificationRecord record) {
  journal_.append(to_json_line(key, record));
  records_.emplace(key, std::move(record));
}

}  // namespace exturbo::run
