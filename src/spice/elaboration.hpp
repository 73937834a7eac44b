// Resolves variables through `.param` expressions and subcircuits to values of device instances.
// SPDX-License-Identifier: BSD-3-Clause
//
// ngspice can change the value of an instance in a loaded circuit (`alter`), but not a `.param`: this is the map from
// one to the other. Where a variable reaches anything but the number of an instance (a model card, a waveform, the
// expression of a B source), the deck must be loaded anew for each design; why_not() says where.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "exturbo/problem/expression.hpp"
#include "exturbo/spice/deck.hpp"
#include "netlist_text.hpp"

namespace exturbo::spice {

/// A number of an instance that depends on variables.
struct InstanceParameter {
  std::string device;     ///< ngspice's name: "m.xdut.m1", "rload".
  std::string parameter;  ///< "w", "resistance", "dc".
};

class Elaboration {
 public:
  /// Reads a deck whose `variables` change between designs. Linear in the expanded netlist.
  Elaboration(const DeckTemplate& deck, const std::set<std::string>& variables);
  // Compiled expressions hold addresses of the values.
  Elaboration(const Elaboration&) = delete;
  Elaboration& operator=(const Elaboration&) = delete;

  /// Why a circuit cannot be changed in place, or "".
  const std::string& why_not() const { return why_not_; }
  /// Whether a design gives just the variables of this deck.
  bool knows(const std::map<std::string, double>& variables) const;
  const std::vector<InstanceParameter>& parameters() const { return parameters_; }
  /// Their values at a design that it knows, in the order of parameters().
  std::vector<double> values(const std::map<std::string, double>& variables);

 private:
  /// Values by name as an instance sees them, its callers' included.
  struct Scope {
    std::map<std::string, const double*> places;
    std::set<std::string> varying;  ///< Names that depend on variables.
  };
  struct Assignment {
    double* place;
    problem::CompiledExpression expression;
  };

  void read_statements(const std::vector<Statement>& statements, Scope& scope, const std::string& path, int depth);
  void define(const std::string& name, const std::string& expression, const Scope& reader, Scope& scope);
  void read_element(const std::vector<std::string>& words, const std::string& text, Scope& scope,
                    const std::string& path, int depth);
  void read_instance(const std::vector<std::string>& words, const Scope& scope, const std::string& path, int depth);
  void add_parameter(const std::string& device, const std::string& parameter, const std::string& expression,
                     const Scope& scope);
  bool varies(const std::string& text, const Scope& scope) const;
  void give_up(const std::string& why);

  std::map<std::string, Subcircuit> cells_;
  std::map<std::string, std::map<std::string, std::string>> defaults_;  ///< Subcircuit -> parameter -> expression.
  std::deque<double> numbers_;                                          ///< Never moved: places point into it.
  std::map<std::string, double*> variables_;
  std::vector<Assignment> assignments_;  ///< In the order of the netlist.
  std::vector<InstanceParameter> parameters_;
  std::vector<problem::CompiledExpression> expressions_;
  std::string why_not_;
};

}  // namespace exturbo::spice
