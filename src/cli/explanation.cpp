// Explaining runs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "explanation.hpp"

#include <iostream>

#include "command.hpp"
#include "exturbo/sensitivity/explain.hpp"

namespace exturbo::cli {
namespace {

/// What is there tells of this result.
bool is_current(const run::RunFolder& run, const run::Json& result) {
  if (!run.has("sensitivity.json")) return false;
  const run::Json told = run.read_json("sensitivity.json");
  const run::Json design = told.is_object() ? told.value("design", run::Json::object()) : run::Json::object();
  return design.is_object() && design.contains("evaluation") && design.contains("evaluations") &&
         design.at("evaluation") == result.at("best").at("index") &&
         design.at("evaluations") == result.at("evaluations");
}

}  // namespace

bool explain_run(const std::filesystem::path& folder, const sizing::Machine& machine, bool quiet,
                 bool simulate_commands) {
  const run::RunFolder run = run::RunFolder::read(folder);
  if (!run.has("result.json")) return true;
  const run::Json result = run.read_json("result.json");
  try {
    if (!result.at("best").is_object() || is_current(run, result)) return true;
  } catch (const run::Json::exception& error) {
    throw run.no_result(error);
  }
  sensitivity::ExplainControl control{{}, &stop_flag()};
  if (!quiet) control.on_phase = [](const std::string& phase) { std::cerr << "explaining: " << phase << "\n"; };
  sensitivity::ExplainOptions options;
  options.simulate = !run.evaluator_folder() || (simulate_commands && machine.allow_command);
  return !sensitivity::explain(run, machine, options, control).is_null();
}

}  // namespace exturbo::cli
