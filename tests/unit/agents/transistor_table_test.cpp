#include <gtest/gtest.h>

#include <cmath>

#include "exturbo/agents/transistor_table.hpp"

namespace exturbo::agents {
namespace {

/// A square-law device: ID / W = k / L (vgs - vth)^2, gm / ID = 2 / (vgs - vth), gds / ID = lambda / L.
TransistorTable square_law() {
  const std::vector<double> lengths{1e-7, 2e-7, 4e-7};
  const std::vector<double> drain_voltages{0.2, 0.6};
  std::vector<TransistorSweep> sweeps;
  for (const double length : lengths) {
    for (const double vds : drain_voltages) {
      TransistorSweep sweep;
      for (double overdrive = 0.05; overdrive < 0.6; overdrive += 0.01) {
        sweep.ln_density.push_back(std::log(1e-5 / length * overdrive * overdrive));
        sweep.points.push_back({2 / overdrive, 1e-8 / length / vds, 0.3 + overdrive, overdrive});
      }
      sweeps.push_back(std::move(sweep));
    }
  }
  return {lengths, drain_voltages, sweeps};
}

TEST(TransistorTable, ReproducesASquareLawBetweenItsPoints) {
  const TransistorTable table = square_law();
  const double overdrive = 0.1234;
  for (const double length : {1e-7, 2e-7, 4e-7}) {
    const TransistorPoint point = table.at(1e-5 / length * overdrive * overdrive, length, 0.6);
    EXPECT_NEAR(point.gm_id, 2 / overdrive, 0.01 * 2 / overdrive);
    EXPECT_NEAR(point.gds_id, 1e-8 / length / 0.6, 1e-12 + 1e-9 * point.gds_id);
    EXPECT_NEAR(point.vgs, 0.3 + overdrive, 1e-3);
  }
}

TEST(TransistorTable, DensityInvertsGmOverId) {
  const TransistorTable table = square_law();
  for (const double gm_id : {5.0, 10.0, 17.0, 30.0}) {
    for (const double length : {1e-7, 1.5e-7, 4e-7})
      EXPECT_NEAR(table.at(table.density(gm_id, length, 0.2), length, 0.2).gm_id, gm_id, 0.02 * gm_id);
  }
}

TEST(TransistorTable, AnswersWithItsEdgesOutsideTheGrid) {
  const TransistorTable table = square_law();
  EXPECT_EQ(table.at(10, 1e-9, 0.2).vgs, table.at(10, 1e-7, 0.2).vgs);
  EXPECT_EQ(table.at(1, 1e-7, 5).gds_id, table.at(1, 1e-7, 0.6).gds_id);
  EXPECT_NEAR(table.at(1e-9, 1e-7, 0.2).gm_id, 2 / 0.05, 1e-9);
  EXPECT_GT(table.density(0.01, 1e-7, 0.2), table.density(39, 1e-7, 0.2));
}

}  // namespace
}  // namespace exturbo::agents
