// The elements of a drafted cell and what their values are.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "draft_cell.hpp"

namespace exturbo::agents {

/// What a value of an element is: decides range and grid of the variable that drives it.
enum class Quantity { kWidth, kLength, kCount, kCurrent, kResistance, kCapacitance, kInductance, kVoltage };

struct ElementValue {
  Quantity quantity;
  std::string key;   ///< "w" of "W=2u"; "": the value stands without a key.
  std::string text;  ///< "2u", "{k*w1}", "w1"; "" if a size of a transistor is not given.
};

struct DraftElement {
  std::size_t line = 0;              ///< Index into DraftCell::lines.
  std::string name;                  ///< As written.
  std::vector<std::string> nodes;    ///< Lower case.
  std::string model;                 ///< Of a MOS; lower case.
  std::vector<std::string> words;    ///< The whole line, lower case.
  std::vector<ElementValue> values;  ///< Those that can be sized. Of a MOS: W, L, then M if given.

  bool is_mos() const { return words[0][0] == 'm'; }
};

/// MOS, R, C, L, I and V elements of the cell, in the order of its lines. Values that are no DC values (sources with
/// waveforms) are left out.
std::vector<DraftElement> draft_elements(const DraftCell& cell);

/// The expression without its braces or quotes.
std::string bare_expression(const std::string& text);

}  // namespace exturbo::agents
