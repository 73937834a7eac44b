// exturbo design
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/flow/design.hpp"

#include <iostream>

#include "command.hpp"
#include "exturbo/core/fault.hpp"
#include "finish.hpp"
#include "new_run.hpp"
#include "progress.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;

po::options_description design_options() {
  po::options_description options("Design");
  options.add_options()("pdk", po::value<std::string>(), "process: a name (ptm180, ptm90, ptm45, ...) or its folder")(
      "specs", po::value<std::string>(), "JSON with the specs, and if need be the objective, of a problem")(
      "schematic", po::value<std::string>(), "PNG, JPEG or SVG of the schematic, for the model")(
      "kind", po::value<std::string>(), "kind of the circuit, as for `init`; default: by its topology")(
      "pins", po::value<std::string>(), "ports by what they are, as for `init`")(
      "cell", po::value<std::string>(), "name of the .subckt; default: the one that no other instantiates")(
      "replay", po::value<std::string>(),
      "a recorded agents.jsonl to answer from; default: the endpoint of EXTURBO_VLM_URL if it is set, else no model")(
      "out", po::value<std::string>(),
      "folder; the same command again goes on with what is there; default "
      "designs/<name of the netlist>-<process>-<rng seed>")("budget", po::value<int>()->default_value(0),
                                                            "evaluations of the sizing run; 0: the kind's")(
      "batch", po::value<int>()->default_value(0), "as for `size`")(
      "rng-seed", po::value<std::int64_t>()->default_value(1), "the same seed gives the same run")(
      "no-report", po::bool_switch(), "write no report")("quiet", po::bool_switch(), "no progress")(
      "json", po::bool_switch(), "result.json on stdout, everything else on stderr")(
      "pdk-path", po::value<std::string>(),
      "folders that hold process folders, separated by colons (also: EXTURBO_PDK_PATH)");
  return options.add(model_options()).add(machine_options());
}

flow::DesignRequest request_of(const Arguments& arguments) {
  std::vector<core::Fault> faults;
  for (const auto& [name, hint] : {std::pair{"pdk", "give a process, such as ptm90"},
                                   std::pair{"specs", "give a JSON file with the specs of a problem"}}) {
    if (text_of(arguments, name).empty())
      faults.push_back({"CLI-002", "command line", std::string("--") + name, "is missing", hint});
  }
  for (core::Fault& fault : new_run_faults(arguments)) faults.push_back(std::move(fault));
  if (!faults.empty()) throw core::InputError(std::move(faults));
  flow::DesignRequest request;
  request.netlist = arguments["NETLIST"].as<std::string>();
  request.specs = text_of(arguments, "specs");
  request.schematic = text_of(arguments, "schematic");
  request.replay = text_of(arguments, "replay");
  request.pdk = text_of(arguments, "pdk");
  request.kind = text_of(arguments, "kind");
  request.pins = text_of(arguments, "pins");
  request.cell = text_of(arguments, "cell");
  request.budget = arguments["budget"].as<int>();
  request.batch = arguments["batch"].as<int>();
  request.rng_seed = static_cast<std::uint64_t>(arguments["rng-seed"].as<std::int64_t>());
  request.device = device(arguments);
  request.model_points = model_points(arguments);
  request.history = history(arguments);
  request.pdk_path = pdk_path(arguments);
  const std::string out = text_of(arguments, "out");
  const std::string process = std::filesystem::path(request.pdk).filename().string();
  request.folder = !out.empty() ? std::filesystem::path(out)
                                : std::filesystem::path("designs") / (request.netlist.stem().string() + "-" + process +
                                                                      "-" + std::to_string(request.rng_seed));
  return request;
}

}  // namespace

int run_design(const Command& self, const std::vector<std::string>& words) {
  const auto arguments = parse(self, design_options(), "NETLIST", words);
  if (!arguments) return kDone;
  const flow::DesignRequest request = request_of(*arguments);
  const bool quiet = (*arguments)["quiet"].as<bool>();
  const Finish finish{request.folder / "run", (*arguments)["json"].as<bool>(), !(*arguments)["no-report"].as<bool>(),
                      quiet, machine(*arguments)};
  install_signal_handlers();
  sizing::SizeSummary summary;
  {
    ProgressLine line("objective", "", quiet);
    flow::DesignControl control;
    control.on_event = [&](const std::string& phase, const std::string& text) {
      if (!quiet) std::cerr << phase << ": " << text << "\n";
    };
    control.sizing = {[&](const sizing::Progress& progress) { line.show(progress); }, &stop_flag()};
    summary = flow::design(request, machine(*arguments), control);
  }
  std::error_code error;
  if (summary.termination == sizing::Termination::kInterrupted && !std::filesystem::exists(finish.folder, error)) {
    std::cerr << "interrupted; go on with the same command\n";
    return kInterrupted;
  }
  return finish_run(finish, summary);
}

}  // namespace exturbo::cli
