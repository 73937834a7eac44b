// One worker process: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "worker_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <vector>

#include "exturbo/core/fault.hpp"

namespace exturbo::spice {
namespace {

/// A worker sees only what it needs: no start-up file of ngspice, one thread, the loader's settings.
std::vector<std::string> worker_environment(const std::filesystem::path& scratch) {
  std::vector<std::string> environment{"OMP_THREAD_LIMIT=1",
                                       "OMP_NUM_THREADS=1",
                                       "LC_ALL=C",
                                       "HOME=" + scratch.string(),
                                       "SPICE_SCRIPTS=" + scratch.string(),
                                       "SPICE_LIB_DIR=" + scratch.string()};
  for (const char* name : {"LD_LIBRARY_PATH", "LD_PRELOAD", "ASAN_OPTIONS", "UBSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) environment.push_back(std::string(name) + "=" + value);
  }
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

WorkerProcess::WorkerProcess(const std::filesystem::path& program, std::filesystem::path scratch)
    : scratch_(std::move(scratch)) {
  std::error_code error;
  std::filesystem::create_directories(scratch_, error);
  if (error)
    throw core::EnvironmentError("cannot make the scratch folder " + scratch_.string() + ": " + error.message());
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw core::EnvironmentError(std::string("cannot make a socket for a worker: ") + std::strerror(errno));
  }
  // Above the standard streams, which the child's end is copied onto.
  const int theirs = fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
  close(ends[1]);
  channel_ = ends[0];
  fcntl(channel_, F_SETFL, O_NONBLOCK);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, theirs, 0);
  posix_spawn_file_actions_adddup2(&actions, theirs, 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGTERM);
  sigaddset(&defaults, SIGINT);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  std::vector<std::string> arguments{program.string(), "--scratch", scratch_.string()};
  std::vector<std::string> environment = worker_environment(scratch_);
  const int code = posix_spawn(&pid_, program.c_str(), &actions, &attributes, pointers(arguments).data(),
                               pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  close(theirs);
  if (code != 0) {
    close(channel_);
    std::filesystem::remove_all(scratch_, error);
    throw core::EnvironmentError("cannot start the worker " + program.string() + ": " + std::strerror(code));
  }
}

WorkerProcess::~WorkerProcess() {
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  close(channel_);
  std::error_code ignored;
  std::filesystem::remove_all(scratch_, ignored);
}

void WorkerProcess::send_line(const std::string& line) {
  outgoing_ += line + "\n";
  flush();
}

void WorkerProcess::flush() {
  while (!outgoing_.empty()) {
    const ssize_t count = send(channel_, outgoing_.data(), outgoing_.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno != EAGAIN) outgoing_.clear();  // the worker is gone; receive() tells
    if (count <= 0) return;
    outgoing_.erase(0, static_cast<std::size_t>(count));
  }
}

bool WorkerProcess::receive() {
  std::array<char, 65536> block;
  for (;;) {
    const ssize_t count = recv(channel_, block.data(), block.size(), 0);
    if (count > 0) {
      incoming_.append(block.data(), static_cast<std::size_t>(count));
    } else if (count == 0) {
      return false;
    } else if (errno != EINTR) {
      return errno == EAGAIN;
    }
  }
}

std::optional<std::string> WorkerProcess::next_line() {
  const std::size_t end = incoming_.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string line = incoming_.substr(0, end);
  incoming_.erase(0, end + 1);
  return line;
}

}  // namespace exturbo::spice
