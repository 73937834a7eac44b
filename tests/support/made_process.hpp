// A made-up foundry-like library on disk: sections by .lib, binned cards inside subcircuit transistors, micrometres;
// and a differential stage on it. SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "support/temporary_folder.hpp"

namespace exturbo::test {

/// Bins below and above 0.5 um of length; the short one has the lower threshold.
inline std::string made_transistor(const std::string& type, const std::string& sign, const std::string& u0) {
  const std::string name = type == "nmos" ? "made_nfet" : "made_pfet";
  const std::string common = " toxe=4e-9 u0=" + u0 + " vsat=1e5 k1=0.4 wmin=1e-7 wmax=1e-4";
  return ".subckt " + name + " d g s b w=1 l=0.15 nf=1 mult=1\n" +
         ".param area = {w*0.29}\n"
         "M" +
         name + " d g s b " + name +
         "__model w={w*1u} l={l*1u} ad={area*1p} as={area*1p}\n"
         "+ pd={2*(w+0.29)*1u} ps={2*(w+0.29)*1u} nf={nf} m={mult}\n"
         ".model " +
         name + "__model.0 " + type + " level=54 version=4.5 lmin=1e-7 lmax=5e-7 vth0={" + sign + "(0.40+made_shift)}" +
         common +
         "\n"
         ".model " +
         name + "__model.1 " + type + " level=54 version=4.5 lmin=5e-7 lmax=2e-5 vth0={" + sign + "(0.50+made_shift)}" +
         common +
         "\n"
         ".ends\n";
}

inline void write_made_process(const TemporaryFolder& folder) {
  folder.write("pdk/made/process.json", R"({
    "name": "made", "library": "made.lib", "nmos": "made_nfet", "pmos": "made_pfet", "supply": 1.8,
    "min_length": "0.15u",
    "devices": {"made_nfet": {"type": "nmos", "kind": "subcircuit", "unit": "1u"},
                "made_pfet": {"type": "pmos", "kind": "subcircuit", "unit": "1u"}},
    "corners": {"tt": {"section": "tt"}, "ff": {"section": "ff"}, "ss": {"section": "ss"}}})");
  folder.write("pdk/made/made.lib",
               "* made-up library\n"
               ".lib tt\n.param made_shift=0\n.include \"cells/all.spice\"\n.endl tt\n"
               ".lib ff\n.param made_shift=-0.05\n.include \"cells/all.spice\"\n.endl\n"
               ".lib ss\n.param made_shift=0.05\n.include \"cells/all.spice\"\n.endl\n");
  folder.write("pdk/made/cells/all.spice",
               ".include \"../devices/nfet.spice\"\n.include '../devices/pfet.spice'\n"
               ".subckt made_unused a b\nN1 a b nothing_that_is_known\n.ends\n");
  folder.write("pdk/made/devices/nfet.spice", made_transistor("nmos", "", "0.03"));
  folder.write("pdk/made/devices/pfet.spice", made_transistor("pmos", "-", "0.01"));
}

/// A five-transistor stage; its bench is partly in a file that it includes.
inline std::filesystem::path write_made_problem(const TemporaryFolder& folder) {
  write_made_process(folder);
  folder.write("stage.cir",
               ".subckt stage inp inn out vdd vss\n"
               "Iref vdd nb 10u\n"
               ".include \"parts/bias.cir\"\n"
               "XM1 d1 inp tail vss made_nfet w={w1} l={l1}\n"
               "XM2 out inn tail vss made_nfet w={w1} l={l1}\n"
               "XM3 d1 d1 vdd vdd made_pfet w={w3} l=1\n"
               "XM4 out d1 vdd vdd made_pfet w={w3} l=1\n"
               ".ends\n");
  folder.write("parts/bias.cir", "XM8 nb nb vss vss made_nfet w=5 l=1\nXM5 tail nb vss vss made_nfet w=10 l=1\n");
  folder.write("bench.cir",
               "Vdd vdd 0 {vdd}\nVp inp 0 dc {vcm}\nLf out inn 1e9\nCf inn 0 1\n"
               "Xdut inp inn out vdd 0 stage\nCl out 0 1p\n");
  return folder.write("problem.json", R"({
    "name": "stage", "netlist": "stage.cir", "cell": "stage", "pdk": "./pdk/made",
    "parameters": {"vdd": 1.8, "vcm": 0.9},
    "variables": {"w1": {"min": 1, "max": 50, "scale": "log", "grid": 0.01},
                  "l1": {"min": 0.15, "max": 2, "scale": "log", "grid": 0.01},
                  "w3": {"min": 1, "max": 50, "scale": "log", "grid": 0.01}},
    "testbenches": {"open_loop": {"netlist": "bench.cir", "analyses": {
        "differential": {"command": "ac dec 10 1 10g", "ac": {"vp": 1}}}}},
    "metrics": {"dc_gain": {"testbench": "open_loop"}, "power": {"testbench": "open_loop"}},
    "specs": {"dc_gain": {"min": 20}, "power": {"max": "500u", "scale": "1u"}, "margin.XM2": {"min": 0.05}},
    "objective": {"minimize": "power"}, "budget": 20, "batch": 4,
    "corners": [{"process": "tt"}, {"process": "ff"}, {"process": "ss"}]})");
}

}  // namespace exturbo::test
