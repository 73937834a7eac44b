// exturbo verify
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/verify.hpp"

#include <iomanip>
#include <iostream>
#include <map>
#include <sstream>

#include "command.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/core/number.hpp"
#include "exturbo/report/report.hpp"

namespace exturbo::cli {
namespace {

namespace po = boost::program_options;

po::options_description verify_options() {
  po::options_description options("Verification");
  options.add_options()("corners", po::value<std::string>()->default_value("all"),
                        "all, listed (by the problem), or names separated by commas")(
      "monte-carlo", po::value<int>()->default_value(0), "samples of mismatch and global variation")(
      "monte-carlo-corner", po::value<std::string>()->default_value("nominal"),
      "where the samples lie: nominal, worst (the corner that turns out worst), or a name")(
      "rng-seed", po::value<std::int64_t>()->default_value(1), "the same seed gives the same samples")(
      "min-yield", po::value<double>()->default_value(0), "share of the samples that must meet all specs")(
      "allow-command", po::bool_switch(), "let the netlists run commands and touch files: for decks of your own")(
      "no-report", po::bool_switch(), "leave the report of the run as it is")(
      "quiet", po::bool_switch(), "no progress")("json", po::bool_switch(), "verify.json on stdout");
  return options.add(machine_options());
}

sizing::VerifyOptions asked_of(const Arguments& arguments) {
  sizing::VerifyOptions asked;
  asked.corners = arguments["corners"].as<std::string>();
  asked.samples = arguments["monte-carlo"].as<int>();
  asked.monte_carlo_corner = arguments["monte-carlo-corner"].as<std::string>();
  asked.min_yield = arguments["min-yield"].as<double>();
  const std::int64_t seed = arguments["rng-seed"].as<std::int64_t>();
  std::vector<core::Fault> faults;
  if (asked.samples < 0 || asked.samples > 1000000)
    faults.push_back({"CLI-002", "command line", "--monte-carlo", "must lie in 0 .. 1000000", "200 is a start"});
  if (seed < 0)
    faults.push_back({"CLI-002", "command line", "--rng-seed", "must not be negative", "give 0, 1, 2, ..."});
  if (!(asked.min_yield >= 0 && asked.min_yield <= 1))
    faults.push_back({"CLI-002", "command line", "--min-yield", "must lie in 0 .. 1", "0.99 is 99 %"});
  if (!faults.empty()) throw core::InputError(std::move(faults));
  asked.rng_seed = static_cast<std::uint64_t>(seed);
  return asked;
}

std::string percent(const run::Json& share) {
  std::ostringstream text;
  text << std::setprecision(4) << 100 * share.get<double>() << " %";
  return text.str();
}

/// Units of the specs, by metric, from the result of the run.
std::map<std::string, std::string> units_of(const std::filesystem::path& folder) {
  const run::RunFolder run = run::RunFolder::read(folder);
  const run::Json result = run.read_json("result.json");
  std::map<std::string, std::string> units;
  try {
    for (const run::Json& spec : result.at("specs"))
      units[spec.at("metric").get<std::string>()] = spec.at("unit").get<std::string>();
  } catch (const run::Json::exception& error) {
    throw run.no_result(error);
  }
  return units;
}

void print(const run::Json& result, std::map<std::string, std::string> units) {
  std::cout << (result.at("met").get<bool>() ? "Verified." : "Not verified.") << "  Worst corner "
            << result.at("worst_corner").get<std::string>() << "\n";
  for (const auto& [name, spec] : result.at("per_spec").items()) {
    const run::Json& worst = spec.at("worst_corner");
    const std::string value = worst.at("value").is_null()
                                  ? "not measurable"
                                  : core::format_quantity(worst.at("value").get<double>(), units[name]);
    std::cout << (worst.at("met").get<bool>() ? "  ok    " : "  FAILS ") << std::left << std::setw(22) << name
              << std::setw(22) << value << " at " << worst.at("name").get<std::string>();
    if (spec.contains("monte_carlo") && !spec.at("monte_carlo").at("yield").is_null())
      std::cout << ", in " << percent(spec.at("monte_carlo").at("yield")) << " of the samples";
    std::cout << "\n";
  }
  if (result.at("yield").is_null()) return;
  std::cout << "yield " << percent(result.at("yield")) << " of " << result.at("samples") << " samples at "
            << result.at("monte_carlo_corner").get<std::string>() << " (95 % interval "
            << percent(result.at("interval").at(0)) << " to " << percent(result.at("interval").at(1)) << ")\n";
}

}  // namespace

int run_verify(const Command& self, const std::vector<std::string>& words) {
  const auto arguments = parse(self, verify_options(), "DIR", words);
  if (!arguments) return kDone;
  const std::filesystem::path folder = (*arguments)["DIR"].as<std::string>();
  const sizing::VerifyOptions asked = asked_of(*arguments);
  install_signal_handlers();
  sizing::VerifyControl control{{}, &stop_flag()};
  if (!(*arguments)["quiet"].as<bool>()) {
    control.on_progress = [](int done, int total) {
      if (done % 50 == 0 || done == total) std::cerr << done << "/" << total << "\n";
    };
  }
  const sizing::VerifySummary summary = sizing::verify(folder, asked, machine(*arguments), control);
  if (summary.termination == sizing::Termination::kInterrupted) {
    std::cerr << "interrupted; go on with the same command\n";
    return kInterrupted;
  }
  if (!summary.result.at("matched_devices").empty())
    std::cerr << "warning: no mismatch of " << summary.result.at("matched_devices").dump()
              << ": the process states none for them, or W and L are not on their lines\n";
  const bool reported = std::filesystem::exists(folder / "report.html");
  if (reported && !(*arguments)["no-report"].as<bool>()) report::write_report(run::RunFolder::read(folder));
  if ((*arguments)["json"].as<bool>()) {
    std::cout << summary.result.dump(2) << "\n";
  } else {
    print(summary.result, units_of(folder));
  }
  return summary.met ? kDone : kSpecsNotMet;
}

}  // namespace exturbo::cli
