// Reading earlier runs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/history.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "exturbo/core/fault.hpp"
#include "exturbo/run/run_folder.hpp"
#include "exturbo/sizing/cost.hpp"

namespace exturbo::sizing {
namespace {

namespace fs = std::filesystem;

constexpr double kRounding = 1e-9;       ///< Relative; of values that another program may have written.
constexpr std::size_t kMostFaults = 20;  ///< Of the lines of one journal.

std::set<std::string> variable_names(const problem::Problem& problem) {
  std::set<std::string> names;
  for (const problem::Variable& variable : problem.variables) names.insert(variable.name);
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// "lacks a, b; has c, d besides", "" for equal sets.
std::string difference(const std::set<std::string>& wanted, const std::set<std::string>& found) {
  std::vector<std::string> lacking, more;
  std::set_difference(wanted.begin(), wanted.end(), found.begin(), found.end(), std::back_inserter(lacking));
  std::set_difference(found.begin(), found.end(), wanted.begin(), wanted.end(), std::back_inserter(more));
  std::string text;
  if (!lacking.empty()) text = "lacks " + joined(lacking);
  if (!more.empty()) text += (text.empty() ? "has " : "; has ") + joined(more) + " besides";
  return text;
}

/// The name of a folder as JSON can hold it.
std::string name_of(const fs::path& folder) {
  const run::Json name = folder.filename().string();
  return run::Json::parse(name.dump(-1, ' ', false, run::Json::error_handler_t::replace)).get<std::string>();
}

bool is_inside(const problem::Variable& variable, double value) {
  return value >= variable.min - kRounding * std::abs(variable.min) &&
         value <= variable.max + kRounding * std::abs(variable.max);
}

/// Reads the runs one after the other.
class Reader {
 public:
  explicit Reader(const problem::Problem& problem)
      : problem_(problem), names_(variable_names(problem)), space_(search_space(problem)) {
    for (const problem::Spec& spec : problem.specs) metrics_.insert(spec.metric);
    metrics_.insert(problem.objective.metric);
    for (const problem::Corner& corner : problem.corners) corners_.insert(corner.name);
  }

  void read(const fs::path& path) try {
    const run::RunFolder folder = run::RunFolder::read(path);
    if (!has_variables(folder)) return;
    std::vector<const run::Evaluation*> evaluations;
    for (const run::Evaluation& evaluation : folder.evaluations()) evaluations.push_back(&evaluation);
    std::sort(evaluations.begin(), evaluations.end(), [](const auto* a, const auto* b) { return a->index < b->index; });
    HistorySource source;
    source.run = name_of(folder.path());
    for (const run::Evaluation* evaluation : evaluations) take(*evaluation, source);
    history_.sources.push_back(std::move(source));
  } catch (const core::InputError& error) {
    faults_.insert(faults_.end(), error.faults().begin(), error.faults().end());
  }

  History result() {
    if (!faults_.empty()) throw core::InputError(std::move(faults_));
    return std::move(history_);
  }

 private:
  /// Of its problem and of each line; names what differs.
  bool has_variables(const run::RunFolder& folder) {
    const char* hint = "a run can be learned from where its problem has the same variables; their ranges may differ";
    const std::string problem = "input/" + folder.manifest().at("problem").get<std::string>();
    const run::Json json = folder.read_json(problem);
    std::set<std::string> names;
    if (json.is_object() && json.contains("variables") && json.at("variables").is_object()) {
      for (const auto& [name, variable] : json.at("variables").items()) names.insert(name);
    }
    if (const std::string text = difference(names_, names); !text.empty()) {
      faults_.push_back({"HIS-001", (folder.path() / problem).string(), "/variables",
                         "are not those of " + problem_.file.filename().string() + ": " + text, hint});
      return false;
    }
    std::size_t found = 0;
    for (const run::Evaluation& evaluation : folder.evaluations()) {
      names.clear();
      for (const auto& [name, value] : evaluation.variables) names.insert(name);
      const std::string text = difference(names_, names);
      if (text.empty() || ++found > kMostFaults) continue;
      faults_.push_back({"HIS-002", (folder.path() / "evaluations.jsonl").string(),
                         "evaluation " + std::to_string(evaluation.index),
                         "has other variables than its problem: " + text, "the file was changed by hand: restore it"});
    }
    return found == 0;
  }

  void take(const run::Evaluation& evaluation, HistorySource& source) {
    std::vector<double> values;
    bool inside = true;
    for (const problem::Variable* variable : problem_.free_variables()) {
      values.push_back(evaluation.variables.at(variable->name));
      inside = inside && is_inside(*variable, values.back());
    }
    for (const auto& [name, value] : problem::complete_variables(problem_, values))
      inside = inside && std::abs(value - evaluation.variables.at(name)) <= kRounding * std::abs(value);
    if (!inside) {
      ++source.outside;
    } else if (!designs_.insert(space_.round_values(values)).second) {
      ++source.repeated;
    } else if (static_cast<int>(history_.evaluations.size()) >= kMostLearned) {
      ++source.beyond_limit;
    } else {
      ++source.taken;
      source.failed += evaluation.failed() ? 1 : 0;
      history_.evaluations.push_back(
          {source.run, evaluation.index, std::move(values), evaluation.status, metrics_of(evaluation)});
    }
  }

  std::map<std::string, double> metrics_of(run::Evaluation evaluation) const {
    if (evaluation.failed()) return {};
    const auto is_ours = [&](const run::CornerRecord& corner) { return corners_.contains(corner.name); };
    if (std::any_of(evaluation.corners.begin(), evaluation.corners.end(), is_ours))
      std::erase_if(evaluation.corners, [&](const run::CornerRecord& corner) { return !is_ours(corner); });
    // Which corner is the worst depends on this problem's specs. A journal without corners has metrics alone.
    if (!evaluation.corners.empty()) judge(problem_, evaluation);
    std::erase_if(evaluation.metrics, [&](const auto& metric) { return !metrics_.contains(metric.first); });
    return std::move(evaluation.metrics);
  }

  const problem::Problem& problem_;
  std::set<std::string> names_, metrics_, corners_;
  bo::SearchSpace space_;
  std::set<std::vector<double>> designs_;
  History history_;
  std::vector<core::Fault> faults_;
};

}  // namespace

History read_history(const problem::Problem& problem, const std::vector<fs::path>& folders) {
  Reader reader(problem);
  for (const fs::path& folder : folders) reader.read(folder);
  return reader.result();
}

std::string to_string(const HistorySource& source) {
  std::string text =
      std::to_string(source.taken) + (source.taken == 1 ? " evaluation" : " evaluations") + " of " + source.run;
  std::string notes;
  const auto note = [&](int count, const std::string& what) {
    if (count > 0) notes += (notes.empty() ? "" : ", ") + std::to_string(count) + " " + what;
  };
  note(source.outside, "outside the ranges");
  note(source.repeated, "repeated");
  note(source.beyond_limit, "beyond the limit of " + std::to_string(kMostLearned));
  if (!notes.empty()) notes = "left out: " + notes;
  if (source.failed > 0) notes = std::to_string(source.failed) + " failed" + (notes.empty() ? "" : "; ") + notes;
  return notes.empty() ? text : text + " (" + notes + ")";
}

}  // namespace exturbo::sizing
