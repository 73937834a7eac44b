// One run under faults: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "disturbed_run.hpp"

#include <signal.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <thread>

#include "faulty_problem.hpp"
#include "plan.hpp"
#include "processes.hpp"
#include "run_files.hpp"
#include "support/child_process.hpp"

namespace exturbo::faults {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using test::ChildProcess;

constexpr auto kOrphanLimit = std::chrono::seconds(5);
constexpr auto kHungLimit = std::chrono::minutes(10);  ///< Also of a machine that is busy with other work.
constexpr int kAttempts = 3;                           ///< spice::PoolOptions::attempts
constexpr int kMostLaunches = 20;
constexpr std::size_t kBatch = 4;  ///< Of the problem.

/// The number of evaluations that the program last told of: "  17/48  J ...".
std::size_t told(const std::string& text) {
  const std::size_t at = text.rfind("  J ");
  const std::size_t slash = at == std::string::npos ? at : text.rfind('/', at);
  if (slash == std::string::npos) return 0;
  std::size_t begin = slash;
  while (begin > 0 && std::isdigit(static_cast<unsigned char>(text[begin - 1])) != 0) --begin;
  return begin == slash ? 0 : std::stoul(text.substr(begin, slash - begin));
}

bool is_disk_full(std::optional<Fault> fault) {
  return fault == Fault::kDiskFullCreate || fault == Fault::kDiskFullJournal || fault == Fault::kDiskFullSync ||
         fault == Fault::kDiskFullScratch || fault == Fault::kDiskFullResult;
}

class DisturbedRun {
 public:
  explicit DisturbedRun(const RunSetting& setting)
      : setting_(setting),
        whole_(setting.folder / "whole"),
        run_(setting.folder / "disturbed"),
        journal_(run_ / "evaluations.jsonl"),
        scratch_(setting.folder / "scratch"),
        stream_(setting.rng_seed, 2, core::Purpose::kTest),
        lines_(journal_) {
    fs::remove_all(setting.folder);
    fs::create_directories(scratch_);
    write_seeds(setting.folder, setting.rng_seed);
  }

  RunRecord make() {
    finish(whole_, "size");
    if (!record_.wrong.empty()) return record_;
    for (const Stretch& stretch : make_plan(setting_.rng_seed, setting_.budget, setting_.quick)) {
      if (!is_finished()) make_stretch(stretch);
    }
    // Faults that came too late for their stretch may have left it unfinished.
    while (!is_finished() && record_.launches < kMostLaunches) make_stretch({{}, 0});
    if (is_finished()) {
      compare();
      count_designs(run_, record_);
    } else {
      wrong("the run does not end");
    }
    if (!fs::is_empty(scratch_)) wrong("scratch folders are left");
    return record_;
  }

 private:
  bool is_finished() const { return fs::exists(run_ / "result.json"); }
  void wrong(const std::string& what) { record_.wrong.push_back(what); }
  void count(Fault fault, const std::string& recorded) {
    FaultCount& count = record_.faults[name_of(fault)];
    ++count.injected;
    ++count.recorded[recorded];
  }

  std::vector<std::string> words(const fs::path& run, const Stretch& stretch) const {
    std::vector<std::string> words{setting_.program.string()};
    if (fs::exists(run / "run.json")) {
      words.insert(words.end(), {"resume", run.string()});
    } else {
      words.insert(
          words.end(),
          {"size", setting_.problem.string(), "--seeds", (setting_.folder / "seeds.json").string(), "--rng-seed",
           std::to_string(setting_.rng_seed), "--budget", std::to_string(setting_.budget), "--out", run.string()});
    }
    words.insert(words.end(), {"--no-report", "--cpu-limit", "0.3", "--wall-limit", std::to_string(stretch.wall_limit),
                               "--workers", std::to_string(stretch.workers)});
    return words;
  }

  /// An undisturbed process of the program, to the end of its run.
  void finish(const fs::path& run, const std::string& what) {
    ChildProcess child(words(run, {{}, 0}), setting_.folder, {}, {"TMPDIR=" + scratch_.string()});
    const int status = child.wait();
    if (status != 0 && status != 1)
      wrong(what + " without faults ended with " + std::to_string(status) + ": " + child.err());
  }

  /// What is preloaded for the faults of a stretch. Disks fill up by the number of calls.
  std::vector<std::string> environment(const Stretch& stretch) {
    std::vector<std::string> result{"TMPDIR=" + scratch_.string()};
    std::string shims;
    if (stretch.during == Fault::kClockJump) {
      shims = EXTURBO_CLOCK_SHIM;
      fs::remove(setting_.folder / "jumps");
      result.push_back("FAULTS_CLOCK=" + (setting_.folder / "jumps").string());
    }
    if (is_disk_full(stretch.closing)) {
      shims += (shims.empty() ? "" : ":") + std::string(EXTURBO_DISK_SHIM);
      const std::size_t lines = lines_.now();
      const std::string left = std::to_string(stretch.closing_line > lines ? stretch.closing_line - lines : 0);
      const int pools = fs::exists(run_ / "run.json") ? 0 : 1;  // `size` asks one worker for ngspice's version
      std::string disk;
      if (stretch.closing == Fault::kDiskFullJournal) disk = "write " + left + " evaluations.jsonl";
      if (stretch.closing == Fault::kDiskFullSync) disk = "sync " + left + " evaluations.jsonl";
      if (stretch.closing == Fault::kDiskFullScratch)
        disk = "mkdir " + std::to_string(stretch.workers + pools) + " exturbo-pool-";
      if (disk.empty()) disk = "write " + std::to_string(stretch.closing_line) + " .part";
      result.push_back("FAULTS_DISK=" + disk);
    }
    if (!shims.empty()) result.push_back("LD_PRELOAD=" + shims);
    return result;
  }

  void make_stretch(const Stretch& stretch) {
    ++record_.launches;
    const std::size_t known = kept_.size();
    ChildProcess child(words(run_, stretch), setting_.folder, {}, environment(stretch));
    const bool made = stretch.during && wait_for_lines(child, stretch.during_line) && disturb(child, stretch);
    // So many evaluations on, that of the worker must be there: proposals wait for it.
    if (made) wait_for_lines(child, lines_.now() + 2 * kBatch - 1);
    if (stretch.closing) close(child, stretch);
    if (!child.ends_within(kHungLimit)) {
      wrong("hung in launch " + std::to_string(record_.launches));
      child.kill(SIGKILL);
    }
    const int status = child.wait();
    check_end(child, status);
    const std::string jumps = read_file(setting_.folder / "jumps");
    if (made && (stretch.during != Fault::kClockJump || !jumps.empty()))
      count(*stretch.during, outcome(stretch, known));
    if (stretch.closing) count_closing(stretch, status);
    kept_ = read_file(journal_);
    if (status == 128 + SIGKILL && stretch.closing == Fault::kCutTail) kept_ = cut_tail(journal_, stream_);
    if (status == 128 + SIGKILL && stretch.closing == Fault::kGarbageTail) kept_ = spoil_tail(journal_, stream_);
  }

  bool wait_for_lines(ChildProcess& child, std::size_t lines) {
    const auto until = std::chrono::steady_clock::now() + kHungLimit;
    while (lines_.now() < lines) {
      if (child.ends_within(milliseconds(1)) || std::chrono::steady_clock::now() > until) return false;
    }
    return true;
  }

  /// Makes the fault of a stretch that goes on; false if it came too late.
  bool disturb(ChildProcess& child, const Stretch& stretch) {
    const Fault fault = *stretch.during;
    if (fault == Fault::kClockJump) return true;
    if (fault == Fault::kPause) {
      child.kill(SIGSTOP);
      std::this_thread::sleep_for(milliseconds(static_cast<int>(1000 * stretch.wall_limit) + 500));
      child.kill(SIGCONT);
      return true;
    }
    const pid_t worker = busy_worker(child.pid());
    if (worker <= 0) return false;
    if (fault == Fault::kStarveWorker) return starve(worker);
    if (fault == Fault::kKillWorkerAlways) return kill_always(child, worker);
    return ::kill(worker, fault == Fault::kKillWorker    ? SIGKILL
                          : fault == Fault::kCrashWorker ? SIGSEGV
                                                         : SIGSTOP) == 0;
  }

  /// Kills the workers that make an evaluation one after the other; there is only one at a time.
  bool kill_always(ChildProcess& child, pid_t worker) {
    std::set<pid_t> killed;
    for (int attempt = 0; attempt < kAttempts && worker > 0; ++attempt) {
      if (::kill(worker, SIGKILL) != 0) return false;
      killed.insert(worker);
      if (attempt + 1 < kAttempts) worker = busy_worker(child.pid(), killed);
    }
    return wait_for_lines(child, lines_.now() + 1);
  }

  void close(ChildProcess& child, const Stretch& stretch) {
    const Fault fault = *stretch.closing;
    if (is_disk_full(fault) && fault != Fault::kDiskFullScratch) return;  // by itself
    if (!wait_for_lines(child, stretch.closing_line)) return;
    std::this_thread::sleep_for(std::chrono::microseconds(stream_.below(20000)));
    if (fault == Fault::kDiskFullScratch) {
      // kill(-1) would reach every process of the machine.
      if (const pid_t worker = busy_worker(child.pid()); worker > 0) ::kill(worker, SIGKILL);
    } else if (fault == Fault::kTerminate) {
      child.kill(SIGTERM);
    } else if (fault == Fault::kInterrupt) {
      for (const pid_t worker : test::children_of(child.pid())) ::kill(worker, SIGINT);
      child.kill(SIGINT);
    } else {
      child.kill(SIGKILL);
    }
  }

  /// What must hold however the program ended.
  void check_end(ChildProcess& child, int status) {
    const std::string launch = " in launch " + std::to_string(record_.launches);
    std::vector<pid_t> orphans;
    record_.slowest_end = std::max(record_.slowest_end, wait_for_end(scratch_, kOrphanLimit, orphans));
    record_.orphans += static_cast<int>(orphans.size());
    for (const pid_t orphan : orphans) ::kill(orphan, SIGKILL);
    const std::string journal = read_file(journal_);
    if (!journal.starts_with(kept_)) {
      ++record_.lost;
      wrong("lines that were in the journal are not any more" + launch);
    }
    const auto whole_lines = static_cast<std::size_t>(std::count(journal.begin(), journal.end(), '\n'));
    if (const std::size_t number = told(child.err()); number > whole_lines) {
      record_.lost += static_cast<int>(number - whole_lines);
      wrong(std::to_string(number) + " evaluations told, " + std::to_string(whole_lines) + " in the journal" + launch);
    }
    const bool resumable = fs::exists(run_ / "run.json");
    if (status != 0 && status != 1 && status != 3 && status != 130 && status != 128 + SIGKILL)
      wrong("exit " + std::to_string(status) + launch + ": " + child.err());
    if ((status == 3 || status == 130) && resumable && child.err().find("exturbo resume") == std::string::npos)
      wrong("exit " + std::to_string(status) + " without a word on how to go on" + launch + ": " + child.err());
    if (status == 3 && child.err().find("free some space") == std::string::npos)
      wrong("a full disk without a word on what to do" + launch + ": " + child.err());
  }

  /// What became of a fault after which the program went on, from the new lines of the journal.
  std::string outcome(const Stretch& stretch, std::size_t known) const {
    if (stretch.during == Fault::kPause || stretch.during == Fault::kClockJump) return "went on";
    if (stretch.during == Fault::kKillWorkerAlways) return with_status(run_, "crashed").empty() ? "retried" : "crashed";
    return count_retried(read_file(journal_), known) > 0 ? "retried" : "not retried";
  }

  void count_closing(const Stretch& stretch, int status) {
    if (status == 0 || status == 1) return;  // the run ended before
    const Fault fault = *stretch.closing;
    count(fault, status == 128 + SIGKILL ? "killed" : "exit " + std::to_string(status));
    const int expected = is_disk_full(fault)                                        ? 3
                         : fault == Fault::kTerminate || fault == Fault::kInterrupt ? 130
                                                                                    : 128 + SIGKILL;
    if (status != expected) wrong(name_of(fault) + " ended with " + std::to_string(status));
  }

  /// Evaluations that failed of what was done to their workers and not of their designs. On a machine that is busy with
  /// other work a design that takes too long may meet the wall limit first.
  std::set<int> imposed_failures() const {
    std::set<int> imposed = with_fault(run_, Fault::kTooLong, "wall_limit");
    if (record_.faults.contains(name_of(Fault::kKillWorkerAlways))) imposed.merge(with_status(run_, "crashed"));
    return imposed;
  }

  void compare() {
    const std::set<int> imposed = imposed_failures();
    for (const std::string& difference : differences(run_, whole_, imposed.empty() ? 0 : *imposed.begin()))
      wrong(difference);
    if (imposed.empty()) return;
    const fs::path replay = setting_.folder / "replay";
    copy_for_replay(run_, replay, imposed);
    finish(replay, "resume");
    for (const std::string& difference : differences(run_, replay)) wrong("against its replay, " + difference);
  }

  RunSetting setting_;
  fs::path whole_, run_, journal_, scratch_;
  core::RandomStream stream_;
  LineCount lines_;
  std::string kept_;  ///< The journal as it must still be there.
  RunRecord record_;
};

}  // namespace

RunRecord make_disturbed_run(const RunSetting& setting) { return DisturbedRun(setting).make(); }

}  // namespace exturbo::faults
