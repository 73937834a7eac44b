// SPICE to descriptions and back: what each element becomes, what is a fault, what the way to SPICE and back keeps.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/circuit/netlist.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "expected_blocks.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "exturbo/problem/load.hpp"
#include "support/same_circuit.hpp"

using namespace exturbo;
using circuit::Component;
using circuit::read_netlist;

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;
using Ports = std::map<std::string, std::string>;
using Values = std::map<std::string, std::string>;

circuit::CircuitDescription read_lines(const Lines& lines, const std::string& cell = "") {
  const auto result = read_netlist(lines, "n.cir", cell, nullptr);
  EXPECT_TRUE(result.faults.empty()) << core::InputError(result.faults).what();
  return result.description;
}

Component only(const std::string& line) {
  const auto description = read_lines({".subckt c a b d e", line, ".ends"});
  EXPECT_EQ(description.components.size(), 1U) << line;
  return description.components.empty() ? Component{} : description.components[0];
}

/// "place id" of each fault.
Lines netlist_faults(const Lines& lines, const std::string& cell = "") {
  Lines result;
  for (const core::Fault& fault : read_netlist(lines, "n.cir", cell, nullptr).faults) {
    EXPECT_EQ(fault.file, "n.cir");
    EXPECT_FALSE(fault.what.empty() || fault.hint.empty()) << to_string(fault);
    result.push_back(fault.place + " " + fault.id);
  }
  return result;
}

Lines names_of(const circuit::CircuitDescription& description) {
  Lines names;
  for (const Component& component : description.components) names.push_back(component.name);
  return names;
}

}  // namespace

TEST(Netlist, EveryElementHasItsComponent) {
  EXPECT_EQ(only("M1 a b d e nmos W=2u L={l1} m=2"),
            (Component{"NMOS",
                       {{"Drain", "a"}, {"Gate", "b"}, {"Source", "d"}, {"Body", "e"}},
                       "M1",
                       {{"W", "2u"}, {"L", "{l1}"}, {"m", "2"}}}));
  EXPECT_EQ(only("Q1 a b d pnp 8"),
            (Component{"PNP", {{"Collector", "a"}, {"Base", "b"}, {"Emitter", "d"}}, "Q1", {{"area", "8"}}}));
  EXPECT_EQ(only("Q1 a b d e npn").ports.at("Emitter"), "d");
  EXPECT_EQ(only("D1 a b dio"), (Component{"Diode", {{"In", "a"}, {"Out", "b"}}, "D1", {}}));
  EXPECT_EQ(only("R1 a b 10k"), (Component{"Res", {{"Pos", "a"}, {"Neg", "b"}}, "R1", {{"R", "10k"}}}));
  EXPECT_EQ(only("C1 a b c={cc}").parameters, (Values{{"C", "{cc}"}}));
  EXPECT_EQ(only("L1 a b '2*l0'").parameters, (Values{{"L", "{2*l0}"}}));
  EXPECT_EQ(only("I1 a b dc 10u"), (Component{"Current", {{"In", "a"}, {"Out", "b"}}, "I1", {{"I", "10u"}}}));
  EXPECT_EQ(only("V1 a b dc 0.9 ac 1"),
            (Component{"Voltage", {{"Positive", "a"}, {"Negative", "b"}}, "V1", {{"V", "0.9"}}}));
  EXPECT_EQ(only("V1 a b ac 1").parameters, Values{});
  EXPECT_EQ(only("S1 a b d 0 sw"), (Component{"Switch", {{"Pos", "a"}, {"Neg", "b"}}, "S1", {}}));
}

TEST(Netlist, LinearSourcesAreIdealAmplifiers) {
  EXPECT_EQ(only("E1 a 0 b d 1e5"),
            (Component{"Diso_amp", {{"Out", "a"}, {"InP", "b"}, {"InN", "d"}}, "E1", {{"gain", "1e5"}}}));
  EXPECT_EQ(only("G1 a gnd b 0 1m"), (Component{"Siso_amp", {{"Out", "a"}, {"In", "b"}}, "G1", {{"gm", "1m"}}}));
  EXPECT_EQ(only("E1 a b d e {a0}").type, "Dido_amp");
  EXPECT_EQ(netlist_faults({".subckt c a b", "E1 a 0 value={2*v(b)}", "B1 a b v=1", ".ends"}),
            (Lines{"line 2 CKT-013", "line 3 CKT-013"}));
}

TEST(Netlist, AnInstanceNamedForAComponentTypeIsThatComponent) {
  EXPECT_EQ(only("X1 a b d diso_amp").ports, (Ports{{"InP", "a"}, {"InN", "b"}, {"Out", "d"}}));
  EXPECT_EQ(only("X1 a b switch").type, "Switch");
  EXPECT_EQ(netlist_faults({".subckt c a b", "X1 a b diso_amp", "X2 a b opamp", ".ends"}),
            (Lines{"line 2 CKT-015", "line 3 CKT-014"}));
}

TEST(Netlist, PolarityComesFromTheCardThenTheProcessThenTheName) {
  const auto type = [](const std::string& model, const std::string& card, const problem::Process* process) {
    const auto result = read_netlist({".subckt c a b", "M1 a b 0 0 " + model, ".ends", card}, "n.cir", "", process);
    return result.faults.empty() ? result.description.components.at(0).type : result.faults.at(0).id;
  };
  problem::Process process;
  process.models.push_back({"pfet", "nmos", {}});
  process.models.push_back({"core.2", "pmos", {}});
  EXPECT_EQ(type("pfet", "", nullptr), "PMOS");
  EXPECT_EQ(type("pfet", "", &process), "NMOS");
  EXPECT_EQ(type("pfet", ".model pfet pmos (level=14)", &process), "PMOS");
  EXPECT_EQ(type("core", "", &process), "PMOS");
  EXPECT_EQ(type("core", ".model core.1 nmos (level=14)", nullptr), "NMOS");
  for (const char* name : {"nch", "NMOS_lvt", "n18", "lib_nfet_01v8"})
    EXPECT_EQ(type(name, "", nullptr), "NMOS") << name;
  for (const char* name : {"pch", "PMOS", "p33"}) EXPECT_EQ(type(name, "", nullptr), "PMOS") << name;
  for (const char* name : {"core", "mosn", "npn", "nfet_pfet"}) EXPECT_EQ(type(name, "", nullptr), "CKT-012") << name;
}

TEST(Netlist, TransistorsOfALibraryAreInMetres) {
  problem::Process process;
  process.devices["fast"] = {"pmos", true, "wide", "long", "mult", "nf", 1e-6, ""};
  const auto result =
      read_netlist({".subckt c a b", "XM1 a b 0 0 fast wide=2 long={x} mult=3", ".ends"}, "n.cir", "", &process);
  ASSERT_TRUE(result.faults.empty());
  EXPECT_EQ(result.description.components[0].type, "PMOS");
  EXPECT_EQ(result.description.components[0].parameters, (Values{{"W", "2e-06"}, {"L", "{(x)*(1e-06)}"}, {"m", "3"}}));
}

TEST(Netlist, SubcircuitsAreFlattenedWithTheirValues) {
  const Lines lines{".subckt inner a b w=1u",
                    "M1 a n b 0 nmos W={w*2} L=lmin",
                    "R1 n b {rr}",
                    ".ends",
                    ".subckt outer p q k=3",
                    "XB p q inner w={k}",
                    "Xc p q inner m=2",
                    ".global nn",
                    "R2 nn P 1",
                    ".ends outer"};
  const auto description = read_lines(lines);
  EXPECT_EQ(description.cell, "outer");
  EXPECT_EQ(description.ports, (Lines{"p", "q"}));
  EXPECT_EQ(names_of(description), (Lines{"XB.M1", "XB.R1", "Xc.M1", "Xc.R1", "R2"}));
  EXPECT_EQ(description.components[0].ports, (Ports{{"Drain", "p"}, {"Gate", "XB.n"}, {"Source", "q"}, {"Body", "0"}}));
  EXPECT_EQ(description.components[0].parameters, (Values{{"W", "{(3)*2}"}, {"L", "{lmin}"}}));
  EXPECT_EQ(description.components[1].parameters, (Values{{"R", "{rr}"}}));
  EXPECT_EQ(description.components[2].parameters, (Values{{"W", "{(1u)*2}"}, {"L", "{lmin}"}, {"m", "2"}}));
  EXPECT_EQ(description.components[4].ports, (Ports{{"Pos", "nn"}, {"Neg", "p"}}));
}

TEST(Netlist, TakesTheCellThatNoOtherUsesUnlessOneIsNamed) {
  const Lines cells{".subckt a p q", "R1 p q 1", ".ends", ".subckt b p q", "X1 p q a", "R2 p q 2", ".ends"};
  EXPECT_EQ(read_lines(cells).cell, "b");
  EXPECT_EQ(read_lines(cells, "A").cell, "a");
  EXPECT_EQ(netlist_faults(cells, "bb"), Lines{" CKT-011"});
  Lines bench = cells;
  bench.insert(bench.end(), {"V1 x 0 1", "X1 x 0 b", ".tran 1n 1u", ".control", "run", ".endc", ".end", "no netlist"});
  EXPECT_EQ(read_lines(bench).cell, "b");
  bench.insert(bench.begin(), "M1 x y 0 0 nmos");
  const auto top = read_lines(bench);
  EXPECT_EQ(top.cell, "");
  EXPECT_EQ(names_of(top), (Lines{"M1", "V1", "X1.X1.R1", "X1.R2"}));
}

TEST(Netlist, AllFaultsAreToldAtOnceWithTheirLines) {
  EXPECT_EQ(netlist_faults({".subckt c a b", "M1 a b 0 0 core", "Q1 a b 0 q1", "J1 a b 0 jj", "X1 a d", "R1 a b 1k", ".ends",
                       ".subckt d p q", "R1 p q 1", ".ends"},
                      "c"),
            (Lines{"line 2 CKT-012", "line 3 CKT-012", "line 4 CKT-013", "line 5 CKT-015"}));
  EXPECT_EQ(netlist_faults({}), Lines{" CKT-019"});
  EXPECT_EQ(netlist_faults({"* a", ".subckt " + std::string(65, 'c') + " a", "R1 a 0 1k", ".ends"}),
            Lines{"line 2 CKT-018"});
  EXPECT_EQ(netlist_faults({"dear reader"}), Lines{"line 1 SPI-014"});
}

TEST(Netlist, RecursionAndExplosionAreRefused) {
  const Lines itself{".subckt a p q", "X1 p q a", "R1 p q 1", ".ends"};
  EXPECT_EQ(netlist_faults(itself, "a"), Lines{"line 2 CKT-017"});
  Lines doubling{".subckt c0 p q", "R1 p q 1", ".ends"};
  for (int i = 1; i < 15; ++i) {
    const std::string inner = "c" + std::to_string(i - 1);
    doubling.insert(doubling.end(),
                    {".subckt c" + std::to_string(i) + " p q", "X1 p q " + inner, "X2 p q " + inner, ".ends"});
  }
  EXPECT_EQ(netlist_faults(doubling).size(), 1U);
  Lines many{".subckt a p q"};
  for (int i = 0; i < 5000; ++i) many.push_back("R" + std::to_string(i) + " p q 1");
  many.push_back(".ends");
  EXPECT_EQ(netlist_faults(many), Lines{"line 4098 CKT-016"});
}

TEST(SpiceText, ReadBackIsTheSameCircuitForEveryTopology) {
  int seen = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(EXTURBO_SOURCE_DIR) / "tests/unit/circuit/topologies")) {
    const auto first = read_lines(test::read_lines(entry.path()));
    const auto second = read_lines(circuit::to_spice(first));
    EXPECT_TRUE(test::same_circuit(first, second)) << entry.path();
    EXPECT_EQ(first.type, second.type) << entry.path();
    EXPECT_EQ(first.ports, second.ports) << entry.path();
    for (std::size_t i = 0; i < first.components.size(); ++i) {
      for (const auto& [name, value] : first.components[i].parameters)
        EXPECT_EQ(second.components.at(i).parameters.at(name), value) << entry.path();
    }
    ++seen;
  }
  EXPECT_GE(seen, 30);
}

TEST(SpiceText, EveryComponentTypeComesBackBodiesAndSupplySymbolsIncluded) {
  circuit::CircuitDescription description{"Other", {}, "", {}};
  for (const circuit::ComponentType& type : circuit::component_types()) {
    for (const bool optional : {false, true}) {
      if (optional && type.optional_ports.empty()) continue;
      Component component{type.name, {}, "", {}};
      for (const std::string& port : type.ports) component.ports[port] = port + type.name[0];
      for (const std::string& port : type.optional_ports) {
        if (optional) component.ports[port] = "well";
      }
      description.components.push_back(component);
    }
  }
  const auto back = read_lines(circuit::to_spice(description));
  EXPECT_TRUE(test::same_circuit(description, back));
}

TEST(SpiceText, NetsThatSpiceCannotTellApartGetNamesOfTheirOwn) {
  circuit::CircuitDescription description{"Other", {}, "", {}};
  for (const char* net :
       {"Vout", "VOUT", "vout\\+", "vout_+", "vout(+)", "0", "GND", "gnd", "a=b", "{x}", "$c", "*d", "'e'", "vdd!"}) {
    description.components.push_back({"Res", {{"Pos", net}, {"Neg", "n"}}, "", {}});
  }
  EXPECT_TRUE(test::same_circuit(description, read_lines(circuit::to_spice(description))));
}

TEST(SpiceText, ABodyThatIsNotDrawnIsAtTheSupply) {
  const circuit::CircuitDescription description{"Other",
                                                {{"PMOS", {{"Drain", "o"}, {"Gate", "i"}, {"Source", "VDD"}}, "", {}},
                                                 {"NMOS", {{"Drain", "o"}, {"Gate", "i"}, {"Source", "s"}}, "", {}},
                                                 {"Res", {{"Pos", "s"}, {"Neg", "VSS"}}, "", {}}},
                                                "",
                                                {}};
  EXPECT_EQ(circuit::to_spice(description),
            (Lines{"*.NOBODY M1", "*.NOBODY M2", ".subckt circuit o i VDD VSS", "M1 o i VDD VDD pmos",
                   "M2 o i s VSS nmos", "R1 s VSS {r1}", ".ends circuit"}));
}
