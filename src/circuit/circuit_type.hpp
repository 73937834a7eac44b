// What a circuit is, from its topology alone.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "found.hpp"

namespace exturbo::circuit {

/// One of circuit_types(). In this order:
/// - two cross-coupled pairs of opposite polarity on the same nets regenerate, and so does one beside a clock (a net
/// from
///   outside that gates both polarities), and an inverter behind a differential input saturates: a comparator;
/// - diode-connected bipolar transistors beside resistors and no differential input from outside, or a mirror whose one
///   device a resistor degenerates and no input at all, make their own reference: a bandgap;
/// - a pass device to an output that no transistor pulls the other way, with a divider or the output itself at what
///   steers it: an LDO;
/// - else an amplifier, by the number of inputs from outside and of outputs on either side; Other without an input.
std::string circuit_type(const Found& found);

}  // namespace exturbo::circuit
