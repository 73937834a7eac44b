// Inversion coefficient from gm/ID.
// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <cmath>

#include "exturbo/sensitivity/device_view.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr double kThermal = 0.025864954;  ///< V at 27 C.

/// A transistor that follows the EKV model at a coefficient.
spice::DeviceState device_at(double coefficient, double slope) {
  spice::DeviceState state;
  state.id = 1e-6;
  state.gm = state.id / (slope * kThermal) * 2 / (1 + std::sqrt(1 + 4 * coefficient));
  state.gmbs = (slope - 1) * state.gm;
  state.region = "saturation";
  return state;
}

TEST(Inversion, CoefficientIsThatOfTheModel) {
  for (const double coefficient : {0.01, 0.1, 1.0, 10.0, 100.0}) {
    const auto found = inversion_coefficient(device_at(coefficient, 1.3), 27);
    ASSERT_TRUE(found);
    EXPECT_NEAR(*found, coefficient, 1e-5 * (1 + coefficient));
  }
}

TEST(Inversion, MeasuredWeakInversionTakesThePlaceOfTheSlope) {
  spice::DeviceState state = device_at(2, 1.3);
  state.gmbs = 0;
  state.weak_gm_over_id = 1 / (1.3 * kThermal);
  EXPECT_NEAR(inversion_coefficient(state, 125).value(), 2, 1e-4);
}

TEST(Inversion, BeyondTheLimitOfWeakInversionItIsZeroAndWithoutCurrentUnknown) {
  spice::DeviceState state = device_at(0.01, 1.3);
  state.gm *= 1.2;
  EXPECT_EQ(inversion_coefficient(state, 27), 0);
  state.id = 0;
  EXPECT_FALSE(inversion_coefficient(state, 27));
}

}  // namespace
}  // namespace exturbo::sensitivity
