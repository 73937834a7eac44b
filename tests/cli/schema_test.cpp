// The JSON Schemas in the tree say what the program reads and writes, neither more nor less.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "exturbo/circuit/description.hpp"
#include "exturbo/core/number.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/problem/seeds.hpp"
#include "support/evaluator_problem.hpp"
#include "support/json_changes.hpp"
#include "support/json_schema.hpp"
#include "support/tiny_problem.hpp"
#include "tiny_run.hpp"

using namespace exturbo;
using Json = nlohmann::json;
using test::changes;
namespace fs = std::filesystem;

namespace {

const fs::path kSource = EXTURBO_SOURCE_DIR;

test::JsonSchema schema(const std::string& module, const std::string& name) {
  const auto folder = module == "agents" ? kSource / "agents" : kSource / "src" / module / "schema";
  return test::JsonSchema(folder / (name + ".schema.json"));
}

Json read(const fs::path& file) {
  std::ifstream stream(file);
  return Json::parse(stream);
}

std::string text(const std::vector<std::string>& faults) {
  std::string all;
  for (const std::string& fault : faults) all += fault + "\n";
  return all;
}

/// The tiny problem with one of everything that a problem may hold.
Json full_problem() {
  Json problem = test::tiny_json();
  problem.merge_patch(Json::parse(R"({
    "variables": {"n": {"min": 1, "max": 4, "integer": true, "start": 2, "note": "fingers"}, "w2": {"tie": "w1", "ratio": "2", "note": ""}},
    "metrics": {"rise": {"testbench": "open_loop", "meas": "rise", "unit": "s"}, "merit": {"expression": "dc_gain / power", "unit": "dB/W"},
                "noise": {"testbench": "open_loop", "measure": "input_noise", "frequency": "1k"}},
    "parameters": {"half": "{vdd/2}"},
    "specs": {"margin.M1": {"min": "50m", "max": 1, "scale": 1, "monte_carlo": {"min": 0, "max": 2}, "nominal_only": false, "note": "of the data sheet"}},
    "objective": {"minimize": "power", "reference": "100u"},
    "corners": [{"name": "hot", "process": "ff", "temperature": 85, "parameters": {"vdd": 1.6}},
                {"process": ["tt", "ff"], "temperature": [-40, "125"], "supply": [0.95, 1.05]}]
  })"));
  return problem;
}

/// Faults of form, which a schema can see: types, keys, names, fixed choices and ranges.
bool is_of_form(const core::Fault& fault) {
  static const std::vector<std::string> kIds{"FIL-003", "PRB-001", "PRB-017", "PRB-018", "PRB-019",
                                             "PRB-022", "PRB-025", "PRB-040", "PRB-041", "PRB-043",
                                             "PRB-060", "PRB-080", "PRB-082"};
  return fault.id.starts_with("JSN-") || (fault.id.starts_with("CKT-") && fault.id != "CKT-007") ||
         std::find(kIds.begin(), kIds.end(), fault.id) != kIds.end();
}

std::string listed(const std::vector<core::Fault>& faults) {
  std::string all;
  for (const core::Fault& fault : faults) all += core::to_string(fault) + "\n";
  return all;
}

}  // namespace

TEST(Schema, EveryProblemOfTheTreeIsValid) {
  const auto problem = schema("problem", "problem");
  int count = 0;
  for (const char* folder : {"circuits", "examples"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kSource / folder)) {
      if (entry.path().extension() != ".json") continue;
      EXPECT_EQ(text(problem.faults(read(entry.path()))), "") << entry.path();
      ++count;
    }
  }
  EXPECT_GE(count, 10);
}

TEST(Schema, EveryProcessOfTheTreeIsValid) {
  const auto process = schema("problem", "process");
  for (const char* name : {"ptm180", "ptm90", "ptm65", "ptm45", "ptm45lp"})
    EXPECT_EQ(text(process.faults(read(kSource / "pdk" / name / "process.json"))), "") << name;
  EXPECT_EQ(text(process.faults(Json::parse(test::kTinyProcess))), "");
}

TEST(Schema, EveryFileOfARunIsValid) {
  const fs::path run = test::tiny_run() / "run";
  EXPECT_EQ(text(schema("run", "run").faults(read(run / "run.json"))), "");
  EXPECT_EQ(text(schema("run", "result").faults(read(run / "result.json"))), "");
  EXPECT_EQ(text(schema("agents", "seeds").faults(read(run / "seeds.json"))), "");
  EXPECT_EQ(text(schema("agents", "seeds").faults(read(test::tiny_run() / "seeds.json"))), "");
  const auto evaluation = schema("run", "evaluation");
  const auto lines = test::lines_of(run / "evaluations.jsonl");
  EXPECT_EQ(lines.size(), 6U);
  for (const std::string& line : lines) EXPECT_EQ(text(evaluation.faults(Json::parse(line))), "") << line;
  const Json verified = read(run / "verify.json");
  EXPECT_EQ(text(schema("run", "verify").faults(verified)), "");
  EXPECT_EQ(verified.at("samples"), 5);
  const auto verification = schema("run", "verification");
  const auto records = test::lines_of(run / "verify.jsonl");
  EXPECT_EQ(records.size(), 1 + verified.at("corners").size() + 5);
  for (const std::string& line : records) EXPECT_EQ(text(verification.faults(Json::parse(line))), "") << line;
}

TEST(Schema, RefusesFilesOfARunThatLackOrAddAKey) {
  const fs::path run = test::tiny_run() / "run";
  const auto refuses_changes = [](const test::JsonSchema& held, const Json& document) {
    for (const auto& [key, value] : document.items()) {
      Json without = document;
      without.erase(key);
      EXPECT_NE(text(held.faults(without)), "") << key;
      Json other = document;
      other[key] = Json::array({Json::object()});
      EXPECT_NE(text(held.faults(other)), "") << key;
    }
    Json more = document;
    more["unknown"] = 1;
    EXPECT_NE(text(held.faults(more)), "");
  };
  refuses_changes(schema("run", "run"), read(run / "run.json"));
  refuses_changes(schema("run", "result"), read(run / "result.json"));
  refuses_changes(schema("run", "verify"), read(run / "verify.json"));
  for (const std::size_t line : {0U, 1U})
    refuses_changes(schema("run", "verification"), Json::parse(test::lines_of(run / "verify.jsonl").at(line)));
  refuses_changes(schema("run", "evaluation"), Json::parse(test::lines_of(run / "evaluations.jsonl").front()));
}

TEST(Schema, NumbersAreThoseThatTheProgramReads) {
  const auto seeds = schema("agents", "seeds");
  for (const std::string number :
       {"1",   "+1",  "-1",   "1.5",   ".5",   "1.",   "1e3",  "1E-3", "2.5u", "10meg", "10MEGohm", "1e",    "1e+",
        "3 ",  " 3",  "10pF", "-2.5n", "+-1",  "1mil", "",     " ",    "u",    "-",     "+",        ".",     "e5",
        "1 u", "1,5", "0x10", "inf",   "-inf", "nan",  "1..2", "--1",  "1u2",  "10%",   "1e3.5",    "1_000", "{vdd}"}) {
    const bool valid = seeds.faults(Json{{"seeds", {{{"variables", {{"w1", number}}}}}}}).empty();
    EXPECT_EQ(valid, core::parse_number(number).has_value()) << "'" << number << "'";
  }
}

TEST(Schema, AProblemIsValidExactlyWhereTheProgramFindsNoFaultOfForm) {
  const auto held = schema("problem", "problem");
  const test::TemporaryFolder folder;
  test::write_tiny(folder);
  Json listed_metrics = Json::parse(test::kEvaluatorJson);
  listed_metrics["metrics"] = {"f", "g"};
  for (const Json& full : {full_problem(), Json::parse(test::kEvaluatorJson), listed_metrics}) {
    ASSERT_EQ(text(held.faults(full)), "");
    for (const Json& problem : changes(full)) {
      const auto loaded = problem::load_problem(folder.write("problem.json", problem.dump()));
      const bool refused = std::any_of(loaded.faults.begin(), loaded.faults.end(), is_of_form);
      EXPECT_EQ(held.faults(problem).empty(), !refused)
          << "changed: " << Json::diff(full, problem).dump() << "\nschema:\n"
          << text(held.faults(problem)) << "program:\n"
          << listed(loaded.faults);
    }
  }
}

TEST(Schema, AProcessIsValidExactlyWhereTheProgramFindsNoFaultOfForm) {
  const auto held = schema("problem", "process");
  const test::TemporaryFolder folder;
  test::write_tiny(folder);
  Json full = Json::parse(test::kTinyProcess);
  full.merge_patch(Json::parse(
      R"({"description": "for tests", "min_width": "1u", "grid": "10n", "finger_width": 1e-5, "junction_length": "0.5u",
                                   "temperature": 27, "reference": {"vth": 0.5},
         "mismatch": {"assumption": "for tests", "devices": {"nmos": {"a_vt": "3n", "a_beta": 1e-8}}},
         "variation": {"assumption": "for tests", "fast": "ff", "slow": "tt", "sigmas": 3, "correlation": 0.5}})"));
  for (const Json& process : changes(full)) {
    folder.write("pdk/tiny/process.json", process.dump());
    std::vector<core::Fault> faults;
    try {
      problem::load_process((folder.path() / "pdk/tiny").string());
    } catch (const core::InputError& error) {
      faults = error.faults();
    }
    const bool refused = std::any_of(faults.begin(), faults.end(), is_of_form);
    EXPECT_EQ(held.faults(process).empty(), !refused)
        << "changed: " << Json::diff(full, process).dump() << "\nschema:\n"
        << text(held.faults(process)) << "program:\n"
        << listed(faults);
  }
}

TEST(Schema, SeedsAreValidExactlyWhereTheProgramFindsNoFaultOfForm) {
  const auto held = schema("agents", "seeds");
  const test::TemporaryFolder folder;
  const auto problem = problem::load_problem(test::write_tiny(folder)).problem;
  for (const Json& seeds : changes(read(test::tiny_run() / "seeds.json"))) {
    const auto loaded = problem::load_seeds(folder.write("seeds.json", seeds.dump()), problem);
    const bool refused = std::any_of(loaded.faults.begin(), loaded.faults.end(), is_of_form);
    EXPECT_EQ(held.faults(seeds).empty(), !refused) << seeds.dump() << "\nschema:\n"
                                                    << text(held.faults(seeds)) << "program:\n"
                                                    << listed(loaded.faults);
  }
}

TEST(Schema, ACircuitDescriptionIsValidExactlyWhereTheProgramFindsNoFaultOfForm) {
  const auto held = schema("agents", "circuit_description");
  Json full{{"ckt_type", "Other"}, {"ckt_netlist", Json::array()}};
  for (const circuit::ComponentType& type : circuit::component_types()) {
    Json part{{"component_type", type.name}, {"port_connection", Json::object()}};
    for (const auto* ports : {&type.ports, &type.optional_ports}) {
      for (const std::string& port : *ports) part["port_connection"][port] = "n$1";
    }
    full["ckt_netlist"].push_back(part);
  }
  full["ckt_netlist"][0].merge_patch(
      Json::parse(R"({"name": "XB.M1", "parameters": {"W": "2u", "L": "{l1/2}", "m": 2}})"));
  full.merge_patch(Json::parse(R"({"cell": "amp", "ports": ["n$1"], "matching": [["XB.M1", "M2"]], "signal_path": ["M2"],
    "blocks": [{"type": "cascode", "devices": ["M2"], "nets": ["n$1"]}]})"));
  ASSERT_EQ(text(held.faults(full)), "");
  for (const std::string& type : circuit::block_types()) {
    full["blocks"][0]["type"] = type;
    EXPECT_EQ(text(held.faults(full)), "");
  }
  for (const std::string& type : circuit::circuit_types()) {
    full["ckt_type"] = type;
    EXPECT_EQ(text(held.faults(full)), "");
  }
  std::vector<Json> documents = changes(full);
  for (const std::string word :
       {"{}", "{a", "a}", "{a}b}", "{ }", "M1", "m.", "_m", "vdd!", "V out", "\u00b5", "NMOS", "Cap"}) {
    for (const char* place : {"/ckt_netlist/0/name", "/ckt_netlist/0/parameters/W", "/ckt_netlist/0/component_type",
                              "/ckt_netlist/0/port_connection/Gate", "/cell", "/ports/0", "/blocks/0/type"}) {
      documents.push_back(full);
      documents.back()[Json::json_pointer(place)] = word;
    }
  }
  for (const Json& description : documents) {
    const auto loaded = circuit::read_circuit_description(description.dump(), "d.json");
    const bool refused = std::any_of(loaded.faults.begin(), loaded.faults.end(), is_of_form);
    EXPECT_EQ(held.faults(description).empty(), !refused)
        << "changed: " << Json::diff(full, description).dump() << "\nschema:\n"
        << text(held.faults(description)) << "program:\n"
        << listed(loaded.faults);
  }
}
