// One run of the campaign: sized once in peace, once under faults, and compared.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <filesystem>

#include "fault.hpp"

namespace exturbo::faults {

struct RunSetting {
  std::filesystem::path folder;   ///< Of the run; made anew.
  std::filesystem::path problem;  ///< Of faulty_problem.hpp.
  std::filesystem::path program;  ///< exturbo
  std::uint64_t rng_seed = 1;
  int budget = 0;
  bool quick = false;
};

/// Takes seconds to a minute. Leaves the run folders whole and disturbed in `folder`. The disturbed run must end with
/// the journal and result of the whole one, bitwise but for seconds, worker and attempts. Where a worker was killed in
/// each attempt, a failure is recorded, as it must be, that the whole run does not have: before it the journals must
/// agree, and from it on the disturbed run must be what an undisturbed one makes of the same beginning.
RunRecord make_disturbed_run(const RunSetting& setting);

}  // namespace exturbo::faults
