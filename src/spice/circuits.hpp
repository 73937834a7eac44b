// Keeps circuits loaded, so that the next design is a change of values in place and not a new deck.
// SPDX-License-Identifier: BSD-3-Clause
//
// Loading a deck costs more than its operating point; changing the values of its devices a tenth of that. Designs that
// start from the same solved one share a circuit. Whether a deck allows it is tested at that start, where the circuit
// is known to have an operating point: changed from another design to the start, it must give the operating point of a
// fresh load, and ngspice's own values of the instances must be ours, both to 1e-9. What comes of it is a function of
// the deck and the start alone, no matter what was simulated before.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "elaboration.hpp"
#include "engine.hpp"

namespace exturbo::spice {

/// How ngspice finds an operating point: by Newton's method and gmin stepping, or by ramping the sources at once.
enum class Method { kNewton, kSourceStepping };

/// A solved design and its node voltages in one deck.
struct Start {
  std::map<std::string, double> variables;
  std::map<std::string, double> nodes;
  friend bool operator==(const Start&, const Start&) = default;
};

class Circuits {
 public:
  /// `in_place` false: every design is loaded anew.
  Circuits(Engine& engine, bool in_place) : engine_(engine), in_place_(in_place) {}
  ~Circuits();

  /// Loads a deck at a design and makes it the engine's present circuit; its Newton's method begins at `nodeset`. False
  /// if ngspice refused the deck; the engine tells why. A deck is known by its address.
  bool load(const DeckTemplate& deck, const std::map<std::string, double>& variables,
            const std::map<std::string, double>& nodeset, Method method = Method::kNewton);
  /// The same from the nodes of a start, in a circuit that is kept for the next design that comes from there.
  bool change(const DeckTemplate& deck, const std::map<std::string, double>& variables, const Start& start);
  /// Sets the AC magnitudes of sources of the present circuit.
  void set_ac(const std::map<std::string, double>& magnitudes);

 private:
  struct Kept {
    const DeckTemplate* deck;
    Start start;
    int handle;
    std::vector<double> values;
    std::map<std::string, double> ac;  ///< Magnitudes as set.
  };
  struct Tested {
    const DeckTemplate* deck;
    Start start;
    bool passed;
  };

  Kept* find(const DeckTemplate& deck, const Start& start);
  Kept& keep(const DeckTemplate& deck, const Start& start);
  Elaboration* elaboration(const DeckTemplate& deck, const std::map<std::string, double>& variables);
  bool passes_test(const DeckTemplate& deck, Elaboration& elaboration, const Start& start);
  void set_values(Kept& circuit, const Elaboration& elaboration, std::vector<double> values);
  void drop_passing();

  Engine& engine_;
  bool in_place_;
  std::map<const DeckTemplate*, std::unique_ptr<Elaboration>> elaborations_;
  std::vector<Kept> kept_;      ///< Least recently used first.
  std::vector<Tested> tested_;  ///< Oldest first.
  std::optional<int> passing_;  ///< The circuit that is not kept, the present one if there is one.
};

}  // namespace exturbo::spice
