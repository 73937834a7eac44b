// What a designer aims at beside the specs: inversion levels, lengths and margins by style.
// SPDX-License-Identifier: BSD-3-Clause
//
// Values as analog textbooks give them (Jespers & Murmann 2017; Sansen 2006): pairs in moderate to weak inversion for
// transconductance per current, mirrors in stronger inversion and long for matching and output resistance, cascodes and
// output devices short for speed.
#pragma once

#include <vector>

#include "cell_roles.hpp"

namespace exturbo::agents {

struct Aim {
  double gm_id = 0;   ///< 1/V
  double length = 0;  ///< In minimum lengths.
};

struct DesignStyle {
  const char* name;
  Aim input, mirror, cascode, output;
  double margin;        ///< By which specs are to be met, in units of sizing::largest_slack().
  double power_weight;  ///< Of ln(power) against squares of ln(gm/ID / aim).
  double faster;        ///< Factor on unity-gain frequency and slew rate.
  double more_gain;     ///< dB

  const Aim& aim(Role role) const {
    switch (role) {
      case Role::kInput:
        return input;
      case Role::kCascode:
      case Role::kControl:
        return cascode;
      case Role::kOutput:
        return output;
      default:
        return mirror;
    }
  }
};

/// Balanced first: the others start from its result.
const std::vector<DesignStyle>& design_styles();

}  // namespace exturbo::agents
