// Equations from device sizes to the metrics of an operational amplifier, held to the simulator by corrections.
// SPDX-License-Identifier: BSD-3-Clause
//
// Drain currents and drain-source voltages follow the variables by the derivatives of a BiasPoint; gm, gds, vgs and
// vdsat come from the gm/ID tables, each corrected to the operating point's own value at the bias point; capacitances
// from the cards. Gains, unity-gain frequency and phase margin are those of the linear network (small_signal.hpp). The
// other metrics have equations of their own, see predict(). Each predicted metric is then corrected by what the last
// simulation of all metrics gave (space mapping: Bandler et al., IEEE Trans. MTT 1994).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bias_point.hpp"
#include "cell_roles.hpp"
#include "exturbo/agents/transistor_table.hpp"
#include "small_signal.hpp"

namespace exturbo::agents {

/// A transistor at a design, as predicted.
struct PredictedDevice {
  double length = 0;   ///< m
  double current = 0;  ///< A
  double vds = 0;      ///< V
  TransistorPoint point;
  double gm() const { return current * point.gm_id; }
  double margin() const { return vds - point.vdsat; }
};

struct Prediction {
  std::vector<PredictedDevice> devices;
  std::map<std::string, double> metrics;
  double input_gm = 0;      ///< S, of one half of each pair, summed over the pairs.
  double capacitance = 0;   ///< F that it drives: input_gm / (2 pi unity_gain_frequency).
  double tail_current = 0;  ///< A, summed over the pairs.
};

class PerformanceModel {
 public:
  PerformanceModel(const problem::Problem& problem, SizedCell& cell, const ProcessTables& tables, Roles roles);

  void set_bias(BiasPoint bias);
  /// From now on the metrics at the present bias point are these.
  void correct(const std::map<std::string, double>& measured);
  Prediction predict(const std::vector<double>& free_values) const;

  const BiasPoint& bias() const { return bias_; }
  const Roles& roles() const { return roles_; }
  const SizedCell& cell() const { return cell_; }  ///< Its sizes are those of the last prediction.

 private:
  struct Geometry {
    double oxide = 0;     ///< F/m^2
    double overlap = 0;   ///< F/m
    double junction = 0;  ///< F/m^2
    double sidewall = 0;  ///< F/m
  };
  Geometry geometry(const std::string& type) const;
  std::vector<PredictedDevice> predict_devices(const Eigen::VectorXd& moved) const;
  std::vector<SmallSignalDevice> small_signal(const std::vector<PredictedDevice>& devices) const;
  void predict_large_signal(Prediction& prediction) const;
  double corrected(const std::string& metric, double value) const;

  const problem::Problem& problem_;
  SizedCell& cell_;
  const ProcessTables& tables_;
  Roles roles_;
  Geometry nmos_;
  Geometry pmos_;
  double supply_ = 0;
  double common_mode_ = 0;
  double load_ = 0;
  BiasPoint bias_;
  std::vector<TransistorPoint> at_bias_;  ///< The tables' answer at the bias point, uncorrected.
  std::map<std::string, double> corrections_;
};

}  // namespace exturbo::agents
