// The recorded exchanges of agents/recorded: replaying them, with the real simulator, gives the seeds beside them.
// SPDX-License-Identifier: BSD-3-Clause
//
// With EXTURBO_RERECORD set the answers of each record are served again, in their order, by a server of the test's own,
// and records and seeds are written anew (this needs libcurl): after a change of prompts, problems or of what the
// simulator says of them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "exturbo/agents/vlm_roles.hpp"
#include "exturbo/circuit/netlist.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "exturbo/sizing/size.hpp"
#include "exturbo/vlm/http_transport.hpp"
#include "exturbo/vlm/recorded_transport.hpp"
#include "support/chat_server.hpp"
#include "support/environment.hpp"
#include "support/json_schema.hpp"
#include "support/temporary_folder.hpp"

using namespace exturbo;
namespace fs = std::filesystem;

namespace {

const fs::path kRecords = EXTURBO_SOURCE_DIR "/agents/recorded";

std::string read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

agents::VlmRolesResult ask(const std::string& circuit, vlm::Transport& transport) {
  const problem::Problem problem = sizing::open_problem(EXTURBO_SOURCE_DIR "/circuits/" + circuit + "/ptm90.json");
  const circuit::CircuitDescription cell =
      circuit::read_netlist(problem.netlist_lines, "", problem.cell, &problem.process).description;
  return agents::ask_roles(problem, circuit::to_json(cell, circuit::recognise(cell)), transport, {});
}

void record_anew(const std::string& circuit) {
  std::vector<test::ChatAnswer> answers;
  std::uintmax_t size = 0;
  for (const vlm::Exchange& exchange : vlm::read_exchanges(kRecords / (circuit + ".jsonl"), size)) {
    if (exchange.reply.status != vlm::Status::kOk) continue;
    answers.push_back(test::completion(exchange.reply.text));
    auto body = nlohmann::ordered_json::parse(answers.back().body);
    body.erase("usage");  // nothing counted tokens
    answers.back().body = body.dump();
  }
  test::ChatServer server(std::move(answers));
  const test::Environment direct("no_proxy", "127.0.0.1");
  const test::TemporaryFolder folder;
  const fs::path file = folder.path() / "agents.jsonl";
  vlm::HttpOptions options;
  options.attempts = 1;
  vlm::HttpTransport live({server.url() + "/chat/completions", "scripted", vlm::ApiKey()}, options);
  vlm::RecordedTransport record(file, live);
  const auto result = ask(circuit, record);
  EXPECT_EQ(result.status, "");
  fs::copy_file(file, kRecords / (circuit + ".jsonl"), fs::copy_options::overwrite_existing);
  std::ofstream(kRecords / (circuit + ".seeds.json"), std::ios::binary) << problem::to_json(result.seeds);
}

class RecordedAnswers : public ::testing::TestWithParam<const char*> {};

}  // namespace

TEST_P(RecordedAnswers, ReplayGivesTheSameSeedsBitForBit) {
  const std::string circuit = GetParam();
  if (std::getenv("EXTURBO_RERECORD") != nullptr) record_anew(circuit);
  vlm::RecordedTransport replay(kRecords / (circuit + ".jsonl"));
  const auto result = ask(circuit, replay);
  EXPECT_EQ(result.status, "");
  EXPECT_EQ(problem::to_json(result.seeds), read(kRecords / (circuit + ".seeds.json")));
  EXPECT_GE(result.seeds.size(), 4U);
  int feasible = 0;
  for (const std::string& note : result.notes) feasible += note.ends_with("meets all specs") ? 1 : 0;
  EXPECT_GE(feasible, 1) << "the reviewer accepted for nothing";
}

TEST_P(RecordedAnswers, FitTheirSchemas) {
  const test::JsonSchema exchange(EXTURBO_SOURCE_DIR "/src/vlm/schema/exchange.schema.json");
  std::istringstream lines(read(kRecords / (std::string(GetParam()) + ".jsonl")));
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line);
    EXPECT_TRUE(exchange.faults(json).empty()) << exchange.faults(json).at(0);
    const std::string label = json.at("label");
    const test::JsonSchema answer(EXTURBO_SOURCE_DIR "/agents/" + label.substr(0, label.find(',')) +
                                  "_answer.schema.json");
    const auto faults = answer.faults(nlohmann::json::parse(json.at("text").get<std::string>()));
    EXPECT_TRUE(faults.empty()) << label << ": " << faults.at(0);
  }
}

INSTANTIATE_TEST_SUITE_P(Amplifiers, RecordedAnswers, ::testing::Values("miller", "folded_cascode", "class_ab"));
