// Linear circuits: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "linear_circuit.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "exturbo/core/text.hpp"

namespace exturbo::sensitivity {
namespace {

constexpr double kOpenInductance = 1;       ///< H
constexpr double kShortCapacitance = 1e-3;  ///< F
constexpr const char* kGround = "0";

/// Nodes with one voltage have one representative; ground is its own.
class Shorts {
 public:
  std::string find(std::string node) const {
    for (auto found = parent_.find(node); found != parent_.end(); found = parent_.find(node)) node = found->second;
    return node;
  }
  void join(const std::string& a, const std::string& b) {
    std::string from = find(a), to = find(b);
    if (from == to) return;
    // The cell's own names are the ones to tell.
    if (from == kGround || (to != kGround && from.find('.') != std::string::npos)) std::swap(from, to);
    parent_[from] = to;
  }

 private:
  std::map<std::string, std::string> parent_;
};

using Matrix4 = std::array<std::array<double, 4>, 4>;

/// Drain, gate, source, and the body that makes rows and columns sum to zero.
Matrix4 four_terminals(const spice::TerminalMatrix& m) {
  Matrix4 all{{{m.dd, -m.dg, -m.ds, 0}, {-m.gd, m.gg, -m.gs, 0}, {-m.sd, -m.sg, m.ss, 0}, {}}};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      all[i][3] -= all[i][j];
      all[3][j] -= all[i][j];
      all[3][3] += all[i][j];
    }
  }
  return all;
}

class Builder {
 public:
  Builder(const spice::Network& network, const std::map<std::string, spice::DeviceState>& devices)
      : network_(network), devices_(devices) {}

  LinearCircuit build(const std::map<std::string, double>& drive, const std::string& output) {
    if (!network_.unknown.empty()) return faulty("small signals of " + network_.unknown.front() + " are not known");
    std::string fault = join_shorts(drive);
    for (const spice::NetworkElement& element : network_.elements) {
      if (fault.empty()) fault = read(element);
    }
    const auto place = rows_.find(shorts_.find(output));
    if (fault.empty() && place == rows_.end()) fault = "the output " + output + " is no node with a voltage of its own";
    if (!fault.empty()) return faulty(fault);
    circuit_.output = place->second;
    fill();
    return std::move(circuit_);
  }

 private:
  static LinearCircuit faulty(const std::string& why) {
    LinearCircuit circuit;
    circuit.fault = why;
    return circuit;
  }

  /// Of a source of the testbench, as its netlist calls it, lower case; else "".
  std::string source_name(const spice::NetworkElement& element) const {
    const std::string prefix = network_.testbench + ".";
    return element.name.starts_with(prefix) ? core::lower_case(element.name.substr(prefix.size())) : "";
  }

  std::string join_shorts(const std::map<std::string, double>& drive) {
    std::vector<const spice::NetworkElement*> driving;
    std::map<std::string, double> missing = drive;
    for (const spice::NetworkElement& element : network_.elements) {
      const std::string name = source_name(element);
      const auto magnitude = drive.find(name);
      if (element.kind == 'v' && magnitude != drive.end() && magnitude->second != 0) {
        driving.push_back(&element);
        missing.erase(name);
      } else if (element.kind == 'v' || (element.kind == 'c' && element.value >= kShortCapacitance)) {
        shorts_.join(element.nodes[0], element.nodes[1]);
      }
    }
    for (const auto& [name, magnitude] : missing) {
      if (magnitude != 0) return "the testbench has no voltage source " + name;
    }
    for (const spice::NetworkElement* element : driving) {
      const std::string plus = shorts_.find(element->nodes[0]), minus = shorts_.find(element->nodes[1]);
      if (minus != kGround || plus == kGround) return "the source " + element->name + " is not grounded";
      driven_[plus] = drive.at(source_name(*element));
    }
    return "";
  }

  std::string read(const spice::NetworkElement& element) {
    LinearCircuit::Element stamped{element.name, element.kind, {}};
    switch (element.kind) {
      case 'r':
        if (element.value == 0) return "resistor " + element.name + " has no resistance";
        admittance(element, 1 / element.value, 0, stamped);
        break;
      case 'c':
        if (element.value < kShortCapacitance) admittance(element, 0, element.value, stamped);
        break;
      case 'l':
        if (element.value < kOpenInductance) return "inductor " + element.name + " is neither open nor a short";
        break;
      case 'g':
        for (const int to : {0, 1}) {
          for (const int from : {2, 3})
            add(element.nodes[to], element.nodes[from], (to == from - 2 ? 1 : -1) * element.value, 0, stamped);
        }
        break;
      case 'e':
        controlled_source(element, stamped);
        break;
      case 'm': {
        const auto state = devices_.find(element.name);
        if (state == devices_.end() || !state->second.capacitances || !state->second.conductances)
          return "small signals of " + element.name + " are not known";
        transistor(element.nodes, state->second, stamped);
        break;
      }
      default:
        break;
    }
    if (!stamped.stamps.empty()) circuit_.elements.push_back(std::move(stamped));
    return "";
  }

  void admittance(const spice::NetworkElement& element, double g, double c, LinearCircuit::Element& stamped) {
    for (const int row : {0, 1}) {
      for (const int column : {0, 1}) {
        const int sign = row == column ? 1 : -1;
        add(element.nodes[row], element.nodes[column], sign * g, sign * c, stamped);
      }
    }
  }

  /// The current of the source is an unknown, its voltage a row.
  void controlled_source(const spice::NetworkElement& element, LinearCircuit::Element& stamped) {
    const std::string branch = element.name + "#branch";
    add(element.nodes[0], branch, 1, 0, stamped);
    add(element.nodes[1], branch, -1, 0, stamped);
    const std::array<double, 4> factors{1, -1, -element.value, element.value};
    for (std::size_t i = 0; i < factors.size(); ++i) add(branch, element.nodes[i], factors[i], 0, stamped);
  }

  /// Drain, gate, source and body.
  void transistor(const std::vector<std::string>& nodes, const spice::DeviceState& state,
                  LinearCircuit::Element& stamped) {
    const Matrix4 g = four_terminals(*state.conductances), c = four_terminals(*state.capacitances);
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) add(nodes[i], nodes[j], g[i][j], c[i][j], stamped);
    }
  }

  /// Current out of the node of a row by the voltage of another; driven and grounded nodes have no row.
  void add(const std::string& row, const std::string& column, double g, double c, LinearCircuit::Element& stamped) {
    const std::string to = shorts_.find(row), from = shorts_.find(column);
    if (to == kGround || driven_.contains(to)) return;
    const Eigen::Index at = index(to);
    if (from == kGround) return;
    if (const auto driven = driven_.find(from); driven != driven_.end()) {
      drive_.push_back({at, 0, g * driven->second, c * driven->second});
    } else {
      stamped.stamps.push_back({at, index(from), g, c});
    }
  }

  Eigen::Index index(const std::string& node) {
    const auto [place, is_new] = rows_.emplace(node, static_cast<Eigen::Index>(circuit_.unknowns.size()));
    if (is_new) circuit_.unknowns.push_back(node);
    return place->second;
  }

  void fill() {
    const auto n = static_cast<Eigen::Index>(circuit_.unknowns.size());
    circuit_.conductance = circuit_.capacitance = Eigen::MatrixXd::Zero(n, n);
    circuit_.drive_conductance = circuit_.drive_capacitance = Eigen::VectorXd::Zero(n);
    for (const LinearCircuit::Element& element : circuit_.elements) {
      for (const LinearCircuit::Stamp& stamp : element.stamps) {
        circuit_.conductance(stamp.row, stamp.column) += stamp.conductance;
        circuit_.capacitance(stamp.row, stamp.column) += stamp.capacitance;
      }
    }
    for (const LinearCircuit::Stamp& stamp : drive_) {
      circuit_.drive_conductance(stamp.row) += stamp.conductance;
      circuit_.drive_capacitance(stamp.row) += stamp.capacitance;
    }
  }

  const spice::Network& network_;
  const std::map<std::string, spice::DeviceState>& devices_;
  Shorts shorts_;
  std::map<std::string, double> driven_;  ///< Node -> V of AC.
  std::map<std::string, Eigen::Index> rows_;
  std::vector<LinearCircuit::Stamp> drive_;
  LinearCircuit circuit_;
};

}  // namespace

LinearCircuit linear_circuit(const spice::Network& network, const std::map<std::string, spice::DeviceState>& devices,
                             const std::map<std::string, double>& drive, const std::string& output) {
  return Builder(network, devices).build(drive, output);
}

}  // namespace exturbo::sensitivity
