// Stands for nlopt_methods.cpp where NLopt is not installed.
// SPDX-License-Identifier: BSD-3-Clause
#include "method.hpp"

namespace exturbo::bench {

std::vector<Method> nlopt_methods() { return {}; }

std::string nlopt_missing() { return "cobyla and bobyqa: built without NLopt (Debian: libnlopt-dev)"; }

}  // namespace exturbo::bench
