// What tests set of the queue's sibling on the host.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

namespace exturbo::cuda {

/// Doubles that buffers may take in all.
void set_memory_limit(std::int64_t doubles);
std::int64_t memory_in_use();

}  // namespace exturbo::cuda
