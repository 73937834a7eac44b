// exturbo doctor
// SPDX-License-Identifier: BSD-3-Clause
#include <unistd.h>

#include <filesystem>
#include <iomanip>
#include <iostream>
#include <thread>

#include "command.hpp"
#include "exturbo/command/pool.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/gp/compute.hpp"
#include "exturbo/problem/load.hpp"
#include "exturbo/spice/pool.hpp"
#include "exturbo/vlm/endpoint.hpp"
#include "print_pdf.hpp"

namespace exturbo::cli {
namespace {

/// Prints one finding; `hint` says what to do where it is not well.
bool tell(bool well, const std::string& what, const std::string& hint) {
  std::cout << (well ? "  ok       " : "  missing  ") << what << "\n";
  if (!well && !hint.empty()) std::cout << "           -> " << hint << "\n";
  return well;
}

bool check_engine() {
  const std::filesystem::path worker = spice::find_worker();
  if (!tell(!worker.empty(), "simulator worker " + worker.string(),
            "build or install exturbo-worker, or set EXTURBO_WORKER to it"))
    return false;
  try {
    return tell(true, "ngspice " + spice::engine_version(worker) + " as shared library", "");
  } catch (const core::EnvironmentError& error) {
    return tell(false, std::string("ngspice: ") + error.what(), "apt install libngspice0");
  }
}

/// A mechanism that is absent makes nothing fail: the netlist filter holds without it.
void tell_sandbox() {
  try {
    for (const spice::SandboxState& mechanism : spice::worker_sandbox()) {
      std::cout << (mechanism.holds ? "  ok       " : "  absent   ") << "worker sandbox, " << mechanism.name << ": "
                << mechanism.detail << "\n";
    }
  } catch (const core::EnvironmentError&) {
    // told as the missing engine
  }
}

/// Nothing but the roles of `agents` needs it.
void tell_bridge() {
  const vlm::BridgeState state = vlm::bridge_state();
  const char* word = state.usable ? "ok" : state.compiled_in ? "unused" : "absent";
  std::cout << "  " << std::left << std::setw(9) << word << "VLM bridge: " << state.detail << "\n";
}

/// Models are computed on the CPU without it.
void tell_accelerator() {
  const gp::AcceleratorState state = gp::accelerator_state();
  const char* word = state.usable ? "ok" : state.compiled_in ? "unused" : "absent";
  std::cout << "  " << std::left << std::setw(9) << word << "CUDA path: " << state.detail << "\n";
}

/// Only `report --pdf` needs it.
void tell_printer() {
  const std::filesystem::path printer = find_printer();
  std::cout << (printer.empty() ? "  absent   PDF: no chromium or weasyprint" : "  ok       PDF: " + printer.string())
            << "\n";
}

bool check_processes() {
  bool well = true;
  for (const char* name : {"ptm180", "ptm90", "ptm65", "ptm45", "ptm45lp"}) {
    try {
      const problem::Process process = problem::load_process(name);
      tell(true,
           "process " + process.name + ", " + std::to_string(process.corners.size()) + " corners, in " +
               process.folder.string(),
           "");
    } catch (const core::InputError& error) {
      well = tell(false, std::string("process ") + name + ": " + error.what(),
                  "set EXTURBO_PDK_PATH to the folder that holds it");
    }
  }
  return well;
}

}  // namespace

int run_doctor(const Command& self, const std::vector<std::string>& words) {
  if (!parse(self, {}, "", words)) return kDone;
  std::cout << "exturbo " << EXTURBO_VERSION << "\n";
  bool well = check_engine();
  if (well) tell_sandbox();
  const std::filesystem::path supervisor = command::find_supervisor();
  well = tell(!supervisor.empty(), "supervisor of evaluator commands " + supervisor.string(),
              "build or install exturbo-supervisor, or set EXTURBO_SUPERVISOR to it") &&
         well;
  well = check_processes() && well;
  std::error_code error;
  const std::filesystem::path scratch = std::filesystem::temp_directory_path(error);
  well = tell(!error && ::access(scratch.c_str(), W_OK) == 0, "scratch folder " + scratch.string() + " can be written",
              "set TMPDIR to a folder that can be written") &&
         well;
  tell(true, std::to_string(std::thread::hardware_concurrency()) + " processors", "");
  tell_bridge();
  tell_printer();
  tell_accelerator();
  std::cout << (well ? "Everything needed is here.\n" : "Something is missing: see above.\n");
  return well ? kDone : kEnvironment;
}

}  // namespace exturbo::cli
