// Linear response of a cell from its devices' conductances and capacitances: nodal analysis.
// SPDX-License-Identifier: BSD-3-Clause
//
// Ideal drives at the inputs and the supply, the load at the output; nets of the cell are the unknowns. One frequency
// costs a complex LU of as many rows as the cell has inner nets (Vlach & Singhal 1994, ch. 4).
#pragma once

#include <Eigen/Core>
#include <complex>
#include <optional>
#include <vector>

#include "sized_cell.hpp"

namespace exturbo::agents {

/// Of one transistor, all fingers together.
struct SmallSignalDevice {
  double gm = 0, gmb = 0, gds = 0;            ///< S
  double cgs = 0, cgd = 0, cdb = 0, csb = 0;  ///< F
};

/// Nets of the cell at its ports, as indices into SizedCell::nets().
struct CellPorts {
  std::size_t inp = 0, inn = 0, out = 0, vdd = 0, vss = 0;
};

/// Voltages (V of AC) at the driven ports.
struct Drive {
  double inp = 0, inn = 0, vdd = 0;
};

class SmallSignal {
 public:
  /// `devices`: in the order of cell.mos(). `load`: F from the output to ground.
  SmallSignal(const SizedCell& cell, const std::vector<SmallSignalDevice>& devices, const CellPorts& ports,
              double load);

  /// AC voltage at the output.
  std::complex<double> output(const Drive& drive, double frequency) const;

  /// Where the response to a drive of `inp` would fall to 1 if it fell as 1/f from a gain of 3 on (Hz); nothing if its
  /// gain at 1 Hz is not above 1. Smooth in the devices: of a response that rings near 1 the crossing itself jumps.
  std::optional<double> unity_gain_frequency(double guess) const;
  /// 180 degrees and the phase at `frequency` since 1 Hz, where it is 0 by definition.
  double phase_margin(double frequency) const;

 private:
  void add(Eigen::MatrixXd& matrix, std::size_t row, std::size_t column, double value);
  void admittance(Eigen::MatrixXd& matrix, std::size_t a, std::size_t b, double value);
  void transconductance(std::size_t to, std::size_t from, std::size_t plus, std::size_t minus, double value);

  CellPorts ports_;
  std::vector<int> unknown_;  ///< Net -> row, or -1 for a driven one.
  std::vector<std::size_t> rows_;
  Eigen::MatrixXd conductance_;  ///< All nets.
  Eigen::MatrixXd capacitance_;
};

}  // namespace exturbo::agents
