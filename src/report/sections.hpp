// Sections that tell why the design is as it is, for the page and the Markdown alike.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parts.hpp"
#include "summary.hpp"

namespace exturbo::report {

/// The specs that hold the objective, what they cost, who pays.
Parts limiting_section(const Summary& summary);
/// Maps and tables of what depends on which variable.
Parts sensitivity_section(const Summary& summary);
/// Where power and noise go, and the poles; empty without an explanation.
Parts device_roles_section(const Summary& summary);
/// What was proposed to start from.
Parts seeds_section(const Summary& summary);

}  // namespace exturbo::report
