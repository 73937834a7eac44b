// Poles and zeros of the path from a problem's AC drive to its output.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/sensitivity/device_view.hpp"

namespace exturbo::sensitivity {

/// Sets poles, zeros and why_no_poles of the view.
void note_poles(const problem::Problem& problem, const spice::CornerOutcome& outcome, DeviceView& view);

}  // namespace exturbo::sensitivity
