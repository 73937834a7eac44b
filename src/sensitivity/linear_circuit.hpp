// A testbench as a linear circuit: modified nodal analysis (Ho, Ruehli & Brennan, IEEE TCAS 1975) that remembers which
// element put what where.
// SPDX-License-Identifier: BSD-3-Clause
//
// (G + s C) v + (g + s c) = 0 for a drive of 1 V. Voltage sources are shorts, current sources open. What closes a
// bench's loop at DC and opens it for signals takes part as neither: inductors of 1 H and more are open, capacitors of
// 1 mF and more are shorts, right from 1 Hz on.
#pragma once

#include <Eigen/Core>
#include <map>
#include <string>
#include <vector>

#include "exturbo/spice/outcome.hpp"

namespace exturbo::sensitivity {

struct LinearCircuit {
  struct Stamp {
    Eigen::Index row = 0, column = 0;
    double conductance = 0;  ///< S; of a row that says the voltage of a controlled source, a number.
    double capacitance = 0;  ///< F
  };
  struct Element {
    std::string name;
    char kind = 0;  ///< As NetworkElement::kind.
    std::vector<Stamp> stamps;
  };
  std::vector<std::string> unknowns;  ///< Nodes, then controlled voltage sources.
  std::vector<Element> elements;      ///< Those with a stamp.
  Eigen::MatrixXd conductance;        ///< G, n x n
  Eigen::MatrixXd capacitance;        ///< C, n x n
  Eigen::VectorXd drive_conductance;  ///< g, n
  Eigen::VectorXd drive_capacitance;  ///< c, n
  Eigen::Index output = 0;            ///< Index of the output among the unknowns.
  std::string fault;                  ///< Why there is no such circuit; the rest is then empty.
};

/// `drive` are AC magnitudes of voltage sources of the testbench by lower-case name; they must be grounded.
LinearCircuit linear_circuit(const spice::Network& network, const std::map<std::string, spice::DeviceState>& devices,
                             const std::map<std::string, double>& drive, const std::string& output);

}  // namespace exturbo::sensitivity
