// gm/ID tables of a process: what a transistor gives per unit of current at each inversion level, from ngspice.
// SPDX-License-Identifier: BSD-3-Clause
//
// The gm/ID method (Silveira, Flandre & Jespers, JSSC 1996; Jespers & Murmann 2017): normalised to the drain current
// or the width, the small-signal numbers of a device in saturation depend on gm/ID, length and drain-source voltage
// alone. A table holds them on a grid of lengths, drain-source and gate-source voltages at the typical corner; between
// the points it is linear in ln(current density), ln(length) and voltage. Reading costs a few dozen operations.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "exturbo/problem/process.hpp"

namespace exturbo::agents {

/// A device per ampere of drain current.
struct TransistorPoint {
  double gm_id = 0;   ///< gm / ID, 1/V
  double gds_id = 0;  ///< gds / ID, 1/V
  double vgs = 0;     ///< V, magnitude
  double vdsat = 0;   ///< V, magnitude
};

/// One sweep of the gate-source voltage at one length and drain-source voltage.
struct TransistorSweep {
  std::vector<double> ln_density;  ///< ln of drain current over width, A/m; increasing.
  std::vector<TransistorPoint> points;
};

/// One type of transistor.
class TransistorTable {
 public:
  TransistorTable() = default;
  /// `sweeps`: lengths.size() * drain_voltages.size(), the drain-source voltage running fastest.
  TransistorTable(std::vector<double> lengths, std::vector<double> drain_voltages, std::vector<TransistorSweep> sweeps);

  /// At a drain current over width (A/m); outside the grid the nearest edge answers.
  TransistorPoint at(double density, double length, double vds) const;
  /// Drain current over width (A/m) at which gm / ID is `gm_id`; the nearest end of the sweep if none is.
  double density(double gm_id, double length, double vds) const;

  const std::vector<double>& lengths() const { return lengths_; }
  const std::vector<double>& drain_voltages() const { return drain_voltages_; }
  const std::vector<TransistorSweep>& sweeps() const { return sweeps_; }

 private:
  std::vector<double> lengths_;
  std::vector<double> drain_voltages_;
  std::vector<TransistorSweep> sweeps_;
};

struct ProcessTables {
  TransistorTable nmos;
  TransistorTable pmos;
  double width = 0;  ///< m, of the devices that were simulated.

  const TransistorTable& of(const std::string& type) const { return type == "pmos" ? pmos : nmos; }
};

/// The tables of a process, from the cache if it has them, else by simulation (some fifty operating points, about a
/// second) and then into the cache. The cache is the folder that EXTURBO_CACHE names, else `exturbo` in XDG_CACHE_HOME
/// or ~/.cache; EXTURBO_CACHE=off does without. A file there is named by a hash of the cards: other cards, other file.
/// `worker`: see spice::PoolOptions.
/// \throws core::EnvironmentError if the simulator cannot be started; core::InputError if it finds no operating point.
ProcessTables process_tables(const problem::Process& process, const std::filesystem::path& worker = {});

}  // namespace exturbo::agents
