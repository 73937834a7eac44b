// Requests over real sockets: libcurl against a server of the test's own.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/vlm/http_transport.hpp"

#include <gtest/gtest.h>

#include "exturbo/vlm/recorded_transport.hpp"
#include "support/chat_server.hpp"
#include "support/environment.hpp"
#include "support/temporary_folder.hpp"

using namespace exturbo;
using test::ChatAnswer;
using test::completion;
using vlm::Status;

namespace {

const std::string kSecret = "sk-secret-0123456789";

class Http : public ::testing::Test {
 protected:
  Http() {
    options_.total_seconds = 20;
    options_.wait = [this](double seconds) { waits_.push_back(seconds); };
  }

  /// One request to a server with this script.
  vlm::Reply ask(std::vector<ChatAnswer> answers) {
    server_.emplace(std::move(answers));
    return transport().ask(request_);
  }
  vlm::HttpTransport transport() const {
    return {{server_->url() + "/chat/completions", "m", vlm::ApiKey(kSecret), prices_}, options_};
  }

  const test::Environment direct_{"no_proxy", "127.0.0.1"};
  std::optional<test::ChatServer> server_;
  vlm::HttpOptions options_;
  vlm::Prices prices_;
  std::vector<double> waits_;
  vlm::Request request_{"test", "m", {{"user", "text"}}, 10};
};

ChatAnswer answer(int code, const std::string& body = "", const std::string& headers = "") {
  ChatAnswer result;
  result.code = code;
  result.body = body;
  result.headers = headers;
  return result;
}

}  // namespace

TEST_F(Http, AGoodAnswerGivesTextTokensAndCost) {
  prices_ = {2, 10};
  const vlm::Reply reply = ask({completion("hello")});
  EXPECT_EQ(reply.status, Status::kOk) << reply.message;
  EXPECT_EQ(reply.text, "hello");
  EXPECT_EQ(reply.model, "scripted");
  EXPECT_EQ(reply.finish_reason, "stop");
  EXPECT_EQ(reply.usage.prompt_tokens, 1000);
  EXPECT_EQ(reply.usage.completion_tokens, 200);
  EXPECT_DOUBLE_EQ(reply.usage.cost, 0.004);
  EXPECT_EQ(reply.usage.attempts, 1);
  ASSERT_EQ(server_->calls().size(), 1U);
  const test::ChatCall call = server_->calls()[0];
  EXPECT_TRUE(call.head.starts_with("POST /v1/chat/completions HTTP/1.1")) << call.head;
  EXPECT_NE(call.head.find("Authorization: Bearer " + kSecret), std::string::npos);
  EXPECT_EQ(call.body, vlm::wire_text(request_));
  EXPECT_EQ(call.body.find(kSecret), std::string::npos);
}

TEST_F(Http, ContentInPartsIsJoined) {
  const vlm::Reply reply = ask({answer(
      200,
      R"({"choices": [{"message": {"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}}]})")});
  EXPECT_EQ(reply.text, "ab");
  EXPECT_EQ(reply.usage.prompt_tokens, 0);
}

TEST_F(Http, WaitsAsLongAsARateLimitAsks) {
  const vlm::Reply reply = ask({answer(429, "slow down", "Retry-After: 7\r\n"), completion("hello")});
  EXPECT_EQ(reply.status, Status::kOk);
  EXPECT_EQ(reply.usage.attempts, 2);
  EXPECT_EQ(waits_, std::vector<double>{7});
}

TEST_F(Http, GivesUpARateLimitThatAsksForTooLong) {
  const vlm::Reply reply = ask({answer(429, "slow down", "Retry-After: 3600\r\n"), completion("hello")});
  EXPECT_EQ(reply.status, Status::kRateLimited);
  EXPECT_NE(reply.message.find("3600 s"), std::string::npos) << reply.message;
  EXPECT_TRUE(waits_.empty());
}

TEST_F(Http, WaitsGrowTwofoldWithTheSameJitterEveryTime) {
  const std::vector<ChatAnswer> script(4, answer(500, R"({"error": {"message": "out of\norder"}})"));
  const vlm::Reply reply = ask(script);
  EXPECT_EQ(reply.status, Status::kServerError);
  EXPECT_EQ(reply.message, "HTTP 500: out of order");
  EXPECT_EQ(reply.usage.attempts, 4);
  const auto first = waits_;
  ASSERT_EQ(first.size(), 3U);
  for (int i = 0; i < 3; ++i) {
    EXPECT_GE(first[i], 0.5 * (1 << i));
    EXPECT_LE(first[i], 1.0 * (1 << i));
  }
  waits_.clear();
  ask(script);
  EXPECT_EQ(waits_, first);
}

TEST_F(Http, ARefusalIsNotRepeated) {
  const vlm::Reply reply = ask({answer(401, R"({"error": {"message": "bad key"}})"), completion("hello")});
  EXPECT_EQ(reply.status, Status::kRefused);
  EXPECT_EQ(reply.message, "HTTP 401: bad key");
  EXPECT_EQ(reply.usage.attempts, 1);
}

TEST_F(Http, ARedirectIsNotFollowedWithTheKey) {
  test::ChatServer elsewhere(std::vector<ChatAnswer>{completion("stolen")});
  const vlm::Reply reply = ask({answer(302, "", "Location: " + elsewhere.url() + "\r\n")});
  EXPECT_EQ(reply.status, Status::kRedirected);
  EXPECT_TRUE(elsewhere.calls().empty());
}

TEST_F(Http, ATruncatedStreamIsAskedAgain) {
  ChatAnswer torn = completion("hello");
  torn.lost = 10;
  ChatAnswer half = completion("hello");
  half.body.resize(half.body.size() / 2);
  half.says_length = false;
  const vlm::Reply reply = ask({torn, half, completion("whole")});
  EXPECT_EQ(reply.text, "whole");
  EXPECT_EQ(reply.usage.attempts, 3);
}

TEST_F(Http, MalformedJsonAtEveryAttemptIsToldAsSuch) {
  const vlm::Reply reply = ask({answer(200, "{"), answer(200, "[]"), answer(200, R"({"choices": []})"),
                                answer(200, R"({"choices": [{"message": {"content": null, "refusal": "no"}}]})")});
  EXPECT_EQ(reply.status, Status::kMalformed);
  EXPECT_EQ(reply.message, "the model refused: no");
  EXPECT_EQ(reply.usage.attempts, 4);
}

TEST_F(Http, DeeplyNestedRepliesAreMalformed) {
  options_.attempts = 1;
  const vlm::Reply reply = ask({answer(200, std::string(100000, '['))});
  EXPECT_EQ(reply.status, Status::kMalformed);
}

TEST_F(Http, SilenceIsATimeOut) {
  options_.total_seconds = 0.2;
  options_.attempts = 2;
  ChatAnswer silent;
  silent.silent = true;
  const vlm::Reply reply = ask({silent, silent});
  EXPECT_EQ(reply.status, Status::kTimeOut);
  EXPECT_EQ(reply.usage.attempts, 2);
  EXPECT_EQ(reply.message.find(kSecret), std::string::npos);
}

TEST_F(Http, NoServerIsALostConnection) {
  options_.attempts = 2;
  server_.emplace(std::vector<ChatAnswer>{});
  vlm::HttpTransport transport = this->transport();
  server_.reset();
  const vlm::Reply reply = transport.ask(request_);
  EXPECT_EQ(reply.status, Status::kConnection);
  EXPECT_EQ(reply.usage.attempts, 2);
}

TEST_F(Http, AReplyOf100MegabytesIsRefusedEarly) {
  for (const bool says_length : {true, false}) {
    ChatAnswer huge = completion("hello");
    huge.padding = 100U << 20;
    huge.says_length = says_length;
    const vlm::Reply reply = ask({huge, completion("hello")});
    EXPECT_EQ(reply.status, Status::kTooLarge);
    EXPECT_EQ(reply.usage.attempts, 1);
    EXPECT_LT(server_->bytes_sent(), 32U << 20) << says_length;
  }
}

TEST_F(Http, EndlessHeadersAreRefused) {
  options_.attempts = 1;
  std::string headers;
  for (int i = 0; i < 20000; ++i) headers += "X-Filler-" + std::to_string(i) + ": 0123456789\r\n";
  EXPECT_NE(ask({answer(200, "{}", headers)}).status, Status::kOk);
}

TEST_F(Http, AnOtherNameForTheBoundOnTokensIsTried) {
  const vlm::Reply reply =
      ask({answer(400, R"({"error": {"message": "use max_completion_tokens"}})"), completion("hello")});
  EXPECT_EQ(reply.status, Status::kOk);
  EXPECT_NE(server_->calls().at(1).body.find(R"("max_completion_tokens":10)"), std::string::npos);
}

TEST_F(Http, StopEndsAWaitForTheServer) {
  std::atomic<bool> stop{true};
  options_.stop = &stop;
  ChatAnswer silent;
  silent.silent = true;
  EXPECT_EQ(ask({silent}).status, Status::kStopped);
}

TEST_F(Http, AKeyThatTheServerEchoesIsInNoReplyAndNoFile) {
  const test::TemporaryFolder folder;
  const std::string long_text = std::string(290, 'x') + kSecret;  // where an error text is cut
  server_.emplace(std::vector<ChatAnswer>{completion("your key is " + kSecret), answer(401, long_text),
                                          answer(403, R"({"error": {"message": "\u0073k-secret-0123456789"}})")});
  {
    vlm::HttpTransport live = transport();
    vlm::RecordedTransport record(folder.path() / "agents.jsonl", live);
    EXPECT_EQ(record.ask(request_).text, "your key is [key]");
    for (int i = 0; i < 2; ++i) EXPECT_EQ(record.ask(request_).message.find("secret"), std::string::npos);
  }
  EXPECT_EQ(folder.read("agents.jsonl").find("sk-sec"), std::string::npos);
}

TEST_F(Http, OptionsWithoutSenseAreRefused) {
  for (const auto& spoil : std::vector<std::function<void(vlm::HttpOptions&)>>{
           [](auto& o) { o.attempts = 0; }, [](auto& o) { o.total_seconds = 0; }, [](auto& o) { o.first_delay = -1; },
           [](auto& o) { o.max_reply_bytes = 0; }}) {
    vlm::HttpOptions options;
    spoil(options);
    EXPECT_THROW(vlm::HttpTransport({"http://host", "m", vlm::ApiKey()}, options), std::invalid_argument);
  }
}
