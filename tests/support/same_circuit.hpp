// Whether two descriptions are one circuit.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/circuit/description.hpp"

namespace exturbo::test {

/// The same components in the same order, supply symbols behind all others, with the same ports on the same partition
/// of nets: the names of nets map one to one. Names of components and parameters are not compared.
bool same_circuit(const circuit::CircuitDescription& one, const circuit::CircuitDescription& other);

}  // namespace exturbo::test
