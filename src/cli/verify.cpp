// exturbo verify
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sizing/verify.hpp"

#include <iostream>

#include "command.hpp"
#include "exturbo/core/fault.hpp"

namespace exturbo::cli {

int run_verify(const Command& self, const std::vector<std::string>& words) {
  namespace po = boost::program_options;
  po::options_description options("Verification");
  options.add_options()("corners", po::value<std::string>()->default_value("all"),
                        "all, listed (by the problem), or names separated by commas")(
      "monte-carlo", po::value<int>()->default_value(0), "samples of mismatch and global variation")(
      "rng-seed", po::value<std::int64_t>()->default_value(1), "the same seed gives the same samples")(
      "min-yield", po::value<double>()->default_value(0), "share of the samples that must meet all specs")(
      "json", po::bool_switch(), "verify.json on stdout");
  const auto arguments = parse(self, options.add(machine_options()), "DIR", words);
  if (!arguments) return kDone;
  sizing::VerifyOptions asked;
  asked.corners = (*arguments)["corners"].as<std::string>();
  asked.samples = (*arguments)["monte-carlo"].as<int>();
  asked.min_yield = (*arguments)["min-yield"].as<double>();
  const std::int64_t seed = (*arguments)["rng-seed"].as<std::int64_t>();
  std::vector<core::Fault> faults;
  if (asked.samples < 0 || asked.samples > 1000000)
    faults.push_back({"CLI-002", "command line", "--monte-carlo", "must lie in 0 .. 1000000", "200 is a start"});
  if (seed < 0)
    faults.push_back({"CLI-002", "command line", "--rng-seed", "must not be negative", "give 0, 1, 2, ..."});
  if (!(asked.min_yield >= 0 && asked.min_yield <= 1))
    faults.push_back({"CLI-002", "command line", "--min-yield", "must lie in 0 .. 1", "0.99 is 99 %"});
  if (!faults.empty()) throw core::InputError(std::move(faults));
  asked.rng_seed = static_cast<std::uint64_t>(seed);
  install_signal_handlers();
  const auto progress = [](int done, int total) {
    if (done % 50 == 0 || done == total) std::cerr << done << "/" << total << "\n";
  };
  const sizing::VerifySummary summary =
      sizing::verify((*arguments)["DIR"].as<std::string>(), asked, machine(*arguments), {progress, &stop_flag()});
  if (summary.termination == sizing::Termination::kInterrupted) return kInterrupted;
  const run::Json& result = summary.result;
  if ((*arguments)["json"].as<bool>()) {
    std::cout << result.dump(2) << "\n";
  } else {
    std::cout << (summary.met ? "Verified." : "Not verified.") << "  worst corner " << result.at("worst_corner").dump()
              << ", yield " << result.at("yield").dump() << " " << result.at("interval").dump() << "\n";
    for (const auto& [name, spec] : result.at("per_spec").items()) {
      const run::Json& worst = spec.at("worst_corner");
      std::cout << (worst.at("met").get<bool>() ? "  ok    " : "  FAILS ") << name << "  " << worst.at("value").dump()
                << " at " << worst.at("name").get<std::string>() << "\n";
    }
  }
  return summary.met ? kDone : kSpecsNotMet;
}

}  // namespace exturbo::cli
