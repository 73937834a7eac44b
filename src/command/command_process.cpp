// One evaluator's command: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "command_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <sstream>

#include "exturbo/core/fault.hpp"
#include "protocol.hpp"

namespace exturbo::command {
namespace {

constexpr int kFirstFree = 10;        ///< Below it lie the descriptors that a program is given.
constexpr int kEndLimit = 10000;      ///< ms for a supervisor to end its command
constexpr int kMostErrorsAtOnce = 4;  ///< Blocks of 64 KiB read before the others get their turn.

using Block = std::array<char, 65536>;

void close_one(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

/// Both ends, out of the way of the descriptors that a program is given.
struct Ends {
  int ours = -1, theirs = -1;
};

[[noreturn]] void refuse() {
  throw core::EnvironmentError(std::string("cannot make the pipes of an evaluator's command: ") + std::strerror(errno));
}

Ends moved(int ours, int theirs) {
  const Ends ends{fcntl(ours, F_DUPFD_CLOEXEC, kFirstFree), fcntl(theirs, F_DUPFD_CLOEXEC, kFirstFree)};
  close(ours);
  close(theirs);
  if (ends.ours < 0 || ends.theirs < 0) refuse();
  fcntl(ends.ours, F_SETFL, O_NONBLOCK);
  return ends;
}

Ends make_pipe(bool we_write) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) refuse();
  return moved(ends[we_write ? 1 : 0], ends[we_write ? 0 : 1]);
}

Ends make_socket() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) refuse();
  return moved(ends[0], ends[1]);
}

/// What is there, at most a block: the count; 0 at the end; -1 where nothing is there yet.
ssize_t read_some(int descriptor, Block& block) {
  for (;;) {
    const ssize_t count = read(descriptor, block.data(), block.size());
    if (count >= 0) return count;
    if (errno == EAGAIN) return -1;
    if (errno != EINTR) return 0;
  }
}

/// As write(2), but EPIPE comes without its signal, which is for this process alone to treat.
ssize_t write_quietly(int descriptor, const std::string& bytes) {
  sigset_t broken, pending, before;
  sigemptyset(&broken);
  sigaddset(&broken, SIGPIPE);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &broken, &before);
  const ssize_t count = write(descriptor, bytes.data(), bytes.size());
  const int why = errno;
  if (count < 0 && why == EPIPE && sigismember(&pending, SIGPIPE) == 0) {
    const timespec now{};
    while (sigtimedwait(&broken, nullptr, &now) < 0 && errno == EINTR) continue;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = why;
  return count;
}

std::string shown(const std::vector<std::string>& command) {
  std::string text;
  for (const std::string& word : command) text += (text.empty() ? "" : " ") + word;
  return "`" + text + "`";
}

}  // namespace

CommandProcess::CommandProcess(core::Spawner& spawner, const std::filesystem::path& supervisor,
                               const problem::Evaluator& evaluator, const std::vector<std::string>& environment)
    : command_(evaluator.command), folder_(evaluator.folder) {
  const Ends control = make_socket(), input = make_pipe(true), output = make_pipe(false), errors = make_pipe(false);
  control_ = control.ours;
  input_ = input.ours;
  output_ = output.ours;
  errors_pipe_ = errors.ours;
  std::vector<std::string> arguments{supervisor.string(), folder_.string()};
  arguments.insert(arguments.end(), command_.begin(), command_.end());
  const std::vector<int> theirs{control.theirs, -1, -1, input.theirs, output.theirs, errors.theirs};
  const auto close_theirs = [&] {
    for (int end : theirs) close_one(end);
  };
  try {
    supervisor_ = spawner.spawn({arguments, environment, theirs});
  } catch (...) {
    close_theirs();
    for (int* end : {&control_, &input_, &output_, &errors_pipe_}) close_one(*end);
    throw;
  }
  close_theirs();
}

CommandProcess::~CommandProcess() {
  end();
  pollfd gone{control_, POLLIN, 0};
  while (!ended()) {
    if (poll(&gone, 1, kEndLimit) == 0) force_end();
    read_control();
  }
  for (int* end : {&input_, &output_, &errors_pipe_}) close_one(*end);
  while (waitpid(supervisor_, nullptr, 0) < 0 && errno == EINTR) continue;
}

void CommandProcess::send_request(const std::string& line) {
  if (asked_) {
    read_errors();
    errors_.clear();
  }
  asked_ = true;
  outgoing_ = line;
  flush();
}

void CommandProcess::flush() {
  while (!outgoing_.empty() && input_ >= 0) {
    const ssize_t count = write_quietly(input_, outgoing_);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) {
      close_one(input_);  // the command is gone or wants no more; its output tells
      return;
    }
    outgoing_.erase(0, static_cast<std::size_t>(count));
  }
}

void CommandProcess::add_waits(std::vector<pollfd>& waits, bool reply_due) const {
  // poll() passes over negative descriptors.
  waits.push_back({control_, POLLIN, 0});
  waits.push_back({outgoing_.empty() ? -1 : input_, POLLOUT, 0});
  waits.push_back({reply_due ? output_ : -1, POLLIN, 0});
  waits.push_back({errors_pipe_, POLLIN, 0});
}

void CommandProcess::serve(bool reply_due) {
  flush();
  // What it wrote before its end is read after its end is known: nothing of it is lost.
  read_control();
  if (refusal_ != 0) {
    throw core::EnvironmentError("cannot run the evaluator's command " + shown(command_) + " in " + folder_.string() +
                                 ": " + std::strerror(refusal_));
  }
  if (reply_due) read_output();
  read_errors();
}

void CommandProcess::read_output() {
  Block block;
  while (output_ >= 0 && !line_too_long() && incoming_.find('\n') == std::string::npos) {
    const ssize_t count = read_some(output_, block);
    if (count < 0) return;
    if (count == 0) close_one(output_);
    incoming_.append(block.data(), static_cast<std::size_t>(count));
  }
}

void CommandProcess::read_errors() {
  Block block;
  for (int i = 0; errors_pipe_ >= 0 && i < kMostErrorsAtOnce; ++i) {
    const ssize_t count = read_some(errors_pipe_, block);
    if (count < 0) return;
    if (count == 0) close_one(errors_pipe_);
    errors_.append(block.data(), static_cast<std::size_t>(count));
  }
}

void CommandProcess::read_control() {
  Block block;
  while (control_ >= 0) {
    const ssize_t count = read_some(control_, block);
    if (count < 0) break;
    if (count == 0) {
      // Its group may outlive a supervisor that was killed.
      if (!status_ && group_ > 0) kill(-group_, SIGKILL);
      if (input_ >= 0 && ioctl(input_, FIONREAD, &unread_) != 0) unread_ = 0;
      close_one(control_);
    }
    told_.append(block.data(), static_cast<std::size_t>(count));
  }
  std::size_t end;
  while ((end = told_.find('\n')) != std::string::npos) {
    std::istringstream line(told_.substr(0, end));
    told_.erase(0, end + 1);
    std::string what;
    int value = 0;
    line >> what >> value;
    if (what == "started") group_ = value;
    if (what == "ended") status_ = value;
    if (what == "refused") refusal_ = value;
  }
}

std::optional<std::string> CommandProcess::next_line() {
  const std::size_t end = incoming_.find('\n');
  if (end == std::string::npos || end >= kLongestLine) return std::nullopt;
  std::string line = incoming_.substr(0, end);
  incoming_.erase(0, end + 1);
  return line;
}

bool CommandProcess::line_too_long() const {
  return incoming_.size() >= kLongestLine && incoming_.find('\n') >= kLongestLine;
}

void CommandProcess::end() {
  if (ending_ || ended()) return;
  ending_ = true;
  shutdown(control_, SHUT_WR);
}

void CommandProcess::force_end() {
  kill(supervisor_, SIGKILL);
  if (group_ > 0) kill(-group_, SIGKILL);
}

std::string CommandProcess::how_it_ended() const {
  if (!status_) return "was lost with its supervisor";
  if (WIFEXITED(*status_)) return "ended with exit code " + std::to_string(WEXITSTATUS(*status_));
  const char* name = sigabbrev_np(WTERMSIG(*status_));
  return "died of " + (name == nullptr ? "signal " + std::to_string(WTERMSIG(*status_)) : std::string("SIG") + name);
}

bool CommandProcess::read_its_request() const { return outgoing_.empty() && unread_ == 0; }

}  // namespace exturbo::command
