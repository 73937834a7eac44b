// One element line of a netlist as a component, its nodes as they are named in its cell.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exturbo/circuit/description.hpp"
#include "polarity.hpp"
#include "values.hpp"

namespace exturbo::circuit {

/// What there is to know to read a line.
struct ElementContext {
  const Cards& cards;
  const problem::Process* process;
  const Scope& scope;
};

/// What is wrong with a line.
struct ElementFault {
  std::string id, what, hint;
};

/// A component without its name, or a fault. `words` are those of the line as written; instances of subcircuits that
/// the netlist defines are not for this function.
struct ElementResult {
  std::optional<Component> component;
  ElementFault fault;
};
ElementResult read_element(const std::vector<std::string>& words, const ElementContext& context);

/// The net "0" by its other names, too.
bool is_ground(const std::string& net);

}  // namespace exturbo::circuit
