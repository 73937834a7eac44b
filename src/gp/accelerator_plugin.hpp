// The device's plug-in, loaded once.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/gp/accelerator.hpp"

namespace exturbo::gp {

/// Null where there is none, see accelerator_state(). Thread-safe; lives until the program ends.
Accelerator* accelerator();

}  // namespace exturbo::gp
