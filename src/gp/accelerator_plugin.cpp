// The device's plug-in: see the headers.
// SPDX-License-Identifier: BSD-3-Clause
#include <dlfcn.h>

#include <mutex>
#include <utility>

#include "core/own_program.hpp"
#include "exturbo/gp/accelerator.hpp"
#include "exturbo/gp/compute.hpp"

namespace exturbo::gp {
namespace {

struct Loaded {
  Accelerator* accelerator = nullptr;
  AcceleratorState state;
};

Loaded load() {
  Loaded loaded;
  const auto file = core::find_own_program("exturbo-cuda.so", "EXTURBO_CUDA_PLUGIN",
                                           {EXTURBO_INSTALLED_CUDA_PLUGIN, EXTURBO_BUILT_CUDA_PLUGIN});
  if (file.empty()) {
    loaded.state.detail = "the plug-in exturbo-cuda.so is not there: this build was configured without a CUDA toolkit";
    return loaded;
  }
  loaded.state.compiled_in = true;
  void* const object = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (object == nullptr) {
    loaded.state.detail = std::string("the plug-in cannot be loaded: ") + dlerror();
    return loaded;
  }
  const auto entry = reinterpret_cast<AcceleratorEntry>(dlsym(object, "exturbo_accelerator"));
  std::string why = "the plug-in " + file.string() + " has no entry point";
  if (entry != nullptr) loaded.accelerator = entry(kAcceleratorVersion, &why);
  loaded.state.usable = loaded.accelerator != nullptr;
  loaded.state.detail = why;
  if (loaded.state.usable) {
    const auto mebibytes = loaded.accelerator->memory() >> 20;
    loaded.state.detail = loaded.accelerator->name() + ", " + std::to_string(mebibytes) + " MiB";
  }
  return loaded;
}

Loaded& loaded() {
  static Loaded once = load();
  return once;
}

std::mutex mutex;      // of what follows and of loaded()
std::string left_why;  // see take_left_device()

}  // namespace

Accelerator* accelerator() {
  const std::lock_guard lock(mutex);
  return loaded().accelerator;
}

AcceleratorState accelerator_state() {
  const std::lock_guard lock(mutex);
  return loaded().state;
}

void retire_accelerator(const std::string& why) {
  const std::lock_guard lock(mutex);
  left_why = why;
  loaded().accelerator = nullptr;
  loaded().state.usable = false;
  loaded().state.detail = "it failed: " + why;
}

std::string leave_device(const DeviceError& error) {
  if (dynamic_cast<const DeviceMemoryError*>(&error) == nullptr) {
    retire_accelerator(error.what());
  } else {
    const std::lock_guard lock(mutex);
    left_why = error.what();
  }
  return std::string(error.what()) + "; computed on the CPU";
}

std::string take_left_device() {
  const std::lock_guard lock(mutex);
  return std::exchange(left_why, {});
}

}  // namespace exturbo::gp
