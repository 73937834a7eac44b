// Circuit descriptions: the form, its faults, and bounded effort on hostile text.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/circuit/description.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

using namespace exturbo;
using circuit::read_circuit_description;
using Json = nlohmann::ordered_json;

namespace {

Json mirror() {
  return Json::parse(R"({"ckt_type": "DISO-Amplifier", "ckt_netlist": [
    {"component_type": "NMOS", "port_connection": {"Drain": "d", "Gate": "g", "Source": "VSS", "Body": "VSS"},
     "name": "M1", "parameters": {"W": "2.5u", "L": 1.8e-7, "m": "{n}"}},
    {"component_type": "Res", "port_connection": {"Pos": "vdd!", "Neg": "Vout\\+"}}]})");
}

/// "pointer id" of each fault.
std::vector<std::string> faults_of(const Json& json) {
  std::vector<std::string> result;
  for (const core::Fault& fault : read_circuit_description(json.dump(), "d.json").faults) {
    EXPECT_EQ(fault.file, "d.json");
    EXPECT_FALSE(fault.what.empty() || fault.hint.empty()) << to_string(fault);
    result.push_back(fault.place + " " + fault.id);
  }
  return result;
}

using Places = std::vector<std::string>;

}  // namespace

TEST(CircuitDescription, ReadsComponentsPortsNamesAndParameters) {
  const auto [description, faults] = read_circuit_description(mirror().dump(), "d.json");
  ASSERT_TRUE(faults.empty()) << core::InputError(faults).what();
  EXPECT_EQ(description.type, "DISO-Amplifier");
  ASSERT_EQ(description.components.size(), 2U);
  const circuit::Component& transistor = description.components[0];
  EXPECT_EQ(transistor.type, "NMOS");
  EXPECT_EQ(transistor.name, "M1");
  EXPECT_EQ(transistor.ports.at("Body"), "VSS");
  EXPECT_EQ(transistor.parameters.at("W"), "2.5u");
  EXPECT_EQ(transistor.parameters.at("L"), "1.8e-07");
  EXPECT_EQ(transistor.parameters.at("m"), "{n}");
  EXPECT_EQ(description.components[1].ports.at("Neg"), "Vout\\+");
}

TEST(CircuitDescription, EveryComponentTypeRoundTrips) {
  circuit::CircuitDescription description{"Other", {}, "", {}};
  for (const circuit::ComponentType& type : circuit::component_types()) {
    circuit::Component component{type.name, {}, "X" + type.name, {{"k", "1e3"}}};
    for (const auto* ports : {&type.ports, &type.optional_ports}) {
      for (const std::string& port : *ports) component.ports[port] = "net_" + port;
    }
    description.components.push_back(component);
  }
  const auto result = read_circuit_description(to_json(description), "d.json");
  ASSERT_TRUE(result.faults.empty()) << core::InputError(result.faults).what();
  EXPECT_EQ(result.description, description);
}

TEST(CircuitDescription, CellAndPortsRoundTripAndWhatWasRecognisedIsCheckedOnly) {
  Json json = mirror();
  json["cell"] = "amp";
  json["ports"] = {"d", "g"};
  json["blocks"] = {{{"type", "cascode"}, {"devices", {"M1"}}, {"nets", {"d"}}}};
  json["matching"] = Json::parse(R"([["M1", "M2"]])");
  json["signal_path"] = {"M1"};
  const auto [description, faults] = read_circuit_description(json.dump(), "d.json");
  ASSERT_TRUE(faults.empty()) << core::InputError(faults).what();
  EXPECT_EQ(description.cell, "amp");
  EXPECT_EQ(description.ports, (Places{"d", "g"}));
  EXPECT_EQ(read_circuit_description(to_json(description), "d.json").description, description);
  json["cell"] = "a b";
  json["ports"] = {"", 1};
  json["blocks"] = {{{"type", "pair"}, {"devices", 1}, {"size", 2}}, 3};
  json["matching"] = {"M1"};
  json["signal_path"] = Json::parse(R"([["M1"]])");
  Places found = faults_of(json);
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (Places{"/blocks/0 JSN-005", "/blocks/0/devices JSN-011", "/blocks/0/size JSN-004",
                           "/blocks/0/type CKT-008", "/blocks/1 JSN-010", "/cell CKT-006", "/matching/0 JSN-011",
                           "/ports/0 CKT-005", "/ports/1 JSN-013", "/signal_path/0 JSN-013"}));
}

TEST(CircuitDescription, NamesWithoutOneGetTheNextFreeOfTheirKind) {
  circuit::CircuitDescription description{"Other", {}, "", {}};
  for (const char* name : {"", "m2", "", "M1"})
    description.components.push_back({"NMOS", {{"Drain", "a"}, {"Gate", "b"}, {"Source", "c"}}, name, {}});
  description.components.push_back({"Diso_amp", {{"InP", "a"}, {"InN", "b"}, {"Out", "c"}}, "", {}});
  Places names;
  for (const auto& component : circuit::with_names(description).components) names.push_back(component.name);
  EXPECT_EQ(names, (Places{"M3", "m2", "M4", "M1", "X1"}));
}

TEST(CircuitDescription, EveryPortButTheBodyMustBeConnected) {
  for (const circuit::ComponentType& type : circuit::component_types()) {
    const Json one{{"ckt_type", "Other"},
                   {"ckt_netlist", {{{"component_type", type.name}, {"port_connection", Json::object()}}}}};
    EXPECT_EQ(faults_of(one), Places(type.ports.size(), "/ckt_netlist/0/port_connection CKT-004")) << type.name;
  }
  Json without = mirror();
  without["ckt_netlist"][0]["port_connection"].erase("Body");
  EXPECT_EQ(faults_of(without), Places{});
}

TEST(CircuitDescription, TellsAllFaultsAtOnceWithTheirPlaces) {
  const Json faulty = Json::parse(R"({"ckt_type": "OTA", "version": 1, "ckt_netlist": [
    {"component_type": "nmos", "port_connection": {}},
    {"component_type": "PMOS", "port_connection": {"drain": "a", "Gate": "b c", "Source": 5}},
    {"component_type": "Cap", "port_connection": {"Pos": "a", "Neg": ""}, "name": "1c", "size": 1},
    {"component_type": "Cap", "port_connection": {"Pos": "a", "Neg": "b"}, "name": "C1", "parameters": {"c": "big", "a/b": 1}},
    {"component_type": "Cap", "port_connection": [], "name": "c1", "parameters": []},
    {"port_connection": {}}, 7, {"component_type": "Gnd"}]})");
  Places expected{"/version JSN-004",
                  "/ckt_type CKT-001",
                  "/ckt_netlist/0/component_type CKT-002",
                  "/ckt_netlist/1/port_connection/drain CKT-003",
                  "/ckt_netlist/1/port_connection/Gate CKT-005",
                  "/ckt_netlist/1/port_connection/Source JSN-013",
                  "/ckt_netlist/1/port_connection CKT-004",
                  "/ckt_netlist/2/size JSN-004",
                  "/ckt_netlist/2/port_connection/Neg CKT-005",
                  "/ckt_netlist/2/name CKT-006",
                  "/ckt_netlist/3/parameters/c JSN-012",
                  "/ckt_netlist/3/parameters/a~1b CKT-006",
                  "/ckt_netlist/4/port_connection JSN-010",
                  "/ckt_netlist/4/parameters JSN-010",
                  "/ckt_netlist/4/name CKT-007",
                  "/ckt_netlist/5 JSN-005",
                  "/ckt_netlist/6 JSN-010",
                  "/ckt_netlist/7 JSN-005"};
  Places found = faults_of(faulty);
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, expected);
}

TEST(CircuitDescription, HintsAtTheSpellingThatDiffersByCase) {
  Json other = mirror();
  other["ckt_netlist"][0]["component_type"] = "nmos";
  const auto faults = read_circuit_description(other.dump(), "d.json").faults;
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults[0].hint.find("\"NMOS\""), std::string::npos) << faults[0].hint;
}

TEST(CircuitDescription, WhatIsNoJsonHasALineAndColumn) {
  const auto faults = read_circuit_description("{\"ckt_type\":\n  LDO}", "d.json").faults;
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].id, "JSN-001");
  EXPECT_EQ(faults[0].place, "line 2, column 3");
}

TEST(CircuitDescription, RefusesWhatIsTooDeepTooLongOrTooMany) {
  const auto only_id = [](const std::string& text) {
    const auto faults = read_circuit_description(text, "d.json").faults;
    return faults.size() == 1 ? faults[0].id : std::to_string(faults.size()) + " faults";
  };
  EXPECT_EQ(only_id(std::string(100000, '[') + std::string(100000, ']')), "JSN-003");
  EXPECT_EQ(only_id(std::string((4 << 20) + 1, ' ')), "FIL-001");
  EXPECT_EQ(only_id("{\"" + std::string(300, 'k') + "\": 1}"), "JSN-006");
  Json many = mirror();
  const Json part = Json::parse(R"({"component_type": "Gnd", "port_connection": {"Port": "0"}})");
  while (many["ckt_netlist"].size() < 4096) many["ckt_netlist"].push_back(part);
  EXPECT_EQ(faults_of(many), Places{});
  many["ckt_netlist"].push_back(part);
  EXPECT_EQ(faults_of(many), Places{"/ckt_netlist JSN-006"});
}
