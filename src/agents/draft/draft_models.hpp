// Values and transistors of a drafted cell as ngspice and the process know them: names, units, models, the form of the
// library.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "draft_cell.hpp"
#include "draft_elements.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/problem/process.hpp"

namespace exturbo::agents {

/// Names that mean a function to ngspice ("log", "min") cannot be those of a size.
void check_names(const DraftCell& cell, std::vector<core::Fault>& faults);

/// A width or length of a millimetre is one of a micrometre without its suffix.
void check_units(const DraftCell& cell, const std::vector<DraftElement>& elements, std::vector<core::Fault>& faults);

/// Names the transistors of the process in place of the netlist's own. `polarity` is that of DraftTopology.
void use_process_models(DraftCell& cell, std::vector<DraftElement>& elements, const problem::Process& process,
                        const std::map<std::string, std::string>& polarity);

/// Lines of transistors that are subcircuits of the process's library, in its names and units.
void use_library_form(DraftCell& cell, const std::vector<DraftElement>& elements, const problem::Process& process);

}  // namespace exturbo::agents
