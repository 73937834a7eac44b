// exturbo describe
// SPDX-License-Identifier: BSD-3-Clause
#include <iostream>

#include "command.hpp"
#include "exturbo/circuit/load.hpp"
#include "exturbo/circuit/netlist.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "exturbo/problem/load.hpp"

namespace exturbo::cli {

namespace po = boost::program_options;

int run_describe(const Command& self, const std::vector<std::string>& words) {
  po::options_description options("Options");
  options.add_options()("pdk", po::value<std::string>(), "process that knows the models: a name or a folder")(
      "pdk-path", po::value<std::string>(), "folders that hold process folders, separated by colons")(
      "cell", po::value<std::string>()->default_value(""), "subcircuit; default: the only one that no other uses")(
      "spice", po::bool_switch(), "print a SPICE netlist in place of JSON");
  const auto arguments = parse(self, options, "NETLIST", words);
  if (!arguments) return kDone;
  std::optional<problem::Process> process;
  if (arguments->contains("pdk"))
    process = problem::load_process((*arguments)["pdk"].as<std::string>(), {pdk_path(*arguments), {}, false});
  const auto [description, faults] = circuit::load_description(
      (*arguments)["NETLIST"].as<std::string>(), (*arguments)["cell"].as<std::string>(), process ? &*process : nullptr);
  if (!faults.empty()) throw core::InputError(faults);
  if ((*arguments)["spice"].as<bool>()) {
    for (const std::string& line : circuit::to_spice(description)) std::cout << line << "\n";
  } else {
    std::cout << circuit::to_json(description, circuit::recognise(description));
  }
  return kDone;
}

}  // namespace exturbo::cli
