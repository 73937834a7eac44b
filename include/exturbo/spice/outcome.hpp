// What came of simulating one design: metrics per corner, or why not.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace exturbo::spice {

enum class Status {
  kOk,             ///< All analyses ran; single metrics may still be unmeasurable (see `unmeasured`).
  kNoConvergence,  ///< No operating point, or an analysis aborted.
  kSpurious,       ///< Operating point outside the rails or with an absurd supply current.
  kBadNetlist,     ///< ngspice rejected the deck.
  kCrashed,        ///< The worker died (signal, ControlledExit) on every attempt.
  kWallLimit,      ///< The wall-clock limit struck, or the worker was stopped on every attempt.
  kCpuLimit,       ///< The limit of processor time struck.
  kOutOfMemory,    ///< The worker ran out of memory on every attempt.
  // Of evaluator commands (command/pool.hpp), which also crash and exceed their time.
  kEvaluatorError,  ///< The command said that it could not evaluate the design.
  kBadReply,        ///< What the command said is no reply to the request.
};
const char* to_string(Status status);
Status status_from_string(const std::string& text);

/// A small-signal matrix of one MOS transistor, of gate, drain and source: xx = d_x / dV_x, xy = -d_x / dV_y, where d_x
/// is the charge (F) or current (S) at terminal x. The body follows: rows and columns of all four terminals sum to
/// zero.
struct TerminalMatrix {
  double gg = 0, gd = 0, gs = 0;
  double dg = 0, dd = 0, ds = 0;
  double sg = 0, sd = 0, ss = 0;
};

/// Operating point of one MOS transistor; currents and conductances of all fingers together, voltages as magnitudes
/// in the device's own polarity.
struct DeviceState {
  std::string region;  ///< "off", "weak", "saturation", "triode".
  double id = 0;       ///< A
  double gm = 0;       ///< S
  double gds = 0;      ///< S
  double vgs = 0;      ///< V
  double vds = 0;      ///< V
  double vth = 0;      ///< V
  double vdsat = 0;    ///< V
  double gmbs = 0;     ///< S
  /// Where Request::small_signal asked for them; channel, overlaps, junctions and leakage together.
  std::optional<TerminalMatrix> capacitances{}, conductances{};
  std::optional<double> weak_gm_over_id{};  ///< 1/V, with vgs 0.3 V below vth and the rest as it is: 1 / (n U_T).
  double margin() const { return vds - vdsat; }
};

/// An element of a linear circuit.
struct NetworkElement {
  std::string name;  ///< As written, below the cell: "M1", "XB.R1"; of the testbench: "open_loop.Cl".
  char kind = 0;     ///< 'r', 'c', 'l', 'v', 'i', 'e', 'g', or 'm': a transistor, whose values are its DeviceState.
  std::vector<std::string> nodes;  ///< ngspice's names, ground "0"; of a transistor: drain, gate, source, body.
  double value = 0;                ///< ohm, F, H; gain of 'e', S of 'g'; 0 for the others.
};

/// The first testbench as a linear circuit about its operating point.
struct Network {
  std::string testbench;
  std::vector<NetworkElement> elements;
  std::vector<std::string> unknown;  ///< Elements of other kinds: what they do at small signals is not told.
};

/// One design on one corner.
struct CornerOutcome {
  Status status = Status::kOk;
  std::string reason;                             ///< Empty when ok; else a sentence with testbench and analysis.
  std::map<std::string, double> metrics;          ///< By metric id; SI units.
  std::map<std::string, std::string> unmeasured;  ///< Metric id -> why.
  std::map<std::string, DeviceState> devices;     ///< By instance name inside the cell, as written in the netlist.
  std::map<std::string, double> nodes;            ///< Operating-point voltages, a start for neighbouring designs.
  /// These three where Request::small_signal asked for them. Shares of the squared output noise density at the
  /// frequency of a metric, by metric id and element (names as in Network; only those with a share); sum at most 1.
  std::map<std::string, std::map<std::string, double>> noise_shares;
  /// W that transistors, diodes, resistors and sources of the cell turn into heat in the first testbench, by element;
  /// those that deliver power are not in it.
  std::map<std::string, double> powers;
  Network network;
  /// What found the operating point of the first testbench: "neighbour", "derived_cards", "cold",
  /// "derived_cards_source_stepping" or "source_stepping", the rungs of the ladder in their order; "" if none did.
  std::string solved_by;
  std::string skipped;  ///< Why testbenches were left out, as the ones before them show; "" if none was.
  double seconds = 0;
  double analysis_seconds = 0;  ///< Of them, processor time in ngspice's analyses.
};

/// One design on all corners.
struct Outcome {
  std::vector<CornerOutcome> corners;  ///< In the order of Problem::corners.
  int worker = -1;
  int attempts = 1;
  double seconds = 0;
  bool failed() const;  ///< Any corner not kOk.
};

}  // namespace exturbo::spice
