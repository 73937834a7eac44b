// Ranges of variables: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "draft_ranges.hpp"

#include <algorithm>
#include <cmath>

namespace exturbo::agents {
namespace {

constexpr double kMostRatio = 24;
constexpr double kWiden = 10;  ///< Factor by which a range goes below and above a value that the netlist gives.

double rounded_to(double value, double step) { return step > 0 ? step * std::round(value / step) : value; }

/// The value on two significant digits.
double on_two_digits(double value) {
  return value > 0 ? rounded_to(value, std::pow(10, std::floor(std::log10(value)) - 1)) : value;
}

/// A power of ten of which the smallest value holds at least twenty.
double decimal_grid(double min) { return std::pow(10, std::floor(std::log10(min / 20))); }

bool drives_input(const DraftVariable& variable, const std::vector<DraftElement>& elements, const RangeBasis& basis) {
  return std::any_of(variable.elements.begin(), variable.elements.end(), [&](std::size_t index) {
    const DraftElement& element = elements[index];
    return element.is_mos() &&
           std::find(basis.inputs.begin(), basis.inputs.end(), element.nodes[1]) != basis.inputs.end();
  });
}

bool drives_pmos(const DraftVariable& variable, const std::vector<DraftElement>& elements,
                 const std::map<std::string, std::string>& polarity) {
  return std::any_of(variable.elements.begin(), variable.elements.end(), [&](std::size_t index) {
    const auto found = polarity.find(elements[index].model);
    return elements[index].is_mos() && found != polarity.end() && found->second == "pmos";
  });
}

/// From the smallest width: input devices want gm, and holes move about half as well as electrons.
void set_width(DraftVariable& variable, bool input, bool pmos, const problem::Process& process) {
  const double unit = process.min_width > 0 ? process.min_width : process.min_length;
  variable.min = (input ? 10 : pmos ? 3 : 1.5) * unit;
  variable.max = (input ? 1000 : pmos ? 200 : 100) * unit;
  variable.grid = process.grid;
}

/// Past six of the smallest lengths an input device loses more speed than it gains output resistance.
void set_length(DraftVariable& variable, bool input, const problem::Process& process) {
  variable.min = process.min_length;
  variable.max = (input ? 6 : 10) * process.min_length;
  variable.grid = process.grid;
}

void set_by_quantity(DraftVariable& variable, bool input, bool pmos, const RangeBasis& basis) {
  switch (variable.quantity) {
    case Quantity::kWidth:
      return set_width(variable, input, pmos, *basis.process);
    case Quantity::kLength:
      return set_length(variable, input, *basis.process);
    case Quantity::kCount:
      variable.is_ratio = true;
      return;
    case Quantity::kCurrent:
      variable.min = on_two_digits(basis.supply_current / 400);
      variable.max = on_two_digits(basis.supply_current / 10);
      variable.grid = decimal_grid(variable.min);
      return;
    case Quantity::kResistance:
      variable.min = 100;
      variable.max = 100e3;
      variable.grid = 1;
      return;
    case Quantity::kCapacitance:
      variable.min = basis.load / 50;
      variable.max = basis.load;
      variable.grid = decimal_grid(variable.min);
      return;
    case Quantity::kInductance:
      variable.min = 0.1e-9;
      variable.max = 10e-9;
      variable.grid = 10e-12;
      return;
    case Quantity::kVoltage:
      variable.min = 0;
      variable.max = basis.process->supply;
      variable.grid = 1e-3;
      variable.log = false;
      return;
  }
}

/// Where the netlist gives a value the range lies around it, within what the process can make.
void widen_to(DraftVariable& variable, double start, const problem::Process& process) {
  if (variable.is_ratio) {
    variable.max = std::max(variable.max, std::ceil(4 * start));
  } else if (variable.quantity == Quantity::kLength) {
    variable.max = std::max(variable.max, 2 * start);
  } else if (variable.log) {
    const double least = variable.quantity == Quantity::kWidth ? process.min_width : 0;
    variable.min = std::max(least, on_two_digits(start / kWiden));
    variable.max = std::max(2 * variable.min, on_two_digits(start * kWiden));
    if (variable.quantity != Quantity::kWidth) variable.grid = decimal_grid(variable.min);
  }
}

/// Inwards onto the grid, the start too.
void put_on_grid(DraftVariable& variable) {
  if (variable.grid > 0) {
    variable.min = variable.grid * std::ceil(variable.min / variable.grid - 1e-9);
    variable.max = variable.grid * std::floor(variable.max / variable.grid + 1e-9);
  }
  if (variable.start)
    variable.start = std::clamp(rounded_to(*variable.start, variable.grid), variable.min, variable.max);
}

const char* word_of(Quantity quantity) {
  switch (quantity) {
    case Quantity::kWidth:
      return "width";
    case Quantity::kLength:
      return "length";
    case Quantity::kCount:
      return "number";
    case Quantity::kCurrent:
      return "current";
    case Quantity::kResistance:
      return "resistance";
    case Quantity::kCapacitance:
      return "capacitance";
    case Quantity::kInductance:
      return "inductance";
    case Quantity::kVoltage:
      return "voltage";
  }
  return "";
}

std::string note_of(const DraftVariable& variable, const std::vector<DraftElement>& elements) {
  constexpr std::size_t kMost = 8;
  std::string names;
  for (std::size_t i = 0; i < variable.elements.size() && i < kMost; ++i)
    names += (names.empty() ? "" : ", ") + elements[variable.elements[i]].name;
  if (variable.elements.size() > kMost) names += ", ...";
  return std::string(variable.is_ratio ? "ratio in the " : "") + word_of(variable.quantity) + " of " + names;
}

}  // namespace

void set_range(DraftVariable& variable, const std::vector<DraftElement>& elements, const RangeBasis& basis,
               const std::map<std::string, std::string>& polarity) {
  const bool input = drives_input(variable, elements, basis);
  if (!variable.is_ratio) set_by_quantity(variable, input, drives_pmos(variable, elements, polarity), basis);
  if (variable.is_ratio) {
    variable.min = 1;
    variable.max = kMostRatio;
    variable.integer = true;
    variable.grid = 1;
  }
  if (const auto start = basis.starts.find(variable.name); start != basis.starts.end()) {
    variable.start = start->second;
    widen_to(variable, start->second, *basis.process);
  }
  put_on_grid(variable);
  variable.note = note_of(variable, elements);
}

}  // namespace exturbo::agents
