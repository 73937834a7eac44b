// The folder of a run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/run_folder.hpp"

#include <sha256.h>

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "disk.hpp"
#include "exturbo/core/fault.hpp"
#include "run_json.hpp"

namespace exturbo::run {
namespace {

namespace fs = std::filesystem;
constexpr const char* kManifest = "run.json";
constexpr const char* kJournal = "evaluations.jsonl";
constexpr const char* kHistory = "history.jsonl";
constexpr const char* kEvaluatorFolder = "evaluator_folder";

[[noreturn]] void refuse(const std::string& id, const fs::path& file, const std::string& place, const std::string& what,
                         const std::string& hint) {
  throw core::InputError({{id, file.string(), place, what, hint}});
}

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

/// A file of a run or one that it copies, of any size.
std::string slurp(const fs::path& path) {
  std::vector<core::Fault> faults;
  auto text = problem::read_text_file(path, faults, std::numeric_limits<std::size_t>::max());
  if (!text) refuse("RUN-001", path, "", faults.at(0).what, "is this a folder that `exturbo size` made?");
  return std::move(*text);
}

/// Input files of a problem: file on disk -> name under input/.
std::map<fs::path, std::string> input_files(const problem::Problem& problem) {
  std::map<fs::path, std::string> files;
  const auto add = [&](const fs::path& file) { files[file] = fs::relative(file, problem.folder).string(); };
  add(problem.file);
  if (problem.evaluator) return files;
  add(problem.netlist);
  for (const fs::path& file : problem.netlist_sources.files) add(file);
  for (const problem::Testbench& bench : problem.testbenches) {
    add(bench.netlist);
    for (const fs::path& file : bench.sources.files) add(file);
  }
  const std::string process = "pdk/" + problem.process.name + "/";
  for (const fs::path& file : problem.process.files)
    files[file] = process + fs::relative(file, problem.process.folder).string();
  for (const auto& entry : fs::directory_iterator(problem.process.folder)) {
    if (entry.is_regular_file()) files[entry.path()] = process + entry.path().filename().string();
  }
  return files;
}

/// True if a folder holds no files but those of these names: it is empty, or its run was stopped while it was made.
bool holds_only(const fs::path& folder, const std::set<std::string>& names) {
  constexpr std::string_view kPart = ".part";
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->is_directory(error) && !entry->is_symlink(error)) continue;
    std::string name = entry->path().lexically_relative(folder).string();
    const bool part = name.ends_with(kPart);
    if (part) name.erase(name.size() - kPart.size());
    if (!names.contains(name) && !(part && name == kManifest)) return false;
  }
  return !error;
}

Json parse_file(const fs::path& path) {
  std::vector<core::Fault> faults;
  auto json = problem::parse_json_text(slurp(path), path.string(), faults, run_limits());
  for (core::Fault& fault : faults) {
    fault.id = "RUN-002";
    fault.hint = "the file was changed by hand or the disk is damaged";
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return std::move(*json);
}

/// Why a line is no evaluation: the first fault, for one of them is enough to find it.
std::string reason(const std::exception& error) {
  const auto* input = dynamic_cast<const core::InputError*>(&error);
  if (input == nullptr) return error.what();
  const core::Fault& fault = input->faults().at(0);
  return (fault.place.empty() ? "" : fault.place + ": ") + fault.what;
}

bool is_inside(const std::string& name) {
  const fs::path path(name);
  return !name.empty() && path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end();
}

/// Refuses a manifest that is not what create() wrote, naming every key that is not.
void check_manifest(const Json& manifest, const fs::path& file) {
  std::vector<core::Fault> faults;
  const auto need = [&](const std::string& key, const std::string& what, auto&& good) {
    if (manifest.is_object() && manifest.contains(key) && good(manifest.at(key))) return;
    faults.push_back({"RUN-002", file.string(), "/" + key, "must be " + what,
                      "the file was changed by hand: restore it, or start a new run"});
  };
  const auto whole = [](const Json& value, std::uint64_t low, std::uint64_t high) {
    return value.is_number_unsigned() && value.get<std::uint64_t>() >= low && value.get<std::uint64_t>() <= high;
  };
  need("rng_seed", "a whole number", [](const Json& value) { return value.is_number_unsigned(); });
  need("budget", "a whole number from 1 to 1000000", [&](const Json& value) { return whole(value, 1, 1000000); });
  need("batch", "a whole number from 1 to 64", [&](const Json& value) { return whole(value, 1, 64); });
  need("stop_at_feasible", "true or false", [](const Json& value) { return value.is_boolean(); });
  need("search_cards", "\"original\" or \"derived\"",
       [](const Json& value) { return value == "original" || value == "derived"; });
  need("corners", "\"worst\" or \"all\"", [](const Json& value) { return value == "worst" || value == "all"; });
  need("seed_points", "an array of arrays of numbers", [](const Json& value) {
    return value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& point) {
             return point.is_array() &&
                    std::all_of(point.begin(), point.end(), [](const Json& x) { return x.is_number() || x.is_null(); });
           });
  });
  if (manifest.is_object() && manifest.contains("device"))
    need("device", "\"auto\", \"cpu\" or \"cuda\"",
         [](const Json& value) { return value == "auto" || value == "cpu" || value == "cuda"; });
  if (manifest.is_object() && manifest.contains("history")) {
    need("history", "an array of the runs that were learned from", [&](const Json& value) {
      return value.is_array() && std::all_of(value.begin(), value.end(), [&](const Json& source) {
               return source.is_object() && source.contains("run") && source.at("run").is_string() &&
                      source.contains("evaluations") && whole(source.at("evaluations"), 0, 1000000);
             });
    });
  }
  if (manifest.is_object() && manifest.contains("model_points"))
    need("model_points", "a whole number from 10 to 100000",
         [&](const Json& value) { return whole(value, 10, 100000); });
  if (manifest.is_object() && manifest.contains("trust_region"))
    need("trust_region", "a number from 0.01 to 1.6",
         [](const Json& value) { return value.is_number() && value >= 0.01 && value <= 1.6; });
  const auto name = [](const Json& value) { return value.is_string() && is_inside(value.get<std::string>()); };
  need("problem", "a name", name);
  if (manifest.is_object() && manifest.contains(kEvaluatorFolder)) {
    need(kEvaluatorFolder, "the path of a folder",
         [](const Json& value) { return value.is_string() && fs::path(value.get<std::string>()).is_absolute(); });
  } else {
    need("process", "a name", name);
  }
  need("inputs", "an object of names and SHA-256", [](const Json& value) {
    if (!value.is_object()) return false;
    for (const auto& [name, hash] : value.items()) {
      if (!is_inside(name) || !hash.is_string()) return false;
    }
    return true;
  });
  if (!faults.empty()) throw core::InputError(std::move(faults));
}

/// True if a whole line from `begin` on is an evaluation.
bool has_evaluation(const std::string& text, std::size_t begin) {
  for (std::size_t stop; (stop = text.find('\n', begin)) != std::string::npos; begin = stop + 1) {
    try {
      parse_evaluation(text.substr(begin, stop - begin));
      return true;
    } catch (const std::exception&) {
      continue;
    }
  }
  return false;
}

/// The evaluations of a journal; `end` becomes the size up to the last whole line.
std::vector<Evaluation> read_journal(const fs::path& path, std::uintmax_t& end) {
  std::vector<Evaluation> evaluations;
  end = 0;
  std::error_code error;
  if (fs::status(path, error).type() == fs::file_type::not_found) return evaluations;
  const std::string text = slurp(path);
  std::set<int> seen;
  int number = 0;
  while (end < text.size()) {
    const std::size_t stop = text.find('\n', end);
    if (stop == std::string::npos) break;  // A torn last line: the evaluation will be made again.
    ++number;
    try {
      Evaluation evaluation = parse_evaluation(text.substr(end, stop - end));
      if (!seen.insert(evaluation.index).second)
        throw std::runtime_error("a second evaluation " + std::to_string(evaluation.index));
      evaluations.push_back(std::move(evaluation));
    } catch (const std::exception& error) {
      // A damaged tail, of one line or several, is cut; damage before whole lines, or of all, is not ours to repair.
      if (text.find('\n', stop + 1) == std::string::npos) break;
      if (!evaluations.empty() && !has_evaluation(text, stop + 1)) break;
      refuse("RUN-003", path, "line " + std::to_string(number), "not an evaluation: " + reason(error),
             "restore the file, or cut it before this line and resume");
    }
    end = stop + 1;
  }
  return evaluations;
}

}  // namespace

std::string sha256(const std::string& text) {
  char hex[SHA256_DIGEST_STRING_LENGTH];
  SHA256Data(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), hex);
  return hex;
}

RunFolder RunFolder::create(const fs::path& path, const problem::Problem& problem, Json manifest,
                            const std::map<std::string, std::string>& more,
                            const std::vector<PriorEvaluation>& history) {
  const std::map<fs::path, std::string> inputs = input_files(problem);
  std::set<std::string> names;
  for (const auto& [file, name] : inputs) names.insert("input/" + name);
  if (!history.empty()) names.insert(std::string("input/") + kHistory);
  for (const auto& [name, content] : more) names.insert(name);
  std::error_code error;
  if (fs::exists(path, error) && !(fs::is_directory(path, error) && holds_only(path, names))) {
    refuse("RUN-004", path, "", "exists and is not an empty folder", "choose another --out, or `exturbo resume` it");
  }
  fs::create_directories(path / "input", error);
  if (error)
    throw core::EnvironmentError(path.string() + ": cannot make the folder: " + error.message() +
                                 remedy(error.value()));
  RunFolder folder;
  folder.path_ = fs::canonical(path);
  folder.manifest_ = std::move(manifest);
  folder.manifest_["problem"] = problem.file.filename().string();
  if (problem.evaluator) {
    folder.manifest_[kEvaluatorFolder] = problem.evaluator->folder.string();
  } else {
    folder.manifest_["process"] = problem.process.name;
  }
  Json hashes = Json::object();
  for (const auto& [file, name] : inputs) {
    const std::string content = slurp(file);
    fs::create_directories((folder.path_ / "input" / name).parent_path(), error);
    write_whole(folder.path_ / "input" / name, content);
    hashes[name] = sha256(content);
  }
  if (!history.empty()) {
    std::string lines;
    for (const PriorEvaluation& evaluation : history) lines += to_json_line(evaluation) + "\n";
    write_whole(folder.path_ / "input" / kHistory, lines);
    hashes[kHistory] = sha256(lines);
  }
  folder.manifest_["inputs"] = std::move(hashes);
  for (const auto& [name, content] : more) write_whole(folder.path_ / name, content);
  // The manifest comes last: a folder without it is not a run yet.
  write_whole(folder.path_ / kManifest, text_of(folder.manifest_));
  return open(folder.path_);
}

RunFolder RunFolder::read(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path / kManifest, error)) {
    refuse("RUN-001", path, "", "no run.json in this folder",
           fs::is_directory(path / "input", error) ? "it was stopped while it was made: give its `exturbo size` again"
                                                   : "name a folder that `exturbo size` made");
  }
  RunFolder folder;
  folder.path_ = fs::canonical(path);
  folder.manifest_ = parse_file(folder.path_ / kManifest);
  check_manifest(folder.manifest_, folder.path_ / kManifest);
  for (const auto& [name, hash] : folder.manifest_["inputs"].items()) {
    if (hash != sha256(slurp(folder.path_ / "input" / name))) {
      refuse("RUN-005", folder.path_ / "input" / name, "", "was changed since the run began",
             "restore it, or start a new run");
    }
  }
  std::uintmax_t size = 0;
  folder.evaluations_ = read_journal(folder.path_ / kJournal, size);
  return folder;
}

RunFolder RunFolder::open(const fs::path& path) {
  RunFolder folder = read(path);
  const fs::path file = folder.path_ / kJournal;
  folder.journal_ = LineJournal(file);
  // Read again under the lock: the other process may just have ended.
  std::uintmax_t size = 0;
  folder.evaluations_ = read_journal(file, size);
  folder.journal_.keep(size);
  return folder;
}

void RunFolder::update_manifest(const Json& changes) {
  manifest_.update(changes);
  write_whole(path_ / kManifest, text_of(manifest_));
}

fs::path RunFolder::problem_file() const { return path_ / "input" / manifest_.at("problem").get<std::string>(); }

std::optional<fs::path> RunFolder::evaluator_folder() const {
  if (!manifest_.contains(kEvaluatorFolder)) return std::nullopt;
  return manifest_.at(kEvaluatorFolder).get<std::string>();
}

fs::path RunFolder::process_folder() const {
  if (evaluator_folder()) return {};
  return path_ / "input" / "pdk" / manifest_.at("process").get<std::string>();
}

std::vector<PriorEvaluation> RunFolder::history() const {
  std::vector<PriorEvaluation> evaluations;
  if (!manifest_.at("inputs").contains(kHistory)) return evaluations;
  const fs::path path = path_ / "input" / kHistory;
  const std::string text = slurp(path);
  int number = 0;
  std::size_t begin = 0;
  for (std::size_t stop; (stop = text.find('\n', begin)) != std::string::npos; begin = stop + 1) {
    ++number;
    try {
      evaluations.push_back(parse_prior_evaluation(text.substr(begin, stop - begin)));
    } catch (const core::InputError& error) {
      refuse("RUN-009", path, "line " + std::to_string(number), "not a prior evaluation: " + reason(error),
             "restore the file, or start a new run");
    }
  }
  return evaluations;
}

void RunFolder::append(const Evaluation& evaluation) { journal_.append(to_json_line(evaluation)); }

void RunFolder::write(const std::string& name, const std::string& content) const { write_whole(path_ / name, content); }

void RunFolder::remove(const std::string& name) const { remove_file(path_ / name); }

bool RunFolder::has(const std::string& name) const {
  std::error_code error;
  return fs::is_regular_file(path_ / name, error);
}

Json RunFolder::read_json(const std::string& name) const { return parse_file(path_ / name); }

core::InputError RunFolder::no_result(const std::exception& why) const {
  return core::InputError({{"RUN-008", (path_ / "result.json").string(), "", std::string("not a result: ") + why.what(),
                            "the file was changed by hand; remove it and `exturbo resume` the run"}});
}

}  // namespace exturbo::run
