// The pool of workers: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/pool.hpp"

#include <poll.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <nlohmann/json.hpp>

#include "core/awake_clock.hpp"
#include "core/own_program.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/core/number.hpp"
#include "plan.hpp"
#include "protocol.hpp"
#include "scratch_folder.hpp"
#include "worker_process.hpp"

namespace exturbo::spice {
namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::json;
using std::chrono::milliseconds;

constexpr auto kStartLimit = std::chrono::seconds(20);
constexpr int kMaxDeathsAtStart = 5;
constexpr int kServedPerLook = 16;  ///< Evaluations between looks at the memory of a worker.

/// A request on its way, with the attempts it has used.
struct Task {
  Request request;
  int attempts = 0;
};

struct Slot {
  std::unique_ptr<WorkerProcess> process;
  std::optional<Task> task;
  std::optional<StartMessage> start;  ///< As its worker knows it.
  double begin = 0;                   ///< Of the task, by the pool's clock.
  std::string engine;                 ///< ngspice's version, as the slot's first worker told it.
  std::string last_words;             ///< Of an ngspice that gave up.
  int served = 0;                     ///< Evaluations of this worker.
  int deaths_at_start = 0;            ///< Workers in a row that ended before they were ready.
};

/// A failure that concerns all corners of a request alike.
Outcome failed_outcome(std::size_t corners, Status status, const std::string& reason) {
  CornerOutcome corner;
  corner.status = status;
  corner.reason = reason;
  Outcome outcome;
  outcome.corners.assign(corners, corner);
  return outcome;
}

}  // namespace

class Pool::Impl {
 public:
  Impl(Plan plan, const PoolOptions& options, bool allow_command) : options_(options), corners_(plan.corners.size()) {
    program_ = options.worker.empty() ? find_worker() : options.worker;
    if (program_.empty())
      throw core::EnvironmentError("the program exturbo-worker is missing; set EXTURBO_WORKER to its path");
    setup_ = Json{{"setup", to_json(plan)}}.dump();
    arguments_ = {"--memory", std::to_string(options.memory_limit), "--cpu", core::format_exact(options.cpu_limit)};
    if (allow_command) arguments_.emplace_back("--allow-command");
    slots_.resize(static_cast<std::size_t>(std::max(1, options.workers)));
    for (Slot& slot : slots_) start(slot);
    for (Slot& slot : slots_) await_ready(slot);
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
      const auto now = Clock::now();
      const bool interrupted = !wait_for_workers(std::max(milliseconds(0), std::chrono::ceil<milliseconds>(end - now)));
      if (finished_.empty() && (interrupted || Clock::now() >= end)) return std::nullopt;
    }
  }

  std::size_t pending() const {
    const auto busy =
        std::count_if(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.task.has_value(); });
    return queue_.size() + finished_.size() + static_cast<std::size_t>(busy);
  }

  std::vector<int> pids() const {
    std::vector<int> result;
    for (const Slot& slot : slots_) result.push_back(slot.process ? slot.process->pid() : -1);
    return result;
  }

  std::string engine() const { return slots_.front().engine; }
  std::vector<SandboxState> sandbox() const { return sandbox_; }

 private:
  void start(Slot& slot) {
    slot.process.reset();
    slot.process =
        std::make_unique<WorkerProcess>(spawner_, program_, scratch_.path() / std::to_string(started_++), arguments_);
    slot.start.reset();
    slot.last_words.clear();
    slot.served = 0;
    ++slot.deaths_at_start;  // until it says that it is ready
    slot.process->send_line(setup_);
  }

  void await_ready(Slot& slot) {
    const auto end = Clock::now() + kStartLimit;
    while (slot.engine.empty()) {
      const auto left = std::chrono::ceil<milliseconds>(end - Clock::now()).count();
      pollfd wait{slot.process->channel(), static_cast<short>(POLLIN | (slot.process->wants_to_write() ? POLLOUT : 0)),
                  0};
      if (left <= 0) throw core::EnvironmentError("the worker " + program_.string() + " does not answer");
      if (slot.deaths_at_start >= kMaxDeathsAtStart) {
        throw core::EnvironmentError("the worker " + program_.string() + " ends at once; is libngspice installed?");
      }
      if (poll(&wait, 1, static_cast<int>(left)) <= 0) continue;
      slot.process->flush();
      const bool alive = slot.process->receive();
      read_messages(slot);
      if (!alive && slot.engine.empty()) start(slot);
    }
  }

  void dispatch() {
    for (Slot& slot : slots_) {
      if (slot.task || queue_.empty()) continue;
      slot.task = std::move(queue_.front());
      queue_.pop_front();
      ++slot.task->attempts;
      slot.begin = clock_.now();
      const Request& request = slot.task->request;
      const bool told =
          slot.start && slot.start->variables == request.start_variables && slot.start->nodesets == request.nodesets;
      if (!told) {
        slot.start = {request.start_variables, request.nodesets};
        slot.process->send_line(start_json(*slot.start).dump());
      }
      slot.process->send_line(request_json(request).dump());
    }
  }

  /// Waits for something from the workers or the nearest wall limit. False if a signal ended the wait.
  bool wait_for_workers(milliseconds timeout) {
    std::vector<pollfd> waits;
    const double now = clock_.now();
    double wake = now + std::chrono::duration<double>(timeout).count();
    for (Slot& slot : slots_) {
      waits.push_back(
          {slot.process->channel(), static_cast<short>(POLLIN | (slot.process->wants_to_write() ? POLLOUT : 0)), 0});
      if (slot.task) wake = std::min(wake, deadline(slot));
    }
    // Never long at a time: a clock that jumped must not keep the pool asleep.
    const double left = std::clamp(wake - now, 0.0, 1.0);
    clock_.expect(left);
    const int count = poll(waits.data(), waits.size(), static_cast<int>(std::ceil(1000 * left)));
    if (count < 0) return false;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (waits[i].revents != 0) serve(slots_[i]);
      if (slots_[i].task && clock_.now() >= deadline(slots_[i])) give_up(slots_[i]);
    }
    dispatch();
    return true;
  }

  double deadline(const Slot& slot) const {
    return slot.begin + options_.wall_limit * static_cast<double>(corner_count(slot));
  }

  void serve(Slot& slot) {
    slot.process->flush();
    const bool alive = slot.process->receive();
    read_messages(slot);
    if (!alive) {
      WorkerDeath death = slot.process->reap();
      death.last_words = slot.last_words;
      replace(slot, status_of(death, options_.memory_limit), describe(death, options_.memory_limit));
    } else if (!slot.task &&
               (slot.served >= options_.recycle_after ||
                (slot.served % kServedPerLook == 1 && slot.process->resident_bytes() > options_.recycle_above))) {
      start(slot);
    }
  }

  void read_messages(Slot& slot) {
    while (const auto line = slot.process->next_line()) {
      const Json message = Json::parse(*line, nullptr, false);
      if (!message.is_object()) continue;  // a worker that dies in mid-line is told by its end
      if (message.contains("ready")) {
        slot.engine = message.value("ngspice", "unknown");
        sandbox_.clear();
        for (const Json& mechanism : message.value("sandbox", Json::array()))
          sandbox_.push_back({mechanism.at("name"), mechanism.at("holds"), mechanism.at("detail")});
        slot.deaths_at_start = 0;
      }
      if (message.contains("lost")) slot.last_words = message["lost"].get<std::string>();
      if (!message.contains("id") || !slot.task || message["id"] != slot.task->request.id) continue;
      Outcome outcome;
      for (const Json& corner : message.at("corners")) outcome.corners.push_back(corner_from_json(corner));
      finish(slot, std::move(outcome));
    }
  }

  void finish(Slot& slot, Outcome outcome) {
    outcome.worker = static_cast<int>(&slot - slots_.data());
    outcome.attempts = slot.task->attempts;
    outcome.seconds = clock_.now() - slot.begin;
    finished_.push_back({slot.task->request.id, std::move(outcome)});
    slot.task.reset();
    ++slot.served;
  }

  std::size_t corner_count(const Slot& slot) const {
    const std::size_t asked = slot.task->request.corners.size();
    return asked == 0 ? corners_ : asked;
  }

  void give_up(Slot& slot) {
    // One that somebody stopped says nothing about the design.
    if (slot.process->is_stopped()) return replace(slot, Status::kWallLimit, "was stopped until the wall limit");
    finish(slot, failed_outcome(corner_count(slot), Status::kWallLimit,
                                "no result within " + core::format_number(options_.wall_limit, 3) + " s per corner"));
    start(slot);
  }

  /// A worker that is lost is replaced; its request goes to the head of the queue unless it has used its attempts or
  /// its processor time.
  void replace(Slot& slot, Status status, const std::string& how) {
    if (slot.task && status == Status::kCpuLimit) {
      finish(slot, failed_outcome(corner_count(slot), status,
                                  "no result within " + core::format_number(options_.cpu_limit, 3) +
                                      " s of processor time for a corner"));
    } else if (slot.task && slot.task->attempts >= options_.attempts) {
      finish(slot, failed_outcome(corner_count(slot), status,
                                  "the worker " + how + "; tried " + std::to_string(slot.task->attempts) + " times"));
    } else if (slot.task) {
      queue_.push_front(std::move(*slot.task));
      slot.task.reset();
    }
    if (slot.deaths_at_start >= kMaxDeathsAtStart) {
      throw core::EnvironmentError("the worker " + program_.string() + " ends as soon as it is started");
    }
    start(slot);
  }

  PoolOptions options_;
  std::size_t corners_;
  std::filesystem::path program_;
  std::string setup_;
  std::vector<std::string> arguments_;  ///< Of each worker, behind its scratch folder.
  std::vector<SandboxState> sandbox_;   ///< As the latest worker told it.
  core::AwakeClock clock_;
  ScratchFolder scratch_;
  core::Spawner spawner_;
  std::vector<Slot> slots_;  ///< After what its workers need to start and to end.
  std::deque<Task> queue_;
  std::deque<Finished> finished_;
  int started_ = 0;
};

Pool::Pool(const problem::Problem& problem, const PoolOptions& options)
    : impl_(std::make_unique<Impl>(make_plan(problem, options), options, problem.allow_command)) {}
Pool::~Pool() = default;

void Pool::submit(Request request) { impl_->submit(std::move(request)); }
std::optional<Finished> Pool::wait_any(milliseconds timeout) { return impl_->wait_any(timeout); }
std::size_t Pool::pending() const { return impl_->pending(); }
std::string Pool::engine_version() const { return impl_->engine(); }
std::vector<SandboxState> Pool::sandbox() const { return impl_->sandbox(); }
std::vector<int> Pool::worker_pids() const { return impl_->pids(); }

std::filesystem::path find_worker() {
  return core::find_own_program("exturbo-worker", "EXTURBO_WORKER", {EXTURBO_INSTALLED_WORKER, EXTURBO_BUILT_WORKER});
}

std::vector<SandboxState> worker_sandbox(const std::filesystem::path& worker) {
  PoolOptions options;
  options.worker = worker;
  return Pool(problem::Problem{}, options).sandbox();
}

std::string engine_version(const std::filesystem::path& worker) {
  PoolOptions options;
  options.worker = worker;
  return Pool(problem::Problem{}, options).engine_version();
}

}  // namespace exturbo::spice
