// exturbo init
// SPDX-License-Identifier: BSD-3-Clause
#include <iostream>

#include "command.hpp"
#include "exturbo/agents/problem_draft.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/problem/load.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

std::string kinds_text() {
  std::string text;
  for (const std::string& kind : agents::circuit_kinds()) text += (text.empty() ? "" : ", ") + kind;
  return text;
}

po::options_description init_options() {
  static const std::string kKinds =
      "kind of the circuit, which decides its testbenches, metrics and specs: " + kinds_text();
  po::options_description options("Draft");
  options.add_options()("pdk", po::value<std::string>(), "process: a name (ptm180, ptm90, ptm45, ...) or its folder")(
      "kind", po::value<std::string>(), kKinds.c_str())(
      "pins", po::value<std::string>(),
      "ports by what they are: inp=PORT,inn=PORT,out=PORT,vdd=PORT,vss=PORT (outp, outn for dido, in for siso); "
      "default: by their "
      "names, "
      "then by the topology")("cell", po::value<std::string>(),
                              "name of the .subckt; default: the one that no other instantiates")(
      "out", po::value<std::string>(), "the problem JSON to write, its netlists beside it; default CELL/PROCESS.json")(
      "pdk-path", po::value<std::string>(),
      "folders that hold process folders, separated by colons (also: EXTURBO_PDK_PATH)");
  return options;
}

agents::DraftOptions asked_of(const Arguments& arguments) {
  std::vector<core::Fault> faults;
  for (const char* name : {"pdk", "kind"}) {
    if (text_of(arguments, name).empty())
      faults.push_back({"CLI-002", "command line", std::string("--") + name, "is missing",
                        name == std::string("kind") ? "known: " + kinds_text() : "give a process, such as ptm180"});
  }
  const std::string out = text_of(arguments, "out");
  if (arguments.contains("out") && fs::path(out).extension() != ".json")
    faults.push_back({"CLI-002", "command line", "--out", "must end in .json", "name the problem to write"});
  agents::DraftOptions options;
  options.kind = text_of(arguments, "kind");
  options.cell = text_of(arguments, "cell");
  options.pdk = text_of(arguments, "pdk");
  options.pins = agents::read_pins(text_of(arguments, "pins"), faults);
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return options;
}

}  // namespace

int run_init(const Command& self, const std::vector<std::string>& words) {
  const auto arguments = parse(self, init_options(), "NETLIST", words);
  if (!arguments) return kDone;
  const agents::DraftOptions options = asked_of(*arguments);
  const problem::Process process = problem::load_process(options.pdk, {pdk_path(*arguments), {}, false});
  agents::ProblemDraftResult result =
      agents::draft_problem((*arguments)["NETLIST"].as<std::string>(), process, options);
  if (!result.faults.empty()) throw core::InputError(std::move(result.faults));
  const std::string out = text_of(*arguments, "out");
  const fs::path file = out.empty() ? fs::path(result.draft.cell) / (process.name + ".json") : fs::path(out);
  const problem::Problem problem = agents::write_checked_draft(result.draft, file, pdk_path(*arguments));
  std::cout << "wrote " << file.string() << ": " << problem.free_variables().size() << " free variables, "
            << problem.specs.size() << " specs; beside it";
  for (const auto& [name, text] : result.draft.files) std::cout << " " << name;
  std::cout << "\n";
  for (const std::string& note : result.draft.notes) std::cout << "note: " << note << "\n";
  std::cout << "Ranges and specs are defaults, each with a note: edit them, then\n  exturbo size " << file.string()
            << "\n";
  return kDone;
}

}  // namespace exturbo::cli
