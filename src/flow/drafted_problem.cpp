// Drafted problems: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "drafted_problem.hpp"

#include "exturbo/agents/problem_draft.hpp"
#include "exturbo/circuit/load.hpp"
#include "exturbo/core/fault.hpp"
#include "problem/json_reader.hpp"

namespace exturbo::flow {
namespace {

namespace fs = std::filesystem;
using problem::Json;
using problem::JsonPlace;

/// Kinds of testbenches by types of circuits.
std::string kind_of(const std::string& type) {
  if (type == "DISO-Amplifier") return "opamp";
  if (type == "SISO-Amplifier") return "siso";
  std::string kinds;
  for (const std::string& kind : agents::circuit_kinds()) kinds += (kinds.empty() ? "" : ", ") + kind;
  throw core::InputError(
      {{"FLO-003", "command line", "--kind", "there are no testbenches for a circuit of type " + type,
        "if it is one of these kinds, say so: " + kinds}});
}

/// The drafted problem with the specs and the objective of the specs file.
std::string with_specs(const std::string& problem, const fs::path& specs) {
  std::vector<core::Fault> faults;
  const auto asked = problem::parse_json_file(specs, faults);
  if (asked) {
    const JsonPlace root(*asked, "", specs.string(), faults);
    if (root.is_object("a specs file")) {
      root.allow_keys({"specs", "objective"});
      if (!root.has("specs")) root.fault("JSN-005", "key \"specs\" is missing", "give the specs of a problem");
    }
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  Json json = Json::parse(problem);
  json["specs"] = asked->at("specs");
  if (asked->contains("objective")) json["objective"] = asked->at("objective");
  return json.dump(2) + "\n";
}

}  // namespace

circuit::CircuitDescription read_cell(const DesignRequest& request, const problem::Process& process) {
  circuit::CircuitDescriptionResult read = circuit::load_description(request.netlist, request.cell, &process);
  if (!read.faults.empty()) throw core::InputError(std::move(read.faults));
  return std::move(read.description);
}

std::vector<std::string> write_problem(const DesignRequest& request, const problem::Process& process,
                                       const std::string& type, const fs::path& file) {
  agents::DraftOptions options;
  options.kind = request.kind.empty() ? kind_of(type) : request.kind;
  options.cell = request.cell;
  options.pdk = request.pdk;
  std::vector<core::Fault> faults;
  options.pins = agents::read_pins(request.pins, faults);
  if (!faults.empty()) throw core::InputError(std::move(faults));
  agents::ProblemDraftResult drafted = agents::draft_problem(request.netlist, process, options);
  if (!drafted.faults.empty()) throw core::InputError(std::move(drafted.faults));
  drafted.draft.problem = with_specs(drafted.draft.problem, request.specs);
  // Under another name first: a folder of that name is a whole problem.
  const fs::path part = file.parent_path().string() + ".part";
  std::error_code error;
  fs::remove_all(part, error);
  agents::write_checked_draft(drafted.draft, part / file.filename(), request.pdk_path);
  fs::rename(part, file.parent_path(), error);
  if (error) throw core::EnvironmentError(file.parent_path().string() + ": cannot be made: " + error.message());
  return drafted.draft.notes;
}

}  // namespace exturbo::flow
