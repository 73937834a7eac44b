// Where the figures come from: how to repeat the run, and within what they hold.
// SPDX-License-Identifier: BSD-3-Clause
#include "metric_text.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {

std::string text_of(const run::Json& manifest, const char* key) {
  const auto found = manifest.find(key);
  if (found == manifest.end() || found->is_null()) return "";
  if (found->is_boolean()) return found->get<bool>() ? "yes" : "no";
  return found->is_string() ? found->get<std::string>()
                            : found->dump(-1, ' ', false, run::Json::error_handler_t::replace);
}

/// "1200 evaluations of name, left out: 3 outside the ranges, 5 repeated"
std::string history_text(const run::Json& source) {
  if (!source.is_object()) return "";
  std::string text = text_of(source, "evaluations") + " evaluations of " + text_of(source, "run");
  std::string left_out;
  for (const auto& [key, what] : {std::pair{"outside", " outside the ranges"}, std::pair{"repeated", " repeated"},
                                  std::pair{"beyond_limit", " beyond the limit"}}) {
    if (const std::string count = text_of(source, key); !count.empty() && count != "0")
      left_out += (left_out.empty() ? "" : ", ") + count + what;
  }
  return left_out.empty() ? text : text + ", left out: " + left_out;
}

std::string corner_text(const problem::Corner& corner) {
  std::string text = corner.name + " (process " + corner.process + ", " + general(corner.temperature, 4) + " °C";
  for (const auto& [name, value] : corner.parameters) text += ", " + name + " = " + general(value, 6);
  return text + ")";
}

void add_unfinished(const Summary& summary, std::vector<std::string>& limits) {
  if (summary.verdict == Verdict::kUnfinished)
    limits.emplace_back("The run is unfinished: its best design may still change.");
}

void add_explanation(const Summary& summary, std::vector<std::string>& limits) {
  if (!summary.explanation) return;
  const Explanation& explanation = *summary.explanation;
  limits.emplace_back(
      "Sensitivities describe this run: those over all evaluations where it looked, those of the best designs near "
      "them, "
      "derivatives and prices at the design alone. Far from it they may be others.");
  limits.emplace_back(
      "What tightening a bound costs is predicted by models of this run and, where a simulated figure stands beside, "
      "checked on one design: a longer run may find a cheaper one.");
  for (const auto& [fits, which] : {std::pair{&explanation.survival, "over all evaluations"},
                                    std::pair{&explanation.tuning, "of the best designs"}}) {
    if (fits->low_data)
      limits.push_back(std::string("Few data: the sensitivities ") + which + " rest on " +
                       (fits->points ? general(*fits->points, 7) : "too few") + " designs and are rough.");
  }
}

}  // namespace

Table provenance_table(const Summary& summary) {
  Table table{"What the run was asked, and with what it was made.", {{"Setting"}, {"Value"}}, {}, true};
  const auto add = [&](const std::string& name, const char* key) {
    if (const std::string text = text_of(summary.manifest, key); !text.empty())
      table.rows.push_back({{name}, {shorten(text, 300), true}});
  };
  add("exturbo", "exturbo");
  add("ngspice", "ngspice");
  add("problem", "problem");
  add("process", "process");
  add("folder of the evaluator's command", "evaluator_folder");
  add("rng seed", "rng_seed");
  add("budget", "budget");
  add("batch", "batch");
  add("stop at the first feasible design", "stop_at_feasible");
  add("corners of each design", "corners");
  add("model points", "model_points");
  add("first trust region", "trust_region");
  add("seeds", "seeds");
  if (const auto history = summary.manifest.find("history"); history != summary.manifest.end() && history->is_array()) {
    for (const run::Json& source : *history)
      table.rows.push_back({{"learned from an earlier run"}, {shorten(history_text(source), 300), true}});
  }
  return table;
}

Table inputs_table(const Summary& summary) {
  Table table{"The inputs, copied into the run folder under input/.", {{"File"}, {"SHA-256"}}, {}};
  const auto inputs = summary.manifest.find("inputs");
  if (inputs == summary.manifest.end() || !inputs->is_object()) return table;
  for (const auto& [file, hash] : inputs->items()) {
    table.rows.push_back({{file, true}, {hash.is_string() ? hash.get<std::string>() : "", true}});
  }
  return table;
}

std::string reproduce_command(const Summary& summary) { return text_of(summary.manifest, "command"); }

std::string reproduce_hint(const Summary& summary) {
  if (!summary.process_by_name || reproduce_command(summary).empty()) return "";
  return "The same command with --pdk-path pdk and a new --out repeats the run from its own copies, in its folder "
         "input/.";
}

std::vector<std::string> limits(const Summary& summary) {
  const problem::Problem& problem = summary.problem;
  std::vector<std::string> result;
  if (problem.evaluator) {
    result.emplace_back("The metrics are what the evaluator's command returned; nothing here checks them.");
    add_explanation(summary, result);
    add_unfinished(summary, result);
    return result;
  }
  result.emplace_back(
      "Schematic level: there is no layout, and of the parasitics only the source and drain junctions of the "
      "transistors are estimated.");
  if (problem.corners.size() == 1) {
    result.push_back("One corner only: " + corner_text(problem.corners.front()) +
                     ". What other corners do is not known from this run.");
  } else if (summary.best && summary.best->corners.size() < problem.corners.size()) {
    result.push_back(
        "The design was simulated on " + std::to_string(summary.best->corners.size()) + " of the " +
        std::to_string(problem.corners.size()) +
        " corners, those that were worst before: it does not meet all specs there, and may miss more on the "
        "others.");
  } else {
    std::string names;
    for (const problem::Corner& corner : problem.corners) names += (names.empty() ? "" : "; ") + corner_text(corner);
    result.push_back(std::to_string(problem.corners.size()) + " corners, every metric at its worst: " + names + ".");
  }
  result.emplace_back(
      "Matched devices are identical: offset, CMRR, PSRR and even-order distortion are systematic, without random "
      "mismatch.");
  if (problem.process.name.starts_with("ptm")) {
    result.push_back("The model cards of " + problem.process.name +
                     " are Predictive Technology Model cards: extrapolated, of no foundry. "
                     "Sizes show how the circuit scales; they are not for tape-out.");
  } else if (!problem.process.description.empty()) {
    result.push_back("Process " + problem.process.name + ": " + problem.process.description);
  }
  add_explanation(summary, result);
  add_unfinished(summary, result);
  return result;
}

}  // namespace exturbo::report
