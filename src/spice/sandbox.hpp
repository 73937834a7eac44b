// What a worker gives up before it reads a deck, so that a deck that slips through the filter can do no harm.
// SPDX-License-Identifier: BSD-3-Clause
//
// Mechanisms, each tried and told: no new privileges; no descriptor but the socket and the standard streams; Landlock
// (files: the scratch folder can be written, nothing else read but what ngspice asks of /proc about itself); seccomp
// (no programs, no processes, no sockets, no tracing, no mounts, no signals to others; threads are left). Where the
// kernel or the build lacks one, the others still hold, and the filter (netlist_check.hpp) does not rely on any of
// them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace exturbo::spice {

struct SandboxMechanism {
  std::string name;    ///< "no new privileges", "closed descriptors", "landlock", "seccomp"
  bool holds = false;  ///< In this process, from now on.
  std::string detail;  ///< What it keeps off; where it does not hold, why not.
};

/// Enters the sandbox. To be called while the process has one thread. `channel` stays open. With `allow_command` (the
/// user runs a deck of his own) files and programs are left to the deck: Landlock is not applied and seccomp only
/// keeps off sockets, tracing, mounts and the like.
std::vector<SandboxMechanism> enter_sandbox(const std::filesystem::path& scratch, int channel, bool allow_command);

/// The single mechanisms, for enter_sandbox().
SandboxMechanism apply_landlock(const std::filesystem::path& scratch);
SandboxMechanism apply_seccomp(bool allow_command);

}  // namespace exturbo::spice
