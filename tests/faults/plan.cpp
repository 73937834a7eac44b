// The plan of a run's faults: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "plan.hpp"

#include <utility>

#include "exturbo/core/random.hpp"

namespace exturbo::faults {
namespace {

constexpr std::size_t kStretches = 5;
constexpr std::size_t kFirstLine = 6;  ///< Behind the seeds, which have the dear faults of designs.
constexpr double kShortWall = 6;       ///< s; for faults that are noticed at the wall limit.

constexpr Fault kClosing[] = {Fault::kKill,        Fault::kDiskFullJournal, Fault::kInterrupt,
                              Fault::kCutTail,     Fault::kDiskFullSync,    Fault::kTerminate,
                              Fault::kGarbageTail, Fault::kDiskFullScratch};
constexpr Fault kDuring[] = {Fault::kKillWorker,   Fault::kClockJump,   Fault::kStopWorker,
                             Fault::kStarveWorker, Fault::kCrashWorker, Fault::kPause};
constexpr std::pair<Fault, Fault> kQuick[] = {{Fault::kKillWorker, Fault::kKill},
                                              {Fault::kClockJump, Fault::kDiskFullJournal},
                                              {Fault::kStarveWorker, Fault::kGarbageTail},
                                              {Fault::kCrashWorker, Fault::kInterrupt}};

}  // namespace

std::vector<Stretch> make_plan(std::uint64_t rng_seed, int budget, bool quick) {
  core::RandomStream stream(rng_seed, 1, core::Purpose::kTest);
  std::vector<Stretch> plan;
  if (!quick && rng_seed % 2 == 0) plan.push_back({{}, 0, Fault::kDiskFullCreate, stream.below(10)});
  const std::size_t count = quick ? std::size(kQuick) : kStretches;
  const std::size_t each = (static_cast<std::size_t>(budget) - kFirstLine - 2) / count;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t turn = rng_seed * kStretches + i;
    Stretch stretch;
    stretch.during = quick ? kQuick[i].first : kDuring[turn % std::size(kDuring)];
    stretch.closing = quick ? kQuick[i].second : kClosing[turn % std::size(kClosing)];
    // Its room is counted by folders of workers: none may be replaced before.
    if (stretch.closing == Fault::kDiskFullScratch) stretch.during = Fault::kClockJump;
    stretch.during_line = kFirstLine + i * each + stream.below(2);
    stretch.closing_line = stretch.during_line + each / 2;
    stretch.workers = 1 + static_cast<int>(stream.below(3));
    if (stretch.during == Fault::kStopWorker || stretch.during == Fault::kPause) stretch.wall_limit = kShortWall;
    plan.push_back(stretch);
  }
  // The last evaluations of an unlucky worker; the result finds no room.
  Stretch last{{}, static_cast<std::size_t>(budget) - 3, Fault::kDiskFullResult, stream.below(3)};
  if (!quick && rng_seed % 3 == 0) last.during = Fault::kKillWorkerAlways;
  if (last.during) last.workers = 1;
  plan.push_back(last);
  plan.push_back({{}, 0});
  return plan;
}

}  // namespace exturbo::faults
