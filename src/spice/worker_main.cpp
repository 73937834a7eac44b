// exturbo-worker: simulates designs that a pool sends, in a process that may be killed.
// SPDX-License-Identifier: BSD-3-Clause
//
// Messages (protocol.hpp) come on descriptor 0 and go out on descriptor 1, both the one socket to the pool. ngspice
// writes files into the current folder and text to the standard streams: the folder is a scratch one and the streams go
// nowhere.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>

#include "evaluator.hpp"
#include "protocol.hpp"
#include "sandbox.hpp"
#include "scratch_folder.hpp"
#include "worker_death.hpp"

namespace {

using namespace exturbo::spice;
using Json = nlohmann::json;

constexpr rlim_t kMaxFile = 64U << 20;  ///< Bytes ngspice may write into one file.

std::filesystem::path scratch;

/// Ends the process of a pool that is gone, with the folders that nobody else removes now. Two threads see that end:
/// the second must not cut short what the first is removing.
[[noreturn]] void end_after_pool() {
  static std::atomic_flag ending;
  while (ending.test_and_set()) pause();
  std::error_code ignored;
  std::filesystem::current_path("/", ignored);
  std::filesystem::remove_all(scratch, ignored);
  // A pool that was killed may hold its lock for a moment longer than its end of the socket; another worker may have
  // removed all but what was this one's.
  const std::filesystem::path folder = scratch.parent_path();
  for (int i = 0; i < 50 && !remove_if_abandoned(folder) && rmdir(folder.c_str()) != 0 && errno != ENOENT; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  _exit(0);
}

void limit(int resource, rlim_t value) {
  const rlimit bounds{value, value};
  setrlimit(static_cast<__rlimit_resource>(resource), &bounds);
}

/// The BSIM models write a log of their parameter checks at each analysis, per device: truncating a file on a disk that
/// often costs ten times the simulation.
void discard_check_logs() {
  for (const char* name : {"b3v3check.log", "b3v33check.log", "b3v3_1check.log", "b3v32check.log", "bsim4.out",
                           "bsim4v5.out", "bsim4v6.out", "bsim4v7.out", "b4soiv1check.log"}) {
    std::error_code ignored;
    std::filesystem::create_symlink("/dev/null", name, ignored);
  }
}

/// ngspice reads the start-up file of its folder or else that of the user, whom it looks up in files that the sandbox
/// keeps closed (and it falls on a user it does not find). Its one command does nothing here.
void write_startup_file() { std::ofstream(".spiceinit") << "set nomoremode\n"; }

/// Processor time of this process by which a corner must be done; the pool knows SIGXCPU for it.
class CpuLimit {
 public:
  explicit CpuLimit(double seconds) : seconds_(seconds) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGXCPU;
    made_ = timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer_) == 0;
  }
  void restart() const {
    if (!made_) return;
    itimerspec time{};
    time.it_value.tv_sec = static_cast<time_t>(seconds_);
    time.it_value.tv_nsec = static_cast<long>(1e9 * (seconds_ - static_cast<double>(time.it_value.tv_sec)));
    timer_settime(timer_, 0, &time, nullptr);
  }

 private:
  double seconds_;
  timer_t timer_{};
  bool made_ = false;
};

/// The socket moves off the standard streams, which then lead nowhere.
int take_socket() {
  const int channel = fcntl(0, F_DUPFD_CLOEXEC, 10);
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int stream = 0; stream < 3; ++stream) dup2(nowhere, stream);
  return channel;
}

/// Ends the process when the pool is gone, also in the midst of a simulation.
void watch(int channel) {
  pollfd gone{channel, POLLRDHUP, 0};
  while (poll(&gone, 1, -1) < 0 || (gone.revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0) {
  }
  end_after_pool();
}

class Session {
 public:
  Session(int channel, double cpu_limit, Json sandbox)
      : channel_(channel), cpu_limit_(cpu_limit), sandbox_(std::move(sandbox)), engine_([this] { on_lost(); }) {}

  void serve() {
    std::string line;
    while (read_line(line)) handle(Json::parse(line));
  }

 private:
  void handle(const Json& message) {
    if (message.contains("setup")) {
      evaluator_.reset();
      plan_ = plan_from_json(message.at("setup"));
      evaluator_.emplace(engine_, plan_);
      write({{"ready", true}, {"ngspice", engine_.version()}, {"sandbox", sandbox_}});
      return;
    }
    if (message.contains("start")) {
      start_ = start_from_json(message);
      return;
    }
    request_ = request_from_json(message, start_);
    done_ = Json::array();
    if (request_.corners.empty()) {
      for (std::size_t i = 0; i < plan_.corners.size(); ++i) request_.corners.push_back(i);
    }
    for (std::size_t i = 0; i < request_.corners.size(); ++i) {
      const Evaluator::Task task{
          request_.corners[i],
          {request_.start_variables, i < request_.nodesets.size() ? request_.nodesets[i] : Values{}},
          request_.derived_cards,
          request_.devices,
          request_.small_signal};
      cpu_limit_.restart();
      done_.push_back(corner_json(evaluator_.value().evaluate(request_.variables, task)));
    }
    reply();
  }

  void reply() { write({{"id", request_.id}, {"corners", done_}}); }

  /// ngspice wants the process to end: for want of memory, or over a deck that it was parsing, which is a bad one and
  /// said so; else it is a crash. The pool removes the folder.
  void on_lost() {
    for (const std::string& message : engine_.messages()) {
      if (message.find("can't allocate") != std::string::npos) _exit(kMemoryExit);
    }
    if (engine_.loading()) {
      CornerOutcome outcome;
      outcome.status = Status::kBadNetlist;
      outcome.reason = "ngspice refused the deck: " + engine_.failure();
      while (done_.size() < request_.corners.size()) done_.push_back(corner_json(outcome));
      reply();
      _exit(kLostExit);
    }
    write({{"lost", engine_.failure()}});
    _exit(kLostExit);
  }

  bool read_line(std::string& line) {
    for (;;) {
      const std::size_t end = buffer_.find('\n');
      if (end != std::string::npos) {
        line = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        return true;
      }
      char block[65536];
      const ssize_t count = read(channel_, block, sizeof block);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      buffer_.append(block, static_cast<std::size_t>(count));
    }
  }

  void write(const Json& message) {
    const std::string line = message.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    for (std::size_t sent = 0; sent < line.size();) {
      const ssize_t count = send(channel_, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
      if (count < 0 && errno != EINTR) end_after_pool();
      if (count > 0) sent += static_cast<std::size_t>(count);
    }
  }

  int channel_;
  CpuLimit cpu_limit_;
  Json sandbox_;
  Engine engine_;
  Plan plan_;
  std::optional<Evaluator> evaluator_;
  StartMessage start_;
  Request request_;
  Json done_ = Json::array();
  std::string buffer_;
};

}  // namespace

int main(int argc, char** argv) {
  const bool allow_command = argc == 8 && std::string(argv[7]) == "--allow-command";
  if ((argc != 7 && !allow_command) || std::string(argv[1]) != "--scratch" || std::string(argv[3]) != "--memory" ||
      std::string(argv[5]) != "--cpu") {
    std::fputs("exturbo-worker is started by exturbo and speaks JSON lines on its standard input.\n", stderr);
    return 2;
  }
  scratch = argv[2];
  // Ctrl-C goes to the whole group; only the pool decides when its workers end.
  signal(SIGINT, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, kMaxFile);
#ifndef __SANITIZE_ADDRESS__
  limit(RLIMIT_AS, std::strtoull(argv[4], nullptr, 10));
#endif
  if (chdir(scratch.c_str()) != 0) return 1;
  discard_check_logs();
  write_startup_file();
  std::set_new_handler([] { _exit(kMemoryExit); });
  const int channel = take_socket();
  // Before there is a second thread: it holds for the threads that are started later.
  Json sandbox = Json::array();
  for (const SandboxMechanism& mechanism : enter_sandbox(scratch, channel, allow_command))
    sandbox.push_back({{"name", mechanism.name}, {"holds", mechanism.holds}, {"detail", mechanism.detail}});
  std::thread(watch, channel).detach();
  try {
    Session(channel, std::strtod(argv[6], nullptr), std::move(sandbox)).serve();
  } catch (const std::exception&) {
    _exit(1);
  }
  end_after_pool();
}
