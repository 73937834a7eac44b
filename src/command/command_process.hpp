// One evaluator's command as the pool sees it: started, written to, read from, ended.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <poll.h>
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/spawner.hpp"
#include "error_tail.hpp"
#include "exturbo/problem/evaluator.hpp"

namespace exturbo::command {

class CommandProcess {
 public:
  /// Starts the supervisor, which starts the command. \throws core::EnvironmentError if it cannot be started.
  CommandProcess(core::Spawner& spawner, const std::filesystem::path& supervisor, const problem::Evaluator& evaluator,
                 const std::vector<std::string>& environment);
  /// Ends the command and all that it started, and waits for that.
  ~CommandProcess();
  CommandProcess(const CommandProcess&) = delete;
  CommandProcess& operator=(const CommandProcess&) = delete;

  /// Queues a request and sends what the pipe takes. What the command wrote to its standard error about earlier requests
  /// is forgotten; what it wrote as it started is the first one's.
  void send_request(const std::string& line);
  /// Adds what poll(2) is to wait for. Its output is of interest only while a reply is due: a command that writes more
  /// than that is left to wait.
  void add_waits(std::vector<pollfd>& waits, bool reply_due) const;
  /// Reads and writes what can be without waiting. \throws core::EnvironmentError if the command could not be run.
  void serve(bool reply_due);
  /// The next line of the output, without its end, or nothing yet.
  std::optional<std::string> next_line();
  /// Its present line is longer than a reply may be.
  bool line_too_long() const;

  /// Asks for the end of the command and of all that it started.
  void end();
  bool is_ending() const { return ending_; }
  /// All of that is gone.
  bool ended() const { return control_ < 0; }
  /// Part of a sentence, once it ended: "ended with exit code 1".
  std::string how_it_ended() const;
  /// Once it ended: it took at least the whole of the last request from its pipe.
  bool read_its_request() const;
  /// What it last wrote to its standard error.
  std::string last_words() const { return errors_.text(); }

 private:
  void flush();
  void read_output();
  void read_errors();
  void read_control();
  void force_end();

  std::vector<std::string> command_;
  std::filesystem::path folder_;
  pid_t supervisor_ = -1;
  pid_t group_ = -1;  ///< As the supervisor told it.
  int control_ = -1;  ///< Socket to the supervisor; -1 once that is gone.
  int input_ = -1;    ///< To the command's standard input; -1 once it takes no more.
  int output_ = -1;   ///< -1 once closed, as the next.
  int errors_pipe_ = -1;
  int unread_ = -1;  ///< Bytes of the requests that it left in the pipe; -1: it lives.
  bool ending_ = false;
  bool asked_ = false;         ///< It was sent a request.
  int refusal_ = 0;            ///< errno of a command that could not be executed.
  std::optional<int> status_;  ///< Of wait(2).
  std::string outgoing_, incoming_, told_;
  ErrorTail errors_;
};

}  // namespace exturbo::command
