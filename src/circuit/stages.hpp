// Blocks along the signal (cascodes, output stage, class-AB control, compensation, loads) and the bias beside it.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <utility>
#include <vector>

#include "found.hpp"

namespace exturbo::circuit {

/// A block by numbers of devices and nets.
struct Part {
  std::vector<int> devices;
  std::vector<int> nets;
};

/// Common-gate devices on top of others, those with the same gate together.
std::vector<Part> find_cascodes(const Found& found);
/// Drivers of an output and what loads them.
std::vector<Part> find_output_stages(const Found& found);
/// What holds the two gates of a push-pull output stage apart.
std::vector<Part> find_class_ab_controls(const Found& found, const std::vector<Part>& output_stages);
/// Capacitors, with what is in series, from a later net of the signal to an earlier one.
std::vector<Part> find_compensations(const Found& found);
/// Diode-connected devices that load a signal and mirror nothing.
std::vector<Part> find_diode_loads(const Found& found);
/// Branches between the rails that carry no signal and make a gate voltage.
std::vector<Part> find_bias_chains(const Found& found);

/// NMOS and PMOS side by side between two nets, the drain of each at the source of the other: (n, p).
std::vector<std::pair<int, int>> find_floating(const Graph& graph);

}  // namespace exturbo::circuit
