// A circuit as components and the nets at their ports: what reading a schematic or a netlist gives.
// SPDX-License-Identifier: BSD-3-Clause
//
// The form is that of Image2Net (arXiv 2508.13157): an object of `ckt_type` and `ckt_netlist`, an array of objects of
// `component_type` and `port_connection`. Ours adds an optional `name` and `parameters` to a component, and `cell` and
// `ports` to the whole. Keys that recognition.hpp writes (`blocks`, `matching`, `signal_path`) are checked for form and
// not kept: they follow from the rest. The schema is agents/circuit_description.schema.json. Input is hostile until
// checked: at most 4 MiB, nested at most 32 deep, at most 4096 components. Reading takes time and memory in proportion
// to the text. Pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "exturbo/core/fault.hpp"

namespace exturbo::circuit {

/// A kind of component and the names of its ports, spelt as in the files.
struct ComponentType {
  std::string name;
  std::vector<std::string> ports;           ///< Each must be connected.
  std::vector<std::string> optional_ports;  ///< The body of a transistor: absent, it is at its source's supply.
};

/// All kinds of components.
const std::vector<ComponentType>& component_types();
/// The kind of that name, or null.
const ComponentType* find_component_type(std::string_view name);
/// What `ckt_type` may be; "Other" is ours, for a circuit that is none of Image2Net's.
const std::vector<std::string>& circuit_types();

/// Types of the blocks that are recognised, in the order in which they are told.
const std::vector<std::string>& block_types();

struct Component {
  std::string type;                               ///< Name of a component type.
  std::map<std::string, std::string> ports;       ///< Port -> net; nets are told apart by case, as they are written.
  std::string name;                               ///< Of the instance ("M1"), unique but for case; "": not known.
  std::map<std::string, std::string> parameters;  ///< "W" -> "2.5u", "2.5e-06" or "{w1}".

  bool operator==(const Component&) const = default;
};

struct CircuitDescription {
  std::string type;  ///< One of circuit_types().
  std::vector<Component> components;
  std::string cell;                ///< Name of the subcircuit; "": not known.
  std::vector<std::string> ports;  ///< Nets at the cell's ports, in order; may be empty.

  bool operator==(const CircuitDescription&) const = default;
};

/// A description as far as it could be read, and everything that is wrong with it. Usable only if `faults` is empty.
struct CircuitDescriptionResult {
  CircuitDescription description;
  std::vector<core::Fault> faults;
};

/// Reads the text of a description. Never throws for bad input. `file` is what the faults name.
CircuitDescriptionResult read_circuit_description(const std::string& text, const std::string& file);

/// The description in the form that read_circuit_description() reads back to an equal one.
std::string to_json(const CircuitDescription& description);

/// The description with a name for every component: a letter for its kind and the next number that is free, in the
/// order of the components ("M1", "M2", "R1", "X1").
CircuitDescription with_names(CircuitDescription description);

}  // namespace exturbo::circuit
