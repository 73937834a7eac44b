// A chat-completions endpoint on the loopback interface: plain sockets, a thread of the test, answers by the test.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace exturbo::test {

/// What came in.
struct ChatCall {
  std::string head;  ///< Request line and headers.
  std::string body;
};

/// What goes out. The connection is closed behind it.
struct ChatAnswer {
  int code = 200;
  std::string headers{};  ///< More of them, each with its line end.
  std::string body{};     ///< Followed by `padding` blanks.
  std::size_t padding = 0;
  bool says_length = true;  ///< Whether it has a Content-Length.
  std::size_t lost = 0;     ///< Bytes of the end that are announced and not sent.
  bool silent = false;      ///< Nothing is sent; the connection stays until the client leaves.
};

/// A good answer in the form of the protocol.
ChatAnswer completion(const std::string& text, const std::string& finish_reason = "stop");

class ChatServer {
 public:
  /// `answer` is called in the server's thread, a call at a time.
  explicit ChatServer(std::function<ChatAnswer(const ChatCall&)> answer);
  /// Answers in this order, then 500.
  explicit ChatServer(std::vector<ChatAnswer> answers);
  ~ChatServer();
  ChatServer(const ChatServer&) = delete;
  ChatServer& operator=(const ChatServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }
  std::vector<ChatCall> calls() const;
  std::size_t bytes_sent() const { return bytes_sent_; }

 private:
  void serve();
  void serve_one(int connection);
  bool send_all(int connection, const char* bytes, std::size_t count);

  std::function<ChatAnswer(const ChatCall&)> answer_;
  mutable std::mutex mutex_;
  std::vector<ChatCall> calls_;
  std::atomic<std::size_t> bytes_sent_{0};
  std::atomic<bool> stop_{false};
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace exturbo::test
