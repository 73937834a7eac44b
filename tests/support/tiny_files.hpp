// The files of a complete small problem: a common-source stage on a process of its own.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "support/temporary_folder.hpp"

namespace exturbo::test {

inline constexpr const char* kTinyProcess = R"({
  "name": "tiny", "models": "models.cir", "nmos": "nmos", "pmos": "pmos", "supply": 1.8, "min_length": "0.5u",
  "corners": {"tt": {}, "ff": {"nmos": {"vto": {"add": -0.05}, "kp": {"scale": 1.1}}}}
})";

inline constexpr const char* kTinyModels =
    "* level-1 cards for tests\n"
    ".model nmos nmos level=1 vto=0.5 kp=120u lambda=0.05\n"
    ".model pmos pmos level=1 vto=-0.5 kp=40u lambda=0.05\n";

inline constexpr const char* kTinyCell =
    "* common-source stage, resistor load\n"
    ".subckt stage inp inn out vdd vss\n"
    "M1 out inp vss vss nmos W={w1} L=1u\n"
    "Rl vdd out {rl}\n"
    "Rn inn vss 1meg\n"
    ".ends\n";

inline constexpr const char* kTinyBench =
    "* driven by a source, loaded by a capacitor\n"
    "Vdd vdd 0 {vdd}\n"
    "Vp inp 0 dc {vcm}\n"
    "Vn inn 0 0\n"
    "Xdut inp inn out vdd 0 stage\n"
    "Cl out 0 1p\n";

inline constexpr const char* kTinyJson = R"({
  "name": "tiny", "netlist": "stage.cir", "cell": "stage", "pdk": "./pdk/tiny",
  "parameters": {"vdd": 1.8, "vcm": 0.8},
  "variables": {"w1": {"min": "1u", "max": "100u", "scale": "log", "grid": "10n"},
                "rl": {"min": "1k", "max": "100k", "scale": "log"}},
  "testbenches": {"open_loop": {"netlist": "bench.cir", "analyses": {
      "differential": {"command": "ac dec 10 1 10g", "ac": {"vp": 1}}}}},
  "metrics": {"dc_gain": {"testbench": "open_loop"}, "power": {"testbench": "open_loop"}},
  "specs": {"dc_gain": {"min": 15}, "power": {"max": "500u", "scale": "1u"}},
  "objective": {"minimize": "power"},
  "budget": 24, "batch": 4
})";

/// Writes the files of the tiny problem and `json` as problem.json; returns its path.
inline std::filesystem::path write_tiny_files(const TemporaryFolder& folder, const std::string& json = kTinyJson) {
  folder.write("pdk/tiny/process.json", kTinyProcess);
  folder.write("pdk/tiny/models.cir", kTinyModels);
  folder.write("stage.cir", kTinyCell);
  folder.write("bench.cir", kTinyBench);
  return folder.write("problem.json", json);
}

}  // namespace exturbo::test
