// Ranges of the variables of a drafted problem.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "draft_variables.hpp"

namespace exturbo::agents {

/// Sets range, grid, scale, start and note from what the variable drives. `polarity` tells "nmos" or "pmos" by model.
void set_range(DraftVariable& variable, const std::vector<DraftElement>& elements, const RangeBasis& basis,
               const std::map<std::string, std::string>& polarity);

}  // namespace exturbo::agents
