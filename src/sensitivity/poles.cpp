// Poles and zeros: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "poles.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <set>

namespace exturbo::sensitivity {
namespace {

using Complex = std::complex<double>;
using Eigen::MatrixXcd;
using Eigen::MatrixXd;
using Eigen::VectorXcd;

constexpr double kShift = 2 * std::numbers::pi;  ///< rad/s; at which nodes without a path for DC have a voltage.
constexpr int kRefinements = 4;
constexpr double kSameEigenvalue = 0.1;  ///< Relative; a refinement that moves one farther went to another.

constexpr double kHardlyFelt = 0.01;  ///< Share of a resistor in a pole below which it only joins its two nodes.

struct Mode {
  Complex value;
  VectorXcd right, left;
};

/// One Rayleigh quotient iteration on both sides; false if it left the numbers.
bool refine(const MatrixXd& g, const MatrixXd& c, Mode& mode) {
  // A shift that is an eigenvalue to the last bit has no inverse.
  const MatrixXcd shifted = g.cast<Complex>() + mode.value * (1 + 1e-13) * c.cast<Complex>();
  const Eigen::PartialPivLU<MatrixXcd> factors(shifted);
  VectorXcd right = factors.solve(c * mode.right);
  VectorXcd left = factors.transpose().solve(c.transpose() * mode.left);
  if (!right.allFinite() || !left.allFinite()) return false;
  right.normalize();
  left.normalize();
  const VectorXcd moved = c * right;
  const Complex denominator = (left.transpose() * moved).value();
  const Complex numerator = (left.transpose() * (g * right)).value();
  const Complex value = -numerator / denominator;
  if (!std::isfinite(value.real()) || !std::isfinite(value.imag())) return false;
  mode = {value, std::move(right), std::move(left)};
  return true;
}

/// Modes of (G + s C), by magnitude, one of each complex pair. Eigenvalues of a shifted inverse lose digits at high
/// frequencies: each is refined on the pencil itself.
std::vector<Mode> modes(const MatrixXd& g, const MatrixXd& c, double lowest, double highest) {
  const MatrixXd inverse = Eigen::PartialPivLU<MatrixXd>(g + kShift * c).solve(c);
  std::vector<Mode> found;
  if (!inverse.allFinite()) return found;
  const Eigen::EigenSolver<MatrixXd> solver(inverse);
  if (solver.info() != Eigen::Success) return found;
  for (Eigen::Index i = 0; i < inverse.rows(); ++i) {
    const Complex reciprocal = solver.eigenvalues()(i);
    if (std::abs(reciprocal) < 1e-3 / highest) continue;
    const Complex value = kShift - 1.0 / reciprocal;
    if (value.imag() < 0) continue;
    Mode mode{value, solver.eigenvectors().col(i), VectorXcd::Ones(inverse.rows())};
    for (int k = 0; k < kRefinements; ++k) {
      if (!refine(g, c, mode)) break;
    }
    const bool same = std::abs(mode.value - value) <= kSameEigenvalue * std::abs(value);
    if (same && std::abs(mode.value) >= lowest && std::abs(mode.value) <= highest) found.push_back(std::move(mode));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Mode& a, const Mode& b) { return std::abs(a.value) < std::abs(b.value); });
  return found;
}

/// The node that takes part most. Nodes that a resistor joins which the pole hardly feels are one; its name is that of
/// the one with the most transistors.
std::string main_node(const LinearCircuit& circuit, const std::vector<PoleShare>& shares,
                      const std::vector<double>& participations) {
  const std::size_t n = circuit.unknowns.size();
  std::vector<std::size_t> group(n), transistors(n);
  std::iota(group.begin(), group.end(), std::size_t{0});
  for (std::size_t k = 0; k < circuit.elements.size(); ++k) {
    std::set<std::size_t> rows;
    for (const LinearCircuit::Stamp& stamp : circuit.elements[k].stamps)
      rows.insert(static_cast<std::size_t>(stamp.row));
    if (circuit.elements[k].kind == 'm') {
      for (const std::size_t row : rows) ++transistors[row];
    } else if (circuit.elements[k].kind == 'r' && rows.size() == 2 && std::abs(shares[k].conductance) < kHardlyFelt) {
      const std::size_t from = group[*rows.begin()], to = group[*rows.rbegin()];
      std::replace(group.begin(), group.end(), from, to);
    }
  }
  std::vector<double> sums(n);
  for (std::size_t i = 0; i < n; ++i) sums[group[i]] += participations[i];
  const auto most = static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
  std::size_t named = n;
  for (std::size_t i = 0; i < n; ++i) {
    if (group[i] != most) continue;
    if (named == n || transistors[i] > transistors[named]) named = i;
  }
  return circuit.unknowns[named];
}

CircuitPole pole_of(const LinearCircuit& circuit, const Mode& mode) {
  CircuitPole pole{mode.value, "", {}};
  const VectorXcd moved = circuit.capacitance * mode.right;
  const Complex all_c = (mode.left.transpose() * moved).value();
  const Complex all_g = -mode.value * all_c;
  for (const LinearCircuit::Element& element : circuit.elements) {
    Complex c = 0, g = 0;
    for (const LinearCircuit::Stamp& stamp : element.stamps) {
      const Complex both = mode.left(stamp.row) * mode.right(stamp.column);
      c += stamp.capacitance * both;
      g += stamp.conductance * both;
    }
    pole.shares.push_back({element.name, (c / all_c).real(), (g / all_g).real()});
  }
  std::vector<double> participations;
  for (Eigen::Index i = 0; i < moved.size(); ++i) participations.push_back(std::abs(mode.left(i) * moved(i) / all_c));
  pole.node = main_node(circuit, pole.shares, participations);
  return pole;
}

}  // namespace

std::vector<CircuitPole> circuit_poles(const LinearCircuit& circuit, double lowest, double highest) {
  std::vector<CircuitPole> poles;
  for (const Mode& mode : modes(circuit.conductance, circuit.capacitance, lowest, highest))
    poles.push_back(pole_of(circuit, mode));
  return poles;
}

std::vector<std::complex<double>> circuit_zeros(const LinearCircuit& circuit, double lowest, double highest) {
  const Eigen::Index n = circuit.conductance.rows();
  // In the unit of the conductances, lest one row outweighs all others.
  const double unit = circuit.conductance.cwiseAbs().maxCoeff();
  MatrixXd g = MatrixXd::Zero(n + 1, n + 1), c = g;
  g.topLeftCorner(n, n) = circuit.conductance;
  c.topLeftCorner(n, n) = circuit.capacitance;
  g.col(n).head(n) = circuit.drive_conductance;
  c.col(n).head(n) = circuit.drive_capacitance;
  g(n, circuit.output) = unit;
  std::vector<std::complex<double>> zeros;
  for (const Mode& mode : modes(g, c, lowest, highest)) zeros.push_back(mode.value);
  return zeros;
}

std::complex<double> transfer(const LinearCircuit& circuit, double frequency) {
  const Complex s(0, 2 * std::numbers::pi * frequency);
  const MatrixXcd matrix = circuit.conductance.cast<Complex>() + s * circuit.capacitance.cast<Complex>();
  const VectorXcd drive = circuit.drive_conductance.cast<Complex>() + s * circuit.drive_capacitance.cast<Complex>();
  const VectorXcd voltages = -matrix.partialPivLu().solve(drive);
  return voltages(circuit.output);
}

}  // namespace exturbo::sensitivity
