// What tightening a spec costs, in words.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

#include "summary.hpp"

namespace exturbo::report {

/// To first order: "+1.2 µW per dB", "+0.3 µW per 1 %"; "" where it is not known.
std::string price_text(const Summary& summary, const ActiveSpec& spec);

/// Of one tightening: "+2.1 µW", or that it cannot be met.
std::string cost_text(const Summary& summary, const Tightening& tightening);

/// The same as a share of the objective: "+17.5 %"; "" where it is not known.
std::string cost_share(const Summary& summary, const Tightening& tightening);

}  // namespace exturbo::report
