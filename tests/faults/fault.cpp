// Names of the faults: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "fault.hpp"

#include <algorithm>

namespace exturbo::faults {

const std::vector<std::pair<Fault, std::string>>& all_faults() {
  static const std::vector<std::pair<Fault, std::string>> faults{{Fault::kKill, "program killed"},
                                                                 {Fault::kTerminate, "program terminated"},
                                                                 {Fault::kInterrupt, "program interrupted"},
                                                                 {Fault::kPause, "program stopped, continued"},
                                                                 {Fault::kCutTail, "journal cut"},
                                                                 {Fault::kGarbageTail, "journal's end damaged"},
                                                                 {Fault::kDiskFullCreate, "disk full: new run"},
                                                                 {Fault::kDiskFullJournal, "disk full: journal"},
                                                                 {Fault::kDiskFullSync, "disk full: sync"},
                                                                 {Fault::kDiskFullScratch, "disk full: scratch"},
                                                                 {Fault::kDiskFullResult, "disk full: result"},
                                                                 {Fault::kClockJump, "clock jumps"},
                                                                 {Fault::kKillWorker, "worker killed"},
                                                                 {Fault::kCrashWorker, "worker crashed"},
                                                                 {Fault::kStopWorker, "worker stopped"},
                                                                 {Fault::kStarveWorker, "worker starved of memory"},
                                                                 {Fault::kKillWorkerAlways, "worker killed each time"},
                                                                 {Fault::kNanCard, "NaN card"},
                                                                 {Fault::kSingularMatrix, "singular matrix"},
                                                                 {Fault::kEndlessTransient, "endless transient"},
                                                                 {Fault::kMemoryHog, "memory exhausted"},
                                                                 {Fault::kTooLong, "endless computation"}};
  return faults;
}

const std::string& name_of(Fault fault) {
  const auto& faults = all_faults();
  return std::find_if(faults.begin(), faults.end(), [&](const auto& entry) { return entry.first == fault; })->second;
}

}  // namespace exturbo::faults
