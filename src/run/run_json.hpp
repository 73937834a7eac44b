// JSON that the program itself wrote into a run folder: read as carefully as what people write.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/json_reader.hpp"

namespace exturbo::run {

/// Wider than for people's files: a large circuit has very many nodes, of long names.
inline problem::JsonLimits run_limits() { return {32, std::size_t{1} << 18, 4096}; }

}  // namespace exturbo::run
