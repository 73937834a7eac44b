// The process group of one command: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "process_group.hpp"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <vector>

namespace exturbo::command {
namespace {

constexpr int kGrace = 500;    ///< ms between SIGTERM and SIGKILL
constexpr int kPatience = 50;  ///< Rounds of SIGKILL, 100 ms each

/// Children of this process, which has one thread: what it started and what lost its parent below it.
std::vector<pid_t> children() {
  std::ifstream stream("/proc/self/task/" + std::to_string(getpid()) + "/children");
  std::vector<pid_t> pids;
  for (pid_t pid = 0; stream >> pid;) pids.push_back(pid);
  return pids;
}

/// The child between fork and exec.
[[noreturn]] void become(const char* folder, char* const* words, const int (&streams)[3], pid_t parent, int report) {
  // Where this process itself is killed, at least the leader goes with it.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  setpgid(0, 0);
  struct sigaction plain {};
  plain.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, &plain, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  bool ready = chdir(folder) == 0;
  for (int number = 0; ready && number < 3; ++number) ready = dup2(streams[number], number) == number;
  if (ready && close_range(3, UINT_MAX, CLOSE_RANGE_CLOEXEC) == 0) execvp(words[0], words);
  const int why = errno;
  _exit(write(report, &why, sizeof why) == sizeof why ? 1 : 2);
}

}  // namespace

ProcessGroup::ProcessGroup(const char* folder, char* const* words, const int (&streams)[3]) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) {
    error_ = errno;
    return;
  }
  const pid_t parent = getpid();
  leader_ = fork();
  if (leader_ == 0) become(folder, words, streams, parent, report[1]);
  if (leader_ < 0) error_ = errno;
  close(report[1]);
  if (leader_ > 0) setpgid(leader_, leader_);  // whoever is first
  int why = 0;
  ssize_t count = 0;
  while ((count = read(report[0], &why, sizeof why)) < 0 && errno == EINTR) continue;
  close(report[0]);
  if (leader_ > 0 && count == sizeof why) error_ = why;
}

bool ProcessGroup::leader_ended() const {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(leader_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == leader_;
}

int ProcessGroup::living() const {
  int count = leader_ended() ? 0 : 1;
  for (const pid_t child : children()) {
    if (child != leader_ && waitpid(child, nullptr, WNOHANG) == 0) ++count;
  }
  return count;
}

bool ProcessGroup::gone_within(int milliseconds) const {
  constexpr int kLook = 5;  // ms
  for (int waited = 0; living() > 0; waited += kLook) {
    if (waited >= milliseconds) return false;
    const timespec pause{0, kLook * 1000000};
    nanosleep(&pause, nullptr);
  }
  return true;
}

int ProcessGroup::finish() {
  kill(-leader_, SIGTERM);
  kill(-leader_, SIGCONT);  // a stopped one dies of it too
  if (!gone_within(kGrace)) {
    for (int round = 0; round < kPatience; ++round) {
      kill(-leader_, SIGKILL);
      for (const pid_t child : children()) kill(child, SIGKILL);
      if (gone_within(100)) break;
    }
  }
  int status = 0;
  waitpid(leader_, &status, WNOHANG);
  return status;
}

}  // namespace exturbo::command
