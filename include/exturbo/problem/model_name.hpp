// Names of model cards.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace exturbo::problem {

/// "nmos" of the bin "nmos.3", else the name itself.
std::string base_name(const std::string& model);

}  // namespace exturbo::problem
