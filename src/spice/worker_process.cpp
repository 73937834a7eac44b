// One worker process: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "worker_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

#include "exturbo/core/fault.hpp"

namespace exturbo::spice {
namespace {

/// A worker sees only what it needs: no start-up file of ngspice, one thread, the loader's settings; a time zone, as
/// the C library else looks for its file at every plot that ngspice dates.
std::vector<std::string> worker_environment(const std::filesystem::path& scratch) {
  std::vector<std::string> environment{"OMP_THREAD_LIMIT=1",
                                       "OMP_NUM_THREADS=1",
                                       "LC_ALL=C",
                                       "TZ=UTC0",
                                       "HOME=" + scratch.string(),
                                       "SPICE_SCRIPTS=" + scratch.string(),
                                       "SPICE_LIB_DIR=" + scratch.string()};
  for (const char* name : {"LD_LIBRARY_PATH", "LD_PRELOAD", "ASAN_OPTIONS", "UBSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) environment.push_back(std::string(name) + "=" + value);
  }
  return environment;
}

}  // namespace

WorkerProcess::WorkerProcess(core::Spawner& spawner, const std::filesystem::path& program,
                             std::filesystem::path scratch, const std::vector<std::string>& more)
    : scratch_(std::move(scratch)) {
  std::error_code error;
  std::filesystem::create_directories(scratch_, error);
  if (error) {
    throw core::EnvironmentError("cannot make the scratch folder " + scratch_.string() + ": " + error.message() +
                                 "; free some space or set TMPDIR");
  }
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw core::EnvironmentError(std::string("cannot make a socket for a worker: ") + std::strerror(errno));
  }
  // Above the standard streams, which the child's end is copied onto.
  const int theirs = fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
  close(ends[1]);
  channel_ = ends[0];
  fcntl(channel_, F_SETFL, O_NONBLOCK);
  std::vector<std::string> arguments{program.string(), "--scratch", scratch_.string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  try {
    pid_ = spawner.spawn({arguments, worker_environment(scratch_), {theirs, theirs, -1}});
  } catch (...) {
    close(theirs);
    close(channel_);
    std::filesystem::remove_all(scratch_, error);
    throw;
  }
  close(theirs);
}

WorkerProcess::~WorkerProcess() {
  reap();
  close(channel_);
  std::error_code ignored;
  std::filesystem::remove_all(scratch_, ignored);
}

WorkerDeath WorkerProcess::reap() {
  WorkerDeath death;
  if (pid_ < 0) return death;
  kill(pid_, SIGKILL);  // changes nothing for one that is already ending
  int status = 0;
  rusage usage{};
  while (wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) continue;
  pid_ = -1;
  death.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  death.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  death.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  return death;
}

bool WorkerProcess::is_stopped() const {
  std::ifstream stream("/proc/" + std::to_string(pid_) + "/stat");
  std::string text;
  std::getline(stream, text);
  const std::size_t end = text.rfind(')');
  return end != std::string::npos && end + 2 < text.size() && (text[end + 2] == 'T' || text[end + 2] == 't');
}

std::uint64_t WorkerProcess::resident_bytes() const {
  std::ifstream stream("/proc/" + std::to_string(pid_) + "/statm");
  std::uint64_t total = 0, resident = 0;
  stream >> total >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
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
