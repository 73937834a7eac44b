// exturbo simulate
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/simulate.hpp"

#include <iomanip>
#include <iostream>

#include "command.hpp"
#include "exturbo/core/number.hpp"
#include "exturbo/problem/load.hpp"
#include "progress.hpp"

namespace exturbo::cli {
namespace {

void print_devices(const run::Json& devices) {
  std::cout << std::left << "  " << std::setw(10) << "device" << std::setw(12) << "region" << std::right;
  for (const char* column : {"ID", "gm", "gds", "gm/ID", "Vgs", "Vds", "Vdsat", "margin"})
    std::cout << std::setw(11) << column;
  std::cout << "\n";
  for (const auto& [name, state] : devices.items()) {
    std::cout << "  " << std::left << std::setw(10) << name << std::setw(12) << state.at("region").get<std::string>()
              << std::right;
    const double id = state.at("id").get<double>();
    const double gm = state.at("gm").get<double>();
    for (const double value :
         {id, gm, state.at("gds").get<double>(), id > 0 ? gm / id : 0.0, state.at("vgs").get<double>(),
          state.at("vds").get<double>(), state.at("vdsat").get<double>(), state.at("margin").get<double>()}) {
      std::cout << std::setw(11) << core::format_number(value, 4);
    }
    std::cout << "\n";
  }
}

void print_design(const problem::Problem& problem, const run::Json& result) {
  print_verdict(result);
  std::cout << "\nMetrics\n";
  for (const auto& [id, value] : result.at("best").at("metrics").items()) {
    const problem::MetricDefinition* metric = problem.metric(id);
    std::cout << "  " << std::left << std::setw(24) << id
              << core::format_quantity(value.get<double>(), metric == nullptr ? "" : metric->unit) << "\n";
  }
  for (const auto& [id, why] : result.at("best").at("unmeasured").items()) {
    std::cout << "  " << std::left << std::setw(24) << id << "not measurable: " << why.get<std::string>() << "\n";
  }
  for (const auto& [corner, content] : result.at("best").at("corners").items()) {
    std::cout << "\nOperating point, " << corner << " (SI units)\n";
    print_devices(content.at("operating_points"));
  }
}

}  // namespace

int run_simulate(const Command& self, const std::vector<std::string>& words) {
  namespace po = boost::program_options;
  po::options_description options("Design");
  options.add_options()(
      "variables", po::value<std::string>(),
      "JSON file with the values: an object, or one with \"variables\" or \"best\" (a result.json); those "
      "absent take their start value, else the middle of their range")("json", po::bool_switch(),
                                                                       "one JSON object on stdout");
  const auto arguments = parse(self, options.add(problem_options()).add(machine_options()), "PROBLEM.json", words);
  if (!arguments) return kDone;
  const problem::Problem problem = sizing::open_problem((*arguments)["PROBLEM.json"].as<std::string>(),
                                                        pdk_path(*arguments), (*arguments)["allow-command"].as<bool>());
  std::map<std::string, double> values;
  if (arguments->contains("variables"))
    values = problem::load_variables((*arguments)["variables"].as<std::string>(), problem);
  const run::Json result = sizing::simulate(problem, values, machine(*arguments));
  if ((*arguments)["json"].as<bool>()) {
    std::cout << result.dump(2) << "\n";
  } else {
    print_design(problem, result);
  }
  return result.at("status") == "feasible" ? kDone : kSpecsNotMet;
}

}  // namespace exturbo::cli
