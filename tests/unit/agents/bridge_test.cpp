// The whole bridge over real sockets: roles, record, HTTP client, and an endpoint that misbehaves.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <set>

#include "exturbo/agents/vlm_roles.hpp"
#include "exturbo/sizing/size.hpp"
#include "exturbo/vlm/http_transport.hpp"
#include "exturbo/vlm/recorded_transport.hpp"
#include "support/chat_server.hpp"
#include "support/environment.hpp"
#include "support/role_script.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;
using test::ChatAnswer;
using test::ChatCall;
using test::completion;
namespace fs = std::filesystem;

namespace {

const std::string kKey = "sk-bridge-0123456789abcdef";

/// The role that the system message of a call names.
std::string role_in(const ChatCall& call) {
  const auto body = nlohmann::json::parse(call.body);
  const std::string text = body.at("messages").at(0).at("content");
  for (const char* role : {"circuit analyst", "operating-point designer", "sizing engineer", "reviewer"}) {
    if (text.starts_with("You are the " + std::string(role))) return role;
  }
  return "";
}

std::string good_answer(const std::string& role) {
  auto answers = test::good_answers();
  if (role == "circuit analyst") return answers["circuit_analyst"][0];
  if (role == "operating-point designer") return answers["operating_point_designer"][0];
  return answers[role == "reviewer" ? "reviewer" : "sizing_engineer"][0];
}

class Bridge : public ::testing::Test {
 protected:
  void SetUp() override {
    problem_ = sizing::open_problem(test::write_tiny(folder_));
    before_ = files();
  }
  void TearDown() override {
    EXPECT_FALSE(holds_key()) << "the key is in a file";
    std::set<fs::path> more = files();
    for (const fs::path& file : before_) more.erase(file);
    EXPECT_EQ(more, (std::set<fs::path>{folder_.path() / "agents.jsonl"})) << "files that nobody asked for";
  }

  /// The roles' work against an endpoint that gives `bad` where there is an answer for the n-th call, else good ones.
  agents::VlmRolesResult work(std::map<int, ChatAnswer> bad) {
    return serve([bad = std::move(bad), n = 0](const ChatCall& call) mutable {
      const auto known = bad.find(n++);
      return known != bad.end() ? known->second : completion(good_answer(role_in(call)));
    });
  }
  agents::VlmRolesResult serve(std::function<ChatAnswer(const ChatCall&)> answer) {
    test::ChatServer server(std::move(answer));
    const test::Environment url("EXTURBO_VLM_URL", server.url());
    const test::Environment model("EXTURBO_VLM_MODEL", "scripted");
    const test::Environment key("EXTURBO_VLM_KEY", kKey);
    const test::Environment direct("no_proxy", "127.0.0.1");
    vlm::HttpOptions options;
    options.total_seconds = total_seconds_;
    options.wait = [this](double seconds) { waits_.push_back(seconds); };
    vlm::HttpTransport live(vlm::endpoint_from_environment(), options);
    vlm::RecordedTransport record(folder_.path() / "agents.jsonl", live);
    auto result = agents::ask_roles(problem_, "", record, {},
                                    [](const auto&, const auto& values) { return test::outcome(values); });
    calls_ = server.calls();
    std::string shown = result.status + result.analysis + problem::to_json(result.seeds);
    for (const std::string& note : result.notes) shown += note;
    EXPECT_EQ(shown.find(kKey), std::string::npos);
    return result;
  }
  std::set<fs::path> files() const {
    std::set<fs::path> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) all.insert(entry.path());
    return all;
  }
  bool holds_key() const {
    bool found = false;
    for (const fs::path& file : files()) {
      if (fs::is_regular_file(file))
        found = found || folder_.read(file.lexically_relative(folder_.path())).find(kKey) != std::string::npos;
    }
    return found;
  }
  static ChatAnswer status(int code, const std::string& headers = "") {
    ChatAnswer answer;
    answer.code = code;
    answer.headers = headers;
    answer.body = "no";
    return answer;
  }

  test::TemporaryFolder folder_;
  problem::Problem problem_;
  double total_seconds_ = 20;
  std::set<fs::path> before_;
  std::vector<double> waits_;
  std::vector<ChatCall> calls_;
};

}  // namespace

TEST_F(Bridge, GoodAnswersGiveSeedsAndAReplayGivesTheSame) {
  const auto result = work({});
  EXPECT_EQ(result.status, "");
  EXPECT_EQ(result.seeds.size(), 2U);
  EXPECT_EQ(result.usage.prompt_tokens, 4000);
  for (const ChatCall& call : calls_) EXPECT_NE(call.head.find("Bearer " + kKey), std::string::npos);
  vlm::RecordedTransport replay(folder_.path() / "agents.jsonl");
  const auto again = agents::ask_roles(problem_, "", replay, {},
                                       [](const auto&, const auto& values) { return test::outcome(values); });
  EXPECT_EQ(problem::to_json(again.seeds), problem::to_json(result.seeds));
  EXPECT_EQ(again.analysis, result.analysis);
}

TEST_F(Bridge, TroubleOfTheLineAtEveryRoleIsOvercome) {
  ChatAnswer torn = completion(good_answer("sizing engineer"));
  torn.lost = 20;
  ChatAnswer garbled;
  garbled.body = "<html>busy</html>";
  const auto result =
      work({{0, status(429, "Retry-After: 3\r\n")}, {2, status(500)}, {3, status(503)}, {5, torn}, {7, garbled}});
  EXPECT_EQ(result.status, "");
  EXPECT_EQ(result.seeds.size(), 2U);
  EXPECT_EQ(result.usage.requests, 4);
  EXPECT_EQ(result.usage.attempts, 9);
  ASSERT_EQ(waits_.size(), 5U);
  EXPECT_DOUBLE_EQ(waits_[0], 3);
}

TEST_F(Bridge, ATimeOutIsOvercome) {
  total_seconds_ = 1;
  ChatAnswer silent;
  silent.silent = true;
  const auto result = work({{2, silent}});
  EXPECT_EQ(result.status, "");
  EXPECT_EQ(result.seeds.size(), 2U);
  EXPECT_GE(result.usage.attempts, 5);
}

TEST_F(Bridge, AReplyOf100MegabytesCostsOneRoleAndNotTheWork) {
  ChatAnswer huge = completion(good_answer("circuit analyst"));
  huge.padding = 100U << 20;
  const auto result = work({{0, huge}});
  EXPECT_EQ(result.status, "");
  EXPECT_EQ(result.seeds.size(), 2U);
  EXPECT_NE(result.notes.at(0).find("too_large"), std::string::npos);
  EXPECT_LT(fs::file_size(folder_.path() / "agents.jsonl"), 1U << 20);
}

TEST_F(Bridge, ARefusedKeyEndsTheWorkWithTheReasonAndWithoutTheKey) {
  ChatAnswer refused = status(401);
  refused.body = R"({"error": {"message": "Incorrect key: )" + kKey + R"("}})";
  const auto result = work({{0, refused}});
  EXPECT_NE(result.status.find("HTTP 401: Incorrect key: [key]"), std::string::npos) << result.status;
  EXPECT_TRUE(result.seeds.empty());
}

TEST_F(Bridge, AnswersThatStayWrongLeaveWhatIsUsable) {
  const auto result = serve([](const ChatCall& call) {
    const std::string role = role_in(call);
    if (role == "circuit analyst")
      return completion(
          "```json\n{\"summary\": \"s\", \"blocks\": [{\"type\": \"cascode\", \"devices\": [\"M99\"]}]}\n```");
    if (role == "operating-point designer") return completion("{\"supply_current\": \"5V\", \"devices\": [", "length");
    if (role == "sizing engineer") {
      return completion(
          R"({"designs": [{"name": "n", "variables": {"w1": "5u", "rl": "10kV", "w2": "1u"}, "reason": "r",
                            "confidence": 0.9}]})");
    }
    return completion("I accept.");
  });
  EXPECT_EQ(result.status, "reviewer gave no review");
  ASSERT_EQ(result.seeds.size(), 1U);
  EXPECT_EQ(result.seeds[0].variables, (std::map<std::string, double>{{"w1", 5e-6}}));
  EXPECT_EQ(calls_.size(), 12U) << "each role and two corrections";
  EXPECT_NE(calls_[1].body.find("the circuit has no device"), std::string::npos);
  EXPECT_NE(calls_[4].body.find("cut at the limit of tokens"), std::string::npos);
}

TEST_F(Bridge, PathsCommandsAndMarkupInAnswersAreTextOrNothing) {
  const std::string flag = (folder_.path() / "flag").string();
  const std::string attack = "../../../etc/passwd; touch " + flag + "; `touch " + flag + "` $(touch " + flag +
                             ") .include /etc/passwd\\n.control\\nshell touch " + flag + "\\u001b]0;x\\u0007<script>";
  const auto result = serve([&](const ChatCall& call) {
    const std::string role = role_in(call);
    if (role == "sizing engineer") {
      return completion(R"({"designs": [{"name": ")" + attack + R"(", "variables": {"w1": "5u", "rl": "10k", ")" +
                        attack + R"(": 1, "vdd": ")" + attack + R"("}, "reason": ")" + attack +
                        R"(", "confidence": 0.5}]})");
    }
    if (role == "circuit analyst") {
      return completion(R"({"summary": ")" + attack + R"(", "blocks": [{"type": ")" + attack +
                        R"(", "devices": ["M1", ")" + attack + R"("]}], "variables": {")" + attack + R"(": "x"}})");
    }
    return completion(good_answer(role));
  });
  EXPECT_EQ(result.status, "");
  ASSERT_GE(result.seeds.size(), 1U);
  EXPECT_EQ(result.seeds[0].variables.size(), 2U);
  for (const std::string& text : {result.seeds[0].reason, result.notes.at(0)}) {
    EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 32; })) << text;
  }
  EXPECT_FALSE(fs::exists(flag));
}
