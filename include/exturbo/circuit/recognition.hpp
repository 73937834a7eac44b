// What a circuit is made of: its blocks, the devices that should match, the way of the signal, the type of the whole.
// SPDX-License-Identifier: BSD-3-Clause
//
// Method: patterns over a typed graph of devices and nets. Each pattern starts at one kind of device or net and looks
// at what its terminals share (a common source, a gate that meets its own drain, a cap from a later net to an earlier
// one). General subgraph isomorphism (VF2, as in Boost.Graph) fits badly: blocks have no fixed size (a mirror has any
// number of outputs), most patterns need a negative ("the source is no rail", "the gate carries no signal"), and its
// worst case on hostile input is exponential. Patterns here take time about linear in the devices, at most their
// square.
//
// Names of devices mean nothing. Names of nets are read for two things only: which are the rails ("vdd", "gnd!", "-3V";
// without such names the rails are found by their connections), and, of two equal candidates, which net is the input.
// Devices in parallel are one device; devices that are always off or shorted are none. Pure function, deterministic,
// independent of the order of the components but for the order of the answer.
#pragma once

#include <string>
#include <vector>

#include "exturbo/circuit/description.hpp"

namespace exturbo::circuit {

/// A group of devices with one task; README, "Circuit description", defines the types.
struct Block {
  std::string type;  ///< "differential_pair", "current_mirror", ...
  std::vector<std::string>
      devices;  ///< Names. A mirror: its reference first, then the outputs. A pair: half a, half b.
  /// differential_pair: tail, gate a, gate b, drain a, drain b; current_mirror: gate, then the drains in the order of
  /// the devices; cascode: gate, drains; tail_source: tail; bias_chain: its inner nets; class_ab_control: the two nets
  /// it holds apart; output_stage: output, then the gates; compensation: its two ends; diode_load: its net.
  std::vector<std::string> nets;
};

struct Recognition {
  std::string ckt_type;                            ///< One of circuit_types(), from the topology alone.
  std::vector<Block> blocks;                       ///< In the order of the types, then of the devices.
  std::vector<std::vector<std::string>> matching;  ///< Devices that should be identical.
  std::vector<std::string> signal_path;            ///< Devices between inputs and outputs, from the inputs on.
  std::vector<std::string> inputs, outputs;        ///< Nets where the signal comes in, and where it leaves.
  std::vector<std::string> supplies, grounds;      ///< Nets that are the upper and the lower rail.
};

/// Recognises the description as with_names() names it. `type` of the description is not looked at.
Recognition recognise(const CircuitDescription& description);

/// The description with names and what was recognised, as `exturbo describe` prints it: to_json() with the type
/// recognised, and `blocks`, `matching` and `signal_path`.
std::string to_json(const CircuitDescription& description, const Recognition& recognition);

}  // namespace exturbo::circuit
