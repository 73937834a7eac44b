// Keeps circuits loaded, so that the next design is a change of values in place and not a new deck.
// SPDX-License-Identifier: BSD-3-Clause
//
// Loading a deck costs more than its operating point; changing the values of its devices a tenth of that. Whether a
// deck allows it is tested once: a circuit changed from another design must give the operating point of a fresh load,
// and ngspice's own values of the instances must be ours, both to 1e-9. Values are set by `alter` after a load too.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "elaboration.hpp"
#include "engine.hpp"

namespace exturbo::spice {

/// How ngspice finds an operating point: by Newton's method and gmin stepping, or by ramping the sources at once.
enum class Method { kNewton, kSourceStepping };

class Circuits {
 public:
  /// `variables`: names of what changes between designs, lower case. `reference`: a design for the test of a deck.
  /// `in_place` false: every design is loaded anew.
  Circuits(Engine& engine, std::map<std::string, double> reference, bool in_place);
  ~Circuits();

  /// Makes the circuit of a deck at a design the engine's present one, its Newton's method started from `nodeset`. Kept
  /// loaded for the next design if `keep`. False if ngspice refused the deck; the engine tells why.
  /// `deck` is known by its address.
  bool use(const DeckTemplate& deck, const std::map<std::string, double>& variables,
           const std::map<std::string, double>& nodeset, Method method = Method::kNewton, bool keep = false);

 private:
  struct Loaded {
    const DeckTemplate* deck;
    std::map<std::string, double> nodeset;
    Method method;
    int handle;
    std::vector<double> values;
    bool keep;
  };

  Elaboration* elaboration(const DeckTemplate& deck);
  bool passes_test(const DeckTemplate& deck, Elaboration& elaboration);
  bool load(const DeckTemplate& deck, const std::map<std::string, double>& variables,
            const std::map<std::string, double>& nodeset, Method method, bool keep);
  void set_values(Loaded& loaded, Elaboration& elaboration, const std::map<std::string, double>& variables);
  void drop(std::size_t index);
  void make_room(bool keep);

  Engine& engine_;
  std::map<std::string, double> reference_;
  std::set<std::string> variables_;
  bool in_place_;
  std::map<const DeckTemplate*, std::unique_ptr<Elaboration>> elaborations_;  ///< Null: loaded anew for each design.
  std::vector<Loaded> loaded_;                                                ///< Least recently used first.
};

}  // namespace exturbo::spice
