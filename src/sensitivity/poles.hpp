// Poles and zeros of a linear circuit, and which nodes and elements make them.
// SPDX-License-Identifier: BSD-3-Clause
//
// Poles p are the eigenvalues of the pencil (G + p C) v = 0, w^T (G + p C) = 0. By first-order perturbation, a relative
// change of all capacitances of element k changes ln p by -(w^T C_k v) / (w^T C v), of all its conductances by
// (w^T G_k v) / (w^T G v); over all elements these shares sum to -1 and 1. The share of a node is its participation in
// the mode (Perez-Arriaga, Verghese & Schweppe, IEEE Trans. PAS 1982). Zeros are the eigenvalues of the same pencil
// bordered by drive and output. Dense, O(n^3) of the nodes; deterministic.
#pragma once

#include <complex>
#include <string>
#include <vector>

#include "linear_circuit.hpp"

namespace exturbo::sensitivity {

/// Share of an element in a pole.
struct PoleShare {
  std::string element;
  double capacitance = 0;  ///< Of the C that makes it; all elements' sum to 1.
  double conductance = 0;  ///< Of the G that makes it; all elements' sum to 1.
};

struct CircuitPole {
  std::complex<double> value;     ///< rad/s; of a pair the one with the positive imaginary part.
  std::string node;               ///< The one with the largest participation, those behind a small resistor together.
  std::vector<PoleShare> shares;  ///< Real parts; all elements.
};

/// Poles by magnitude, between `lowest` and `highest` rad/s.
std::vector<CircuitPole> circuit_poles(const LinearCircuit& circuit, double lowest, double highest);

/// Zeros of the transfer from drive to output, likewise; one of each pair.
std::vector<std::complex<double>> circuit_zeros(const LinearCircuit& circuit, double lowest, double highest);

/// Output voltage for the drive at a frequency, Hz.
std::complex<double> transfer(const LinearCircuit& circuit, double frequency);

}  // namespace exturbo::sensitivity
