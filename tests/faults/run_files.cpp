// Run folders under faults: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "run_files.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "faulty_problem.hpp"

namespace exturbo::faults {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostDifferences = 5;

/// Evaluations of a journal by index. A line that is none is left out: the program's own reader refuses it.
std::map<int, Json> evaluations(const fs::path& run, bool stripped) {
  std::map<int, Json> result;
  std::istringstream stream(read_file(run / "evaluations.jsonl"));
  for (std::string line; std::getline(stream, line);) {
    Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) continue;
    if (stripped) {
      for (const char* key : {"seconds", "worker", "attempts"}) json.erase(key);
    }
    const int index = json.at("index").get<int>();
    result[index] = std::move(json);
  }
  return result;
}

void write_file(const fs::path& file, const std::string& content) { std::ofstream(file, std::ios::binary) << content; }

/// Where each line begins.
std::vector<std::size_t> line_starts(const std::string& text) {
  std::vector<std::size_t> starts;
  for (std::size_t begin = 0; begin < text.size();) {
    starts.push_back(begin);
    const std::size_t end = text.find('\n', begin);
    begin = end == std::string::npos ? text.size() : end + 1;
  }
  return starts;
}

}  // namespace

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

std::size_t LineCount::now() {
  struct stat info {};
  if (stat(journal_.c_str(), &info) != 0) return lines_ = size_ = 0;
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size == size_) return lines_;
  if (size < size_) lines_ = size_ = 0;
  std::ifstream stream(journal_, std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(size_));
  std::string more(size - size_, '\0');
  stream.read(more.data(), static_cast<std::streamsize>(more.size()));
  more.resize(static_cast<std::size_t>(stream.gcount()));
  size_ += more.size();
  return lines_ += static_cast<std::size_t>(std::count(more.begin(), more.end(), '\n'));
}

std::string cut_tail(const fs::path& journal, core::RandomStream& stream) {
  const std::string text = read_file(journal);
  const std::vector<std::size_t> starts = line_starts(text);
  const std::size_t line = starts.size() - 1 - stream.below(3);
  const std::size_t end = line + 1 < starts.size() ? starts[line + 1] : text.size();
  fs::resize_file(journal, starts[line] + 1 + stream.below(static_cast<std::uint32_t>(end - starts[line] - 1)));
  return text.substr(0, starts[line]);
}

std::string spoil_tail(const fs::path& journal, core::RandomStream& stream) {
  std::string text = read_file(journal);
  // A torn line would be cut with what comes behind it.
  text.resize(text.rfind('\n') + 1);
  const std::size_t last = line_starts(text).back();
  std::string whole = text;
  const auto noise = [&](std::size_t count) {
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(stream.bits() & 0xff);
    return bytes;
  };
  switch (stream.below(4)) {
    case 0:  // as after a power cut: the size was written, the data were not
      text += std::string(1 + stream.below(8192), '\0');
      break;
    case 1:  // noise of several lines
      text += noise(1 + stream.below(3000)) + "\n" + noise(1 + stream.below(300)) + "\n";
      break;
    case 2:  // half an evaluation that ends like a line
      text += text.substr(last, 200) + "\n";
      break;
    default:  // bytes of the last line are others
      text.replace(last + 1, 20, noise(20));
      whole.resize(last);
  }
  write_file(journal, text);
  return whole;
}

int count_retried(const std::string& journal, std::size_t begin) {
  int count = 0;
  std::istringstream stream(journal.substr(std::min(begin, journal.size())));
  for (std::string line; std::getline(stream, line);) {
    const Json json = Json::parse(line, nullptr, false);
    count += json.is_object() && json.at("attempts").get<int>() > 1 && json.at("status") == "ok" ? 1 : 0;
  }
  return count;
}

std::vector<std::string> differences(const fs::path& run, const fs::path& expected, int before) {
  std::vector<std::string> found;
  const auto ours = evaluations(run, true), theirs = evaluations(expected, true);
  if (before == 0 && ours.size() != theirs.size()) {
    found.push_back(std::to_string(ours.size()) + " evaluations in place of " + std::to_string(theirs.size()));
  }
  for (const auto& [index, evaluation] : theirs) {
    if (before != 0 && index >= before) break;
    const auto other = ours.find(index);
    if (other == ours.end()) {
      found.push_back("evaluation " + std::to_string(index) + " is not there");
    } else if (other->second.dump() != evaluation.dump()) {
      found.push_back("evaluation " + std::to_string(index) +
                      " differs: " + Json::diff(evaluation, other->second).dump().substr(0, 300));
    }
    if (found.size() >= kMostDifferences) return found;
  }
  if (before != 0) return found;
  for (const char* name : {"result.json", "sized.cir", "sized.param.inc", "seeds.json", "run.json"}) {
    std::string one = read_file(run / name), other = read_file(expected / name);
    if (std::string(name) == "result.json" && !one.empty()) {
      for (std::string* text : {&one, &other}) {
        Json json = Json::parse(*text);
        json.erase("seconds");
        *text = json.dump();
      }
    }
    if (one != other || one.empty()) found.push_back(std::string(name) + (one.empty() ? " is not there" : " differs"));
  }
  return found;
}

std::set<int> with_status(const fs::path& run, const std::string& status) {
  std::set<int> indices;
  for (const auto& [index, evaluation] : evaluations(run, false)) {
    if (evaluation.at("status") == status) indices.insert(index);
  }
  return indices;
}

std::set<int> with_fault(const fs::path& run, Fault fault, const std::string& status) {
  std::set<int> indices;
  for (const auto& [index, evaluation] : evaluations(run, false)) {
    const DesignFault* found = design_fault(evaluation.at("variables").at(kTroubleVariable).get<double>());
    if (found != nullptr && found->fault == fault && evaluation.at("status") == status) indices.insert(index);
  }
  return indices;
}

void copy_for_replay(const fs::path& run, const fs::path& copy, const std::set<int>& indices) {
  fs::remove_all(copy);
  fs::copy(run, copy, fs::copy_options::recursive);
  for (const char* name : {"result.json", "sized.cir", "sized.param.inc"}) fs::remove(copy / name);
  std::istringstream stream(read_file(run / "evaluations.jsonl"));
  std::string kept, whole;
  for (std::string line; std::getline(stream, line);) {
    whole += line + "\n";
    if (indices.contains(Json::parse(line).at("index").get<int>())) kept = whole;
  }
  write_file(copy / "evaluations.jsonl", kept);
}

void count_designs(const fs::path& run, RunRecord& record) {
  for (const auto& [index, evaluation] : evaluations(run, false)) {
    const DesignFault* fault = design_fault(evaluation.at("variables").at(kTroubleVariable).get<double>());
    if (fault == nullptr) continue;
    std::string status = evaluation.at("status").get<std::string>();
    for (const auto& [metric, why] : evaluation.at("unmeasured").items()) {
      if (status == "ok" && why.get<std::string>().find("given up") != std::string::npos)
        status += ", but " + metric + " given up";
    }
    // A design that is hopeless anyway is not simulated so far.
    bool skipped = false;
    for (const Json& corner : evaluation.at("corners")) skipped = skipped || corner.contains("skipped");
    if (skipped) continue;
    FaultCount& count = record.faults[name_of(fault->fault)];
    ++count.injected;
    ++count.recorded[status];
    if (std::find(fault->statuses.begin(), fault->statuses.end(), status) == fault->statuses.end())
      record.wrong.push_back(name_of(fault->fault) + " of evaluation " + std::to_string(index) + " recorded as " +
                             status);
  }
}

}  // namespace exturbo::faults
