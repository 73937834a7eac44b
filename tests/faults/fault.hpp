// The kinds of faults that the campaign injects, and what is counted of them.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

namespace exturbo::faults {

enum class Fault {
  // End the program, which is then resumed.
  kKill,             ///< SIGKILL to the program.
  kTerminate,        ///< SIGTERM to the program.
  kInterrupt,        ///< SIGINT to the program and its workers, as a terminal sends it.
  kCutTail,          ///< SIGKILL, and the journal loses its last lines and half of the one before them.
  kGarbageTail,      ///< SIGKILL, and the end of the journal is overwritten, or zeros or noise come behind it.
  kDiskFullCreate,   ///< No room while the run folder is made.
  kDiskFullJournal,  ///< No room for a line of the journal.
  kDiskFullSync,     ///< No room as the journal is synced.
  kDiskFullScratch,  ///< No room for the scratch folder of a worker that takes a killed one's place.
  kDiskFullResult,   ///< No room for the files of the result.
  // The program goes on.
  kPause,             ///< SIGSTOP to the program for longer than the wall limit, then SIGCONT.
  kKillWorker,        ///< SIGKILL to a worker.
  kCrashWorker,       ///< SIGSEGV to a worker.
  kStopWorker,        ///< SIGSTOP to a worker.
  kStarveWorker,      ///< A worker gets no more memory.
  kClockJump,         ///< The clocks of program and workers jump once a second.
  kKillWorkerAlways,  ///< SIGKILL to the worker in each attempt of an evaluation.
  // Designs that do it, in the undisturbed run as well.
  kNanCard,           ///< A model card's parameter is not a number.
  kSingularMatrix,    ///< The circuit's equations contradict each other.
  kEndlessTransient,  ///< A transient of 4e6 steps, a 1000 times what is asked for.
  kMemoryHog,         ///< A transient that wants 30 GB.
  kTooLong,           ///< Seconds of processor time before the first time point.
};

/// All of them with their names, in the order of the table.
const std::vector<std::pair<Fault, std::string>>& all_faults();
const std::string& name_of(Fault fault);

struct FaultCount {
  int injected = 0;
  std::map<std::string, int> recorded;  ///< What became of them: "exit 130", "retried", "cpu_limit", ...
};

/// What one disturbed run came to.
struct RunRecord {
  std::map<std::string, FaultCount> faults;  ///< By name.
  int launches = 0;                          ///< Processes of the program that it took.
  int orphans = 0;                           ///< Processes that outlived the program by 5 s.
  int lost = 0;                              ///< Evaluations told or journaled, and then not in the journal.
  double slowest_end = 0;                    ///< s that the last worker outlived the program, at most.
  std::vector<std::string> wrong;            ///< In words.
};

}  // namespace exturbo::faults
