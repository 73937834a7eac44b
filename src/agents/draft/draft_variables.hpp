// The variables of a drafted problem: which names of the cell are sized, what each drives, and a range for each.
// SPDX-License-Identifier: BSD-3-Clause
//
// A name that stands alone as a W is a width, alone as an L a length, and so on; a name that only multiplies such a one
// is a whole ratio. Ranges follow from the process (widths and lengths from its smallest, grid), the supply current
// that the default specs allow (currents) and the load of the benches (capacitors); README.md of a circuit folder says
// more about its own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "draft_cell.hpp"
#include "draft_elements.hpp"
#include "exturbo/problem/process.hpp"

namespace exturbo::agents {

struct DraftVariable {
  std::string name;
  Quantity quantity = Quantity::kWidth;
  bool is_ratio = false;              ///< A multiple of another variable of that quantity.
  std::vector<std::size_t> elements;  ///< Indices of the elements that it drives.
  double min = 0;
  double max = 0;
  double grid = 0;  ///< 0: continuous.
  bool integer = false;
  bool log = true;
  std::optional<double> start;
  std::string note;  ///< What it sizes, in words.
};

/// What the ranges follow from.
struct RangeBasis {
  const problem::Process* process = nullptr;
  double supply_current = 0;             ///< A; what the default power spec allows in all.
  double load = 0;                       ///< F
  std::vector<std::string> inputs;       ///< Ports that are inputs: devices with such a gate are input devices.
  std::map<std::string, double> starts;  ///< Values that the netlist gave.
};

/// Names that the values of `elements` use, in the order of the netlist, without those in `fixed`. `.param` and
/// defaults of the cell that are plain numbers become variables whose start is that number: their definitions leave
/// `cell`. Names whose meaning is not known are faults.
std::vector<DraftVariable> draft_variables(DraftCell& cell, const std::vector<DraftElement>& elements,
                                           const std::vector<std::string>& fixed, RangeBasis basis,
                                           const std::map<std::string, std::string>& polarity,
                                           std::vector<core::Fault>& faults);

}  // namespace exturbo::agents
