// A program started by a test: its output caught in files, killed and waited for as the test likes.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

extern char** environ;

namespace exturbo::test {

class ChildProcess {
 public:
  /// Starts words[0] with the rest as arguments, in the folder `working` (this one's if empty); stdout and stderr go to
  /// files of those names in `folder`. The environment is this one's without the EXTURBO_ variables, so that a
  /// developer's settings change no test, and with `more` ("NAME=value").
  ChildProcess(const std::vector<std::string>& words, const std::filesystem::path& folder,
               const std::filesystem::path& working = {}, const std::vector<std::string>& more = {})
      : folder_(folder) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, (folder / "stdout").c_str(), kWrite, 0644);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, (folder / "stderr").c_str(), kWrite, 0644);
    if (!working.empty()) posix_spawn_file_actions_addchdir_np(&actions, working.c_str());
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    std::vector<char*> environment;
    // What comes first counts.
    for (const std::string& variable : more) environment.push_back(const_cast<char*>(variable.c_str()));
    for (char** variable = environ; *variable != nullptr; ++variable) {
      if (!std::string_view(*variable).starts_with("EXTURBO_")) environment.push_back(*variable);
    }
    environment.push_back(nullptr);
    const int error = posix_spawn(&pid_, words[0].c_str(), &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error("cannot start " + words[0]);
  }
  ~ChildProcess() {
    if (!status_) {
      kill(SIGKILL);
      wait();
    }
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  void kill(int signal) const { ::kill(pid_, signal); }

  /// Exit status; 128 + signal for a killed one.
  int wait() {
    if (!status_) {
      int raw = 0;
      while (::waitpid(pid_, &raw, 0) < 0 && errno == EINTR) continue;
      status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    }
    return *status_;
  }

  /// True once it has ended; waits at most so long.
  bool ends_within(std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!status_) {
      int raw = 0;
      if (::waitpid(pid_, &raw, WNOHANG) == pid_) {
        status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
      } else if (std::chrono::steady_clock::now() >= until) {
        return false;
      } else {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
    }
    return true;
  }

  std::string out() const { return read("stdout"); }
  std::string err() const { return read("stderr"); }

 private:
  std::string read(const char* name) const {
    std::ifstream stream(folder_ / name, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    return content.str();
  }

  std::filesystem::path folder_;
  pid_t pid_ = -1;
  std::optional<int> status_;
};

/// Process ids of the children of a process, from /proc.
inline std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  std::error_code error;
  for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(parent) + "/task", error)) {
    std::ifstream stream(task.path() / "children");
    for (pid_t child = 0; stream >> child;) children.push_back(child);
  }
  return children;
}

/// True while the process runs (a zombie does not).
inline bool is_running(pid_t pid) {
  std::ifstream stream("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(stream, text);
  const std::size_t end = text.rfind(')');
  return end != std::string::npos && end + 2 < text.size() && text[end + 2] != 'Z';
}

}  // namespace exturbo::test
