// Components and a problem for tests of the designer's parts.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "exturbo/circuit/description.hpp"
#include "exturbo/problem/problem.hpp"

namespace exturbo::agents {

inline circuit::Component mos(const std::string& type, const std::string& name, const std::string& drain,
                              const std::string& gate, const std::string& source, const std::string& body) {
  circuit::Component component;
  component.type = type;
  component.name = name;
  component.ports = {{"Drain", drain}, {"Gate", gate}, {"Source", source}, {"Body", body}};
  component.parameters = {{"W", "2u"}, {"L", "0.2u"}};
  return component;
}

/// A problem without variables.
inline problem::Problem fixed_sizes() {
  problem::Problem problem;
  problem.process.min_length = 1e-7;
  return problem;
}

}  // namespace exturbo::agents
