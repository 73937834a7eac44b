// The element lines of a netlist, as far as they tell what is sized: names and the expressions of their values.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace exturbo::problem {

/// One element: `M1 d g s b nmos W={w1} L=1u` has the values W: "w1" and L: "1u". A value without a key has the key "".
struct Element {
  std::string name;
  std::string target;  ///< Its last word before the values, lower case: the model or the subcircuit.
  std::vector<std::pair<std::string, std::string>> values;  ///< Key in upper case, expression without its braces.
};

/// Elements in the order of the netlist; continuation lines are joined, comments and dot lines left out.
std::vector<Element> netlist_elements(const std::vector<std::string>& lines);

/// Text in upper case: SPICE does not tell the two apart.
std::string upper(std::string text);

}  // namespace exturbo::problem
