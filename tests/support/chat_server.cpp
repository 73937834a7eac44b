// A chat-completions endpoint for tests: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "chat_server.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace exturbo::test {
namespace {

constexpr int kPollMilliseconds = 20;

bool readable(int descriptor) {
  pollfd waiting{descriptor, POLLIN, 0};
  return ::poll(&waiting, 1, kPollMilliseconds) > 0;
}

std::size_t announced_length(const std::string& head) {
  std::string lower(head);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::string key = "\r\ncontent-length:";
  const std::size_t at = lower.find(key);
  return at == std::string::npos ? 0 : std::stoul(lower.substr(at + key.size()));
}

}  // namespace

ChatAnswer completion(const std::string& text, const std::string& finish_reason) {
  ChatAnswer answer;
  answer.body =
      nlohmann::ordered_json{
          {"id", "1"},
          {"object", "chat.completion"},
          {"model", "scripted"},
          {"choices",
           {{{"index", 0}, {"message", {{"role", "assistant"}, {"content", text}}}, {"finish_reason", finish_reason}}}},
          {"usage", {{"prompt_tokens", 1000}, {"completion_tokens", 200}, {"total_tokens", 1200}}}}
          .dump();
  return answer;
}

ChatServer::ChatServer(std::function<ChatAnswer(const ChatCall&)> answer) : answer_(std::move(answer)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (listener_ < 0 || ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      ::listen(listener_, 16) != 0 || ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    throw std::runtime_error("no socket on the loopback interface");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

ChatServer::ChatServer(std::vector<ChatAnswer> answers)
    : ChatServer([answers = std::move(answers), next = std::size_t{0}](const ChatCall&) mutable {
        return next < answers.size() ? answers[next++] : ChatAnswer{500, "", "the script is at its end"};
      }) {}

ChatServer::~ChatServer() {
  stop_ = true;
  thread_.join();
  ::close(listener_);
}

std::vector<ChatCall> ChatServer::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

void ChatServer::serve() {
  while (!stop_) {
    if (!readable(listener_)) continue;
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    serve_one(connection);
    ::close(connection);
  }
}

bool ChatServer::send_all(int connection, const char* bytes, std::size_t count) {
  while (count > 0 && !stop_) {
    const ssize_t sent = ::send(connection, bytes, count, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes += sent;
    count -= static_cast<std::size_t>(sent);
    bytes_sent_ += static_cast<std::size_t>(sent);
  }
  return count == 0;
}

void ChatServer::serve_one(int connection) {
  std::string text;
  std::array<char, 1U << 16> part;
  const auto receive = [&] {
    while (!stop_) {
      if (!readable(connection)) continue;
      const ssize_t count = ::recv(connection, part.data(), part.size(), 0);
      if (count > 0) text.append(part.data(), static_cast<std::size_t>(count));
      return count > 0;
    }
    return false;
  };
  std::size_t head = std::string::npos;
  while ((head = text.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return;
  }
  const std::size_t whole = head + 4 + announced_length(text.substr(0, head));
  while (text.size() < whole) {
    if (!receive()) return;
  }
  const ChatCall call{text.substr(0, head), text.substr(head + 4)};
  {
    const std::lock_guard lock(mutex_);
    calls_.push_back(call);
  }
  const ChatAnswer answer = answer_(call);
  if (answer.silent) {
    while (receive()) {
    }
    return;
  }
  std::string out = "HTTP/1.1 " + std::to_string(answer.code) + " Scripted\r\nConnection: close\r\n" + answer.headers;
  const std::size_t length = answer.body.size() + answer.padding + answer.lost;
  if (answer.says_length) out += "Content-Length: " + std::to_string(length) + "\r\n";
  out += "\r\n" + answer.body;
  const std::string blanks(1U << 16, ' ');
  bool open = send_all(connection, out.data(), out.size());
  for (std::size_t left = answer.padding; open && left > 0; left -= std::min(left, blanks.size()))
    open = send_all(connection, blanks.data(), std::min(left, blanks.size()));
  // Let the client take what it was sent: closing with unread bytes of its own would reset the connection.
  ::shutdown(connection, SHUT_WR);
  while (open && receive()) {
  }
}

}  // namespace exturbo::test
