// Roles of transistors: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "cell_roles.hpp"

#include <algorithm>
#include <set>

#include "exturbo/core/text.hpp"

namespace exturbo::agents {
namespace {

bool contains(const std::vector<std::size_t>& list, std::size_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// The role that a block gives to its devices; the more telling ones are asked first.
struct BlockRole {
  const char* block;
  Role role;
};
constexpr BlockRole kBlockRoles[] = {
    {"differential_pair", Role::kInput}, {"tail_source", Role::kTail},  {"class_ab_control", Role::kControl},
    {"output_stage", Role::kOutput},     {"cascode", Role::kCascode},   {"bias_chain", Role::kBias},
    {"current_mirror", Role::kMirror},   {"diode_load", Role::kMirror},
};

class RoleFinder {
 public:
  RoleFinder(const SizedCell& cell, const circuit::Recognition& recognition) : cell_(cell), recognition_(recognition) {}

  Roles find(const std::vector<std::string>& port_names) {
    if (!find_ports(port_names)) return roles_;
    assign();
    find_pairs();
    roles_.upper_stack = stack("pmos", roles_.ports.vdd);
    roles_.lower_stack = stack("nmos", roles_.ports.vss);
    find_output_sources();
    if (roles_.fault.empty() && roles_.pairs.empty())
      roles_.fault = "no pair of transistors has its gates at the inputs";
    if (roles_.fault.empty() && (roles_.upper_stack.empty() || roles_.lower_stack.empty()))
      roles_.fault = "the output is not driven by transistors from both rails";
    return roles_;
  }

 private:
  bool find_ports(const std::vector<std::string>& names) {
    if (names.size() != 5) {
      roles_.fault = "the cell has not the five ports inp inn out vdd vss";
      return false;
    }
    std::size_t* const places[] = {&roles_.ports.inp, &roles_.ports.inn, &roles_.ports.out, &roles_.ports.vdd,
                                   &roles_.ports.vss};
    for (std::size_t i = 0; i < names.size(); ++i) {
      *places[i] = cell_.net(names[i]);
      if (*places[i] == cell_.nets().size()) {
        roles_.fault = "nothing of the cell is at its port " + names[i];
        return false;
      }
    }
    return true;
  }

  void assign() {
    roles_.of.assign(cell_.mos().size(), Role::kBias);
    std::set<std::string> known;
    for (const BlockRole& each : kBlockRoles) {
      for (const circuit::Block& block : recognition_.blocks) {
        if (block.type != each.block) continue;
        for (const std::string& device : block.devices) {
          if (!known.insert(core::lower_case(device)).second) continue;
          for (std::size_t i = 0; i < cell_.mos().size(); ++i) {
            if (core::lower_case(cell_.mos()[i].name) == core::lower_case(device)) roles_.of[i] = each.role;
          }
        }
      }
    }
  }

  /// Transistors with their gates at the two inputs and one source net, of one type.
  void find_pairs() {
    for (const char* type : {"nmos", "pmos"}) {
      InputPair pair;
      pair.type = type;
      for (std::size_t i = 0; i < cell_.mos().size(); ++i) {
        const SizedMos& mos = cell_.mos()[i];
        if (mos.type == type && (mos.gate == roles_.ports.inp || mos.gate == roles_.ports.inn))
          pair.devices.push_back(i);
      }
      if (pair.devices.empty()) continue;
      const std::size_t common = cell_.mos()[pair.devices.front()].source;
      for (std::size_t i = 0; i < cell_.mos().size(); ++i) {
        if (cell_.mos()[i].drain == common && !contains(pair.devices, i)) pair.tails.push_back(i);
      }
      for (const std::size_t device : pair.devices) roles_.of[device] = Role::kInput;
      for (const std::size_t device : pair.tails) roles_.of[device] = Role::kTail;
      roles_.pairs.push_back(std::move(pair));
    }
  }

  /// From the output down to a rail, drain to source, through transistors of one type.
  std::vector<std::size_t> stack(const std::string& type, std::size_t rail) const {
    std::vector<std::size_t> result;
    std::size_t net = roles_.ports.out;
    while (net != rail && result.size() < cell_.mos().size()) {
      std::size_t next = cell_.mos().size();
      for (std::size_t i = 0; i < cell_.mos().size(); ++i) {
        const SizedMos& mos = cell_.mos()[i];
        if (mos.type == type && mos.drain == net && mos.gate != mos.drain && !contains(result, i) &&
            roles_.of[i] != Role::kInput && (next == cell_.mos().size() || mos.source == rail))
          next = i;
      }
      if (next == cell_.mos().size()) return {};
      result.push_back(next);
      net = cell_.mos()[next].source;
    }
    return result;
  }

  /// What limits the slope of the output: a second stage's current source, or the cascodes of a folded stage, which are
  /// starved when the tail's current is larger.
  void find_output_sources() {
    if (std::find(roles_.of.begin(), roles_.of.end(), Role::kControl) != roles_.of.end()) return;
    for (const auto* stack : {&roles_.upper_stack, &roles_.lower_stack}) {
      if (stack->empty()) continue;
      const SizedMos& mos = cell_.mos()[stack->front()];
      const bool held = std::any_of(cell_.mos().begin(), cell_.mos().end(), [&](const SizedMos& other) {
        return other.gate == mos.gate && other.drain == mos.gate;
      });
      const bool folded =
          stack->size() > 1 && std::none_of(roles_.pairs.begin(), roles_.pairs.end(),
                                            [&](const InputPair& pair) { return pair.type == mos.type; });
      if ((stack->size() == 1 && held) || folded) roles_.output_sources.push_back(stack->front());
    }
  }

  const SizedCell& cell_;
  const circuit::Recognition& recognition_;
  Roles roles_;
};

}  // namespace

const char* to_string(Role role) {
  switch (role) {
    case Role::kInput:
      return "input pair";
    case Role::kTail:
      return "tail source";
    case Role::kMirror:
      return "current mirror";
    case Role::kCascode:
      return "cascode";
    case Role::kControl:
      return "class-AB control";
    case Role::kOutput:
      return "output stage";
    case Role::kBias:
      break;
  }
  return "bias";
}

Roles cell_roles(const SizedCell& cell, const circuit::Recognition& recognition,
                 const std::vector<std::string>& port_names) {
  return RoleFinder(cell, recognition).find(port_names);
}

}  // namespace exturbo::agents
