// Where processes are computed: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/compute.hpp"

#include <stdexcept>

#include "exturbo/core/fault.hpp"
#include "exturbo/gp/accelerator.hpp"

namespace exturbo::gp {

const char* to_string(Device device) {
  switch (device) {
    case Device::kAuto:
      return "auto";
    case Device::kCpu:
      return "cpu";
    case Device::kCuda:
      return "cuda";
  }
  return "unknown";
}

Device device(const std::string& text) {
  for (const Device known : {Device::kAuto, Device::kCpu, Device::kCuda}) {
    if (text == to_string(known)) return known;
  }
  throw std::invalid_argument("device \"" + text + "\" is none of auto, cpu, cuda");
}

void require_device(const Compute& compute) {
  if (compute.device == Device::kCuda && accelerator() == nullptr)
    throw core::EnvironmentError("no CUDA device for the models: " + accelerator_state().detail +
                                 "; choose the device cpu or auto");
}

}  // namespace exturbo::gp
