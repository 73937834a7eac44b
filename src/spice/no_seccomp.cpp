// Stands for sandbox_seccomp.cpp where libseccomp is absent.
// SPDX-License-Identifier: BSD-3-Clause
#include "sandbox.hpp"

namespace exturbo::spice {

SandboxMechanism apply_seccomp(bool) {
  return {"seccomp", false, "built without libseccomp: install libseccomp-dev and build again"};
}

}  // namespace exturbo::spice
