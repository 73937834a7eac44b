// The pool of evaluator commands: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/command/pool.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <vector>

#include "command_environment.hpp"
#include "command_process.hpp"
#include "core/awake_clock.hpp"
#include "core/own_program.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/core/number.hpp"
#include "protocol.hpp"

namespace exturbo::command {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kAttempts = 2;         ///< Of an evaluation whose command ends.
constexpr int kMostUnread = 5;       ///< Ends in a row without reading the request: it does not even start.
constexpr int kMostUnanswered = 20;  ///< Ends in a row without a reply: no region of designs is as bad as that.

struct Task {
  Request request;
  int attempts = 0;  ///< Commands that read it and ended without a reply.
  int unread = 0;    ///< Commands in a row that ended before they had read it.
};

struct Slot {
  std::unique_ptr<CommandProcess> process;
  std::optional<Task> task;
  double begin = 0;   ///< Of the task, by the pool's clock.
  bool late = false;  ///< The task's time is up and its command is being ended.

  bool reply_due() const { return task.has_value() && !late; }
};

std::string quoting(const CommandProcess& process) {
  const std::string words = process.last_words();
  return words.empty() ? "" : "; it wrote: " + words;
}

}  // namespace

class Pool::Impl {
 public:
  Impl(const problem::Problem& problem, const PoolOptions& options)
      : problem_(problem), environment_(command_environment(environ)) {
    supervisor_ = options.supervisor.empty() ? find_supervisor() : options.supervisor;
    if (supervisor_.empty())
      throw core::EnvironmentError("the program exturbo-supervisor is missing; set EXTURBO_SUPERVISOR to its path");
    std::error_code error;
    if (!std::filesystem::is_directory(problem.evaluator->folder, error)) {
      throw core::EnvironmentError(
          "the folder where the evaluator's command runs is not there: " + problem.evaluator->folder.string() +
          "; put it back (a run keeps its path in run.json, as evaluator_folder)");
    }
    slots_.resize(static_cast<std::size_t>(std::max(1, options.workers)));
  }

  ~Impl() {
    // All are told before one is waited for.
    for (Slot& slot : slots_) {
      if (slot.process) slot.process->end();
    }
  }

  void submit(Request request) {
    queue_.push_back({std::move(request), 0});
    dispatch();
  }

  std::optional<Finished> wait_any(milliseconds timeout) {
    const auto end = Clock::now() + timeout;
    for (;;) {
      if (!finished_.empty()) {
        Finished result = std::move(finished_.front());
        finished_.pop_front();
        return result;
      }
      if (pending() == 0) return std::nullopt;
      const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
      const bool interrupted = !wait_for_commands(std::max(milliseconds(0), left));
      if (finished_.empty() && (interrupted || Clock::now() >= end)) return std::nullopt;
    }
  }

  std::size_t pending() const {
    const auto busy =
        std::count_if(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.task.has_value(); });
    return queue_.size() + finished_.size() + static_cast<std::size_t>(busy);
  }

 private:
  void dispatch() {
    for (Slot& slot : slots_) {
      if (slot.task || queue_.empty() || (slot.process && slot.process->is_ending())) continue;
      if (!slot.process) {
        slot.process = std::make_unique<CommandProcess>(spawner_, supervisor_, *problem_.evaluator, environment_);
      }
      slot.task = std::move(queue_.front());
      queue_.pop_front();
      slot.begin = clock_.now();
      slot.late = false;
      slot.process->send_request(request_line(slot.task->request));
    }
  }

  /// Waits for something from the commands or the nearest time limit. False if a signal ended the wait.
  bool wait_for_commands(milliseconds timeout) {
    std::vector<pollfd> waits;
    const double now = clock_.now();
    double wake = now + std::chrono::duration<double>(timeout).count();
    for (const Slot& slot : slots_) {
      if (slot.process) slot.process->add_waits(waits, slot.reply_due());
      if (slot.reply_due()) wake = std::min(wake, deadline(slot));
    }
    // Never long at a time: a clock that jumped must not keep the pool asleep.
    const double left = std::clamp(wake - now, 0.0, 1.0);
    clock_.expect(left);
    if (poll(waits.data(), waits.size(), static_cast<int>(std::ceil(1000 * left))) < 0) return false;
    for (Slot& slot : slots_) {
      if (slot.process) serve(slot);
    }
    dispatch();
    return true;
  }

  double deadline(const Slot& slot) const { return slot.begin + problem_.evaluator->time_limit; }

  void serve(Slot& slot) {
    CommandProcess& process = *slot.process;
    process.serve(slot.reply_due());
    if (slot.reply_due()) {
      if (const auto line = process.next_line()) {
        take_reply(slot, *line);
      } else if (process.line_too_long()) {
        refuse_reply(slot, "the command's reply is longer than 1 MiB");
      } else if (clock_.now() >= deadline(slot)) {
        slot.late = true;
        process.end();
      }
    }
    if (process.ended()) take_end(slot);
  }

  void take_reply(Slot& slot, const std::string& line) {
    spice::CornerOutcome outcome = read_reply(line, slot.task->request, problem_);
    if (outcome.status == spice::Status::kBadReply) return refuse_reply(slot, outcome.reason);
    if (outcome.status != spice::Status::kOk) outcome.reason += quoting(*slot.process);
    ends_unanswered_ = 0;
    finish(slot, std::move(outcome));
  }

  void refuse_reply(Slot& slot, const std::string& why) {
    ends_unanswered_ = 0;
    fail(slot, spice::Status::kBadReply, why + quoting(*slot.process));
    slot.process->end();
  }

  void fail(Slot& slot, spice::Status status, const std::string& reason) {
    spice::CornerOutcome outcome;
    outcome.status = status;
    outcome.reason = reason;
    finish(slot, std::move(outcome));
  }

  void finish(Slot& slot, spice::CornerOutcome corner) {
    spice::Outcome outcome;
    outcome.corners.push_back(std::move(corner));
    outcome.worker = static_cast<int>(&slot - slots_.data());
    outcome.attempts = slot.task->attempts + 1;
    outcome.seconds = clock_.now() - slot.begin;
    finished_.push_back({slot.task->request.id, std::move(outcome)});
    slot.task.reset();
  }

  /// A command is gone. One that had nothing to do is missed by nobody: the next request starts another.
  void take_end(Slot& slot) {
    const std::unique_ptr<CommandProcess> process = std::move(slot.process);
    if (!slot.task) return;
    if (slot.late) {
      return fail(
          slot, spice::Status::kWallLimit,
          "no reply within " + core::format_quantity(problem_.evaluator->time_limit, "s", 3) + quoting(*process));
    }
    const std::string how = process->how_it_ended() + quoting(*process);
    Task& task = *slot.task;
    if (process->read_its_request()) {
      task.unread = 0;
      if (++ends_unanswered_ >= kMostUnanswered) give_up(ends_unanswered_, "without a reply", how);
      if (task.attempts + 1 >= kAttempts)
        return fail(slot, spice::Status::kCrashed,
                    "the command " + how + "; tried " + std::to_string(task.attempts + 1) + " times");
      ++task.attempts;
    } else if (++task.unread >= kMostUnread) {
      // The design has no part in that.
      give_up(task.unread, "before it read its request", how);
    }
    queue_.push_front(std::move(*slot.task));
    slot.task.reset();
  }

  [[noreturn]] void give_up(int ends, const std::string& when, const std::string& how) {
    std::string command;
    for (const std::string& word : problem_.evaluator->command) command += (command.empty() ? "" : " ") + word;
    throw core::EnvironmentError("the evaluator's command `" + command + "` ended " + std::to_string(ends) +
                                 " times in a row " + when + ": it " + how);
  }

  const problem::Problem problem_;
  std::vector<std::string> environment_;
  std::filesystem::path supervisor_;
  core::AwakeClock clock_;
  core::Spawner spawner_;
  std::vector<Slot> slots_;  ///< After what its commands need to start and to end.
  std::deque<Task> queue_;
  std::deque<Finished> finished_;
  int ends_unanswered_ = 0;  ///< Of commands in a row, each without a reply.
};

Pool::Pool(const problem::Problem& problem, const PoolOptions& options)
    : impl_(std::make_unique<Impl>(problem, options)) {}
Pool::~Pool() = default;

void Pool::submit(Request request) { impl_->submit(std::move(request)); }
std::optional<Finished> Pool::wait_any(milliseconds timeout) { return impl_->wait_any(timeout); }
std::size_t Pool::pending() const { return impl_->pending(); }

std::filesystem::path find_supervisor() {
  return core::find_own_program("exturbo-supervisor", "EXTURBO_SUPERVISOR",
                                {EXTURBO_INSTALLED_SUPERVISOR, EXTURBO_BUILT_SUPERVISOR});
}

}  // namespace exturbo::command
