// A description as a JSON value.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/circuit/description.hpp"
#include "problem/json_reader.hpp"

namespace exturbo::circuit {

/// What to_json() writes as text.
problem::Json json_of(const CircuitDescription& description);

}  // namespace exturbo::circuit
