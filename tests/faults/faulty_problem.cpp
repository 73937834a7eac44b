// The campaign's problem: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "faulty_problem.hpp"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

namespace exturbo::faults {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Inside the cell; each is harmless but for one value of the variable.
constexpr const char* kTroubles =
    "* 1: the root of a negative number on a card; 2: v(p) = v(p) + v(x) with v(x) = 0.5\n"
    ".model nguard nmos level=1 vto={0.5+sqrt(abs(trouble-1)-0.5)} kp=1u\n"
    "Mguard out vss vss vss nguard W=1u L=1u\n"
    "Ering p x p vss {max(0,1-abs(trouble-2))}\n"
    "Rring p vss 1meg\n"
    "Vx x vss 0.5\n"
    ".ends";

/// In the step's bench. A pulse each 20 ps; a noise source that makes 4e9 or 2e7 values beforehand.
constexpr const char* kSources =
    "* 3: a pulse each 20 ps; 4 and 5: a noise source that makes 4e9 and 2e7 values beforehand\n"
    ".param pulse={20p+min(1,abs(trouble-3))} few={1u*min(1,abs(trouble-4))*min(1,abs(trouble-5))}\n"
    "Vpulse a 0 DC 0 PULSE(0 1 1n {pulse/10} {pulse/10} {0.3*pulse} {pulse})\n"
    "Ra a 0 1k\n"
    "Vnoise b 0 DC 0 TRNOISE(0 {1f+few+0.2p*max(0,1-abs(trouble-5))} 1 1n)\n"
    "Rb b 0 1k\n";

/// A design that meets the specs, so that nothing is skipped.
constexpr const char* kGoodDesign = R"({"ib": "10u", "kt": 4, "w1": "20u", "w3": "10u", "l1": "1u", "wb": "2u",
                                        "lb": "1u"})";

std::string read(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

const DesignFault* design_fault(double trouble) {
  // Where no operating point exists ngspice may end with one far outside the rails.
  static const std::vector<DesignFault> faults{{Fault::kNanCard, {"bad_netlist"}},
                                               {Fault::kSingularMatrix, {"no_convergence", "spurious"}},
                                               {Fault::kEndlessTransient, {"ok, but slew_rate given up"}},
                                               {Fault::kMemoryHog, {"out_of_memory"}},
                                               {Fault::kTooLong, {"cpu_limit", "wall_limit"}}};
  const auto place = static_cast<std::size_t>(std::lround(trouble));
  return place >= 1 && place <= faults.size() ? &faults[place - 1] : nullptr;
}

fs::path write_faulty_problem(const fs::path& folder) {
  const fs::path circuit = EXTURBO_SOURCE_DIR "/circuits/ota5";
  fs::create_directories(folder);
  std::string cell = read(circuit / "ota5.cir");
  cell.replace(cell.find(".ends"), 5, kTroubles);
  std::ofstream(folder / "ota5.cir") << cell;
  fs::copy_file(circuit / "open_loop.cir", folder / "open_loop.cir", fs::copy_options::overwrite_existing);
  std::ofstream(folder / "follower_step.cir") << read(circuit / "follower_step.cir") << kSources;

  Json problem = Json::parse(read(circuit / "ptm180.json"));
  problem["pdk"] = EXTURBO_SOURCE_DIR "/pdk/ptm180";
  problem["variables"][kTroubleVariable] = {{"min", 0}, {"max", 100}, {"integer", true}};
  for (const char* bench : {"follower", "follower_sine"}) problem["testbenches"].erase(bench);
  for (const char* part : {"metrics", "specs"}) {
    for (const char* id : {"icmr_low", "icmr_high", "thd"}) problem[part].erase(id);
  }
  problem["specs"]["dc_gain"]["min"] = 30;
  problem["specs"]["psrr"]["min"] = 30;
  problem["specs"]["cmrr"]["min"] = 50;
  problem["specs"]["unity_gain_frequency"]["min"] = "5meg";
  problem["specs"]["offset"]["max"] = "20m";
  std::ofstream(folder / "problem.json") << problem.dump(2) << "\n";

  return folder / "problem.json";
}

fs::path write_seeds(const fs::path& folder, std::uint64_t rng_seed) {
  std::vector<int> troubles;
  for (int trouble = 1; design_fault(trouble) != nullptr; ++trouble) troubles.push_back(trouble);
  troubles.erase(troubles.begin() + static_cast<std::ptrdiff_t>(rng_seed % troubles.size()));
  Json seeds = Json::array();
  for (const int trouble : troubles) {
    Json variables = Json::parse(kGoodDesign);
    variables[kTroubleVariable] = trouble;
    seeds.push_back({{"variables", variables}, {"reason", name_of(design_fault(trouble)->fault)}});
  }
  const fs::path file = folder / "seeds.json";
  std::ofstream(file) << Json{{"seeds", seeds}}.dump(2) << "\n";
  return file;
}

}  // namespace exturbo::faults
