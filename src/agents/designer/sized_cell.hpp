// A cell's elements with their nets and, at a design, their sizes: what the designer's equations are about.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exturbo/circuit/description.hpp"
#include "exturbo/problem/expression.hpp"
#include "exturbo/problem/problem.hpp"

namespace exturbo::agents {

struct SizedMos {
  std::string name;
  std::string type;                                       ///< "nmos" or "pmos".
  std::size_t drain = 0, gate = 0, source = 0, body = 0;  ///< Indices of nets.
  double width = 0;                                       ///< m, all fingers.
  double length = 0;                                      ///< m
};

struct SizedTwoPole {
  std::string name;
  std::size_t a = 0, b = 0;
  double value = 0;  ///< ohm, F or A (from a to b).
};

class SizedCell {
 public:
  /// `problem` must outlive this object; `description` is of its cell. An element whose size cannot be evaluated is
  /// named in faults().
  SizedCell(const problem::Problem& problem, const circuit::CircuitDescription& description);
  SizedCell(const SizedCell&) = delete;
  SizedCell& operator=(const SizedCell&) = delete;

  /// Sizes everything by the values of the free variables, in the order of Problem::free_variables().
  void size(const std::vector<double>& free_values);

  const std::vector<std::string>& nets() const { return nets_; }
  /// Index of a net, or nets().size().
  std::size_t net(const std::string& name) const;
  const std::vector<SizedMos>& mos() const { return mos_; }
  const std::vector<SizedTwoPole>& resistors() const { return resistors_; }
  const std::vector<SizedTwoPole>& capacitors() const { return capacitors_; }
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  std::size_t add_net(const std::string& name);
  /// An expression to be evaluated into `*target` at each sizing; `fallback` where the element gives none.
  void bind(double* target, const circuit::Component& component, const std::string& key, double unit, double fallback);

  struct Binding {
    double* target;
    problem::CompiledExpression expression;
    double unit;
  };
  const problem::Problem& problem_;
  std::map<std::string, double> values_;  ///< Of parameters and variables; its nodes do not move.
  std::map<std::string, const double*> places_;
  std::vector<std::string> nets_;
  std::vector<SizedMos> mos_;
  std::vector<double> multipliers_;  ///< Of mos_.
  std::vector<double> finger_widths_;
  std::vector<SizedTwoPole> resistors_;
  std::vector<SizedTwoPole> capacitors_;
  std::vector<Binding> bindings_;
  std::vector<std::string> faults_;
};

}  // namespace exturbo::agents
