// Reading parts that several answers have: texts, lists of bounded length, choices, quantities with units, designs.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "role_answers.hpp"

namespace exturbo::agents {

/// The member as one line of at most 1000 bytes; "" and a fault if it is no string, or absent and required.
std::string read_line(const problem::JsonPlace& place, const char* key, bool required);

/// Elements of a member that must be an array of `low` to `high` of them; beyond `high` they are a fault and left out.
std::vector<problem::JsonPlace> read_list(const problem::JsonPlace& place, const char* key, std::size_t low,
                                          std::size_t high, bool required);

/// The member if it is one of `choices`.
std::optional<std::string> read_choice(const problem::JsonPlace& place, const char* key,
                                       std::initializer_list<const char*> choices, bool required);

/// Lines of an array of strings.
std::vector<std::string> read_lines(const problem::JsonPlace& place, const char* key, std::size_t high, bool required);

/// A number whose letters behind the SPICE suffix, if any, are `unit` ("m", "A", "1/V", ...; "": none allowed).
std::optional<double> read_quantity(const problem::JsonPlace& place, const std::string& unit);

/// read_quantity of a member, held to [low, high].
std::optional<double> read_quantity_in(const problem::JsonPlace& place, const char* key, const std::string& unit,
                                       double low, double high, bool required);

/// The name of a device as the netlist writes it.
std::optional<std::string> read_device(const problem::JsonPlace& place, const KnownNames& names);

/// Designs that have at least one usable value.
std::vector<Design> read_designs(const problem::JsonPlace& root, std::size_t low, std::size_t high, bool required,
                                 const KnownNames& names);

}  // namespace exturbo::agents
