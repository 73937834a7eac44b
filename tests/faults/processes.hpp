// Processes of a run: its busy workers, and those that outlive it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <set>
#include <vector>

namespace exturbo::faults {

/// Processes whose command line names a path below `folder`; finds workers by their scratch folders.
std::vector<pid_t> processes_of(const std::filesystem::path& folder);

/// A worker of the program that computes, or after a second any; -1 if there is none, or only those of `known`.
pid_t busy_worker(pid_t program, const std::set<pid_t>& known = {});

/// Lets a process have no more memory than it has.
bool starve(pid_t process);

/// s until no process of `folder` is left; those left at the limit are returned in `orphans`.
double wait_for_end(const std::filesystem::path& folder, std::chrono::seconds limit, std::vector<pid_t>& orphans);

}  // namespace exturbo::faults
