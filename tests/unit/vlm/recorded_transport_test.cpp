// The record of exchanges, and replies out of it.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/recorded_transport.hpp"

#include <gtest/gtest.h>

#include "exturbo/core/fault.hpp"
#include "support/json_schema.hpp"
#include "support/temporary_folder.hpp"

using namespace exturbo;

namespace {

/// Counts, and answers with the count.
class Counter : public vlm::Transport {
 public:
  std::string model() const override { return "counter"; }
  vlm::Reply ask(const vlm::Request& request) override {
    vlm::Reply reply;
    reply.usage = {1, 2, 30 + count, 4, 0.1 * count};
    if (request.messages.at(0).text == "fail") {
      reply.status = vlm::Status::kTimeOut;
      reply.message = "too slow \xff";
    } else {
      reply.text = "answer " + std::to_string(count);
      reply.model = "counter-1";
      reply.finish_reason = "stop";
    }
    ++count;
    return reply;
  }
  int count = 0;
};

vlm::Request request(const std::string& text) { return {"test", "counter", {{"user", text}}, 100}; }

void expect_equal(const vlm::Reply& a, const vlm::Reply& b) {
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(a.message, b.message);
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.model, b.model);
  EXPECT_EQ(a.finish_reason, b.finish_reason);
  EXPECT_EQ(a.usage.attempts, b.usage.attempts);
  EXPECT_EQ(a.usage.prompt_tokens, b.usage.prompt_tokens);
  EXPECT_EQ(a.usage.completion_tokens, b.usage.completion_tokens);
  EXPECT_EQ(a.usage.cost, b.usage.cost);
}

class Record : public ::testing::Test {
 protected:
  std::string faults() const {
    try {
      vlm::RecordedTransport replay(file_);
      return "";
    } catch (const core::InputError& error) {
      return error.what();
    }
  }
  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "agents.jsonl";
  Counter live_;
};

}  // namespace

TEST_F(Record, ReplayGivesTheSameRepliesInTheSameOrder) {
  std::vector<vlm::Reply> replies;
  const std::vector<std::string> texts{"a", "b", "a", "fail", "\xff no UTF-8", "a"};
  {
    vlm::RecordedTransport record(file_, live_);
    for (const std::string& text : texts) replies.push_back(record.ask(request(text)));
  }
  vlm::RecordedTransport replay(file_);
  EXPECT_EQ(replay.model(), "counter");
  for (std::size_t i = 0; i < texts.size(); ++i) expect_equal(replay.ask(request(texts[i])), replies[i]);
  EXPECT_EQ(live_.count, 6);
}

TEST_F(Record, ARequestThatIsNotInItFailsAndSaysSo) {
  { vlm::RecordedTransport(file_, live_).ask(request("a")); }
  vlm::RecordedTransport replay(file_);
  for (const char* text : {"b", "a", "a"}) {
    const vlm::Reply reply = replay.ask(request(text));
    if (reply.status == vlm::Status::kOk) continue;
    EXPECT_EQ(reply.status, vlm::Status::kNotRecorded);
    EXPECT_NE(reply.message.find("VLM-012"), std::string::npos);
    EXPECT_NE(reply.message.find(file_.string()), std::string::npos);
  }
  EXPECT_EQ(replay.ask(request("a")).status, vlm::Status::kNotRecorded) << "the only one is used";
}

TEST_F(Record, GoingOnPaysForNoReplyTwiceAndAsksAgainWhatFailed) {
  {
    vlm::RecordedTransport record(file_, live_);
    record.ask(request("a"));
    record.ask(request("fail"));
  }
  vlm::RecordedTransport record(file_, live_);
  EXPECT_EQ(record.ask(request("a")).text, "answer 0");
  EXPECT_EQ(live_.count, 2);
  record.ask(request("fail"));
  EXPECT_EQ(live_.count, 3);
}

TEST_F(Record, ATornLastLineIsCutAndTheNextOneIsWhole) {
  { vlm::RecordedTransport(file_, live_).ask(request("a")); }
  std::ofstream(file_, std::ios::app) << R"({"index": 2, "lab)";
  { vlm::RecordedTransport(file_, live_).ask(request("b")); }
  vlm::RecordedTransport replay(file_);
  EXPECT_EQ(replay.ask(request("a")).text, "answer 0");
  EXPECT_EQ(replay.ask(request("b")).text, "answer 1");
}

TEST_F(Record, IsHeldByOneAtATime) {
  vlm::RecordedTransport record(file_, live_);
  EXPECT_THROW(vlm::RecordedTransport(file_, live_), core::EnvironmentError);
}

TEST_F(Record, EveryFaultOfAFileIsToldWithItsLine) {
  { vlm::RecordedTransport(file_, live_).ask(request("a")); }
  std::string line = folder_.read("agents.jsonl");
  std::string changed = line;
  changed.replace(changed.find(R"("text":"a")"), 10, R"("text":"z")");
  folder_.write("agents.jsonl", changed + "[]\n{\"index\": 0}\n");
  const std::string all = faults();
  for (const char* part : {"line 1, /request_sha256", "VLM-011", "line 2", "line 3, /index", "JSN-005"})
    EXPECT_NE(all.find(part), std::string::npos) << part << " in\n" << all;
  std::filesystem::remove(file_);
  EXPECT_NE(faults().find("FIL-001"), std::string::npos);
}

TEST_F(Record, LinesFitTheSchema) {
  const auto image = std::make_shared<const vlm::Image>(vlm::Image{"image/png", "\x89PNG"});
  {
    vlm::RecordedTransport record(file_, live_);
    record.ask({"test", "counter", {{"system", "s"}, {"user", "a", image}}, 100});
    record.ask(request("fail"));
  }
  const test::JsonSchema schema(EXTURBO_SOURCE_DIR "/src/vlm/schema/exchange.schema.json");
  std::istringstream stream(folder_.read("agents.jsonl"));
  int lines = 0;
  for (std::string line; std::getline(stream, line); ++lines) {
    const nlohmann::json json = nlohmann::json::parse(line);
    EXPECT_TRUE(schema.faults(json).empty()) << line << "\n" << schema.faults(json).at(0);
    for (const auto& [key, value] : json.items()) {
      nlohmann::json without = json;
      without.erase(key);
      EXPECT_FALSE(schema.faults(without).empty()) << key;
      EXPECT_THROW(vlm::parse_exchange(without.dump(), ""), core::InputError) << key;
    }
  }
  EXPECT_EQ(lines, 2);
}

TEST(Request, ItsHashFollowsEveryPartThatIsSentAndNotTheLabel) {
  const vlm::Request first{"one", "m", {{"user", "text"}}, 100};
  vlm::Request other = first;
  other.label = "two";
  EXPECT_EQ(vlm::request_hash(other), vlm::request_hash(first));
  std::set<std::string> hashes{vlm::request_hash(first)};
  const auto differs = [&](const vlm::Request& changed) { return hashes.insert(vlm::request_hash(changed)).second; };
  (other = first).model = "n";
  EXPECT_TRUE(differs(other));
  (other = first).max_tokens = 101;
  EXPECT_TRUE(differs(other));
  (other = first).messages[0].text = "texts";
  EXPECT_TRUE(differs(other));
  (other = first).messages[0].role = "system";
  EXPECT_TRUE(differs(other));
  (other = first).messages[0].image = std::make_shared<const vlm::Image>(vlm::Image{"image/png", "a"});
  EXPECT_TRUE(differs(other));
  other.messages[0].image = std::make_shared<const vlm::Image>(vlm::Image{"image/png", "b"});
  EXPECT_TRUE(differs(other));
}

TEST(Request, WireFormCarriesTheImageAsADataUrl) {
  const auto image = std::make_shared<const vlm::Image>(vlm::Image{"image/svg+xml", "<svg/>"});
  const auto json = nlohmann::json::parse(vlm::wire_text({"", "m", {{"system", "s"}, {"user", "look", image}}, 7}));
  EXPECT_EQ(json.at("model"), "m");
  EXPECT_EQ(json.at("max_tokens"), 7);
  EXPECT_EQ(json.at("messages").at(0).at("content"), "s");
  const auto& parts = json.at("messages").at(1).at("content");
  EXPECT_EQ(parts.at(0).at("text"), "look");
  EXPECT_EQ(parts.at(1).at("image_url").at("url"), "data:image/svg+xml;base64,PHN2Zy8+");
}
