// Loaded circuits: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "circuits.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "exturbo/core/number.hpp"

namespace exturbo::spice {
namespace {

using Values = std::map<std::string, double>;

constexpr std::size_t kMostKept = 192;     ///< Circuits; one takes about a megabyte.
constexpr std::size_t kMostTested = 2048;  ///< Tests whose outcome is remembered.
constexpr double kSame = 1e-9;             ///< Relative difference of what shall be the same number.
constexpr double kOtherDesign = 1.03;      ///< The test comes from a design that differs by this factor.

bool same(double a, double b) { return std::abs(a - b) <= kSame * std::max({std::abs(a), std::abs(b), 1e-12}); }

Values operating_point(Engine& engine) {
  engine.run("op");
  Values point = engine.operating_point();
  engine.destroy_plots();
  return point;
}

/// Whether the device of a parameter has its width set just before or after it.
bool has_width(const Elaboration& elaboration, std::size_t index) {
  const auto& all = elaboration.parameters();
  const auto is_width = [&](std::size_t i) {
    return i < all.size() && all[i].device == all[index].device && all[i].parameter == "w";
  };
  return is_width(index + 1) || (index > 0 && is_width(index - 1));
}

}  // namespace

Circuits::~Circuits() {
  drop_passing();
  for (const Kept& circuit : kept_) engine_.remove(circuit.handle);
}

void Circuits::drop_passing() {
  if (passing_) engine_.remove(*passing_);
  passing_.reset();
}

/// Loads a circuit that the next one replaces, unless keep() takes it.
bool Circuits::load(const DeckTemplate& deck, const Values& variables, const Values& nodeset, Method method) {
  drop_passing();
  std::vector<std::string> lines = deck_lines(deck, variables, nodeset);
  lines.insert(lines.end() - 1,
               std::string(".options keepopinfo") + (method == Method::kSourceStepping ? " noopiter gminsteps=0" : ""));
  passing_ = engine_.add(lines);
  return passing_.has_value();
}

Circuits::Kept* Circuits::find(const DeckTemplate& deck, const Start& start) {
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const Kept& kept) { return kept.deck == &deck && kept.start == start; });
  if (found == kept_.end()) return nullptr;
  std::rotate(found, found + 1, kept_.end());
  return &kept_.back();
}

Circuits::Kept& Circuits::keep(const DeckTemplate& deck, const Start& start) {
  while (kept_.size() >= kMostKept) {
    engine_.remove(kept_.front().handle);
    kept_.erase(kept_.begin());
  }
  kept_.push_back({&deck, start, *passing_, {}, {}});
  passing_.reset();
  return kept_.back();
}

bool Circuits::change(const DeckTemplate& deck, const Values& variables, const Start& start) {
  Elaboration* known = in_place_ ? elaboration(deck, variables) : nullptr;
  if (known == nullptr || !passes_test(deck, *known, start)) return load(deck, variables, start.nodes);
  // What is no number ngspice refuses as it loads a deck; to `alter` it only grumbles.
  std::vector<double> values = known->values(variables);
  if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); }))
    return load(deck, variables, start.nodes);
  Kept* circuit = find(deck, start);
  if (circuit == nullptr) {
    if (!load(deck, start.variables, start.nodes)) return false;
    circuit = &keep(deck, start);
  }
  drop_passing();
  engine_.select(circuit->handle);
  set_values(*circuit, *known, std::move(values));
  return true;
}

void Circuits::set_values(Kept& circuit, const Elaboration& elaboration, std::vector<double> values) {
  std::vector<std::string> commands;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const InstanceParameter& parameter = elaboration.parameters()[i];
    // Setting a width or length makes the device the first of its model, and the order of devices is the order of sums
    // in the matrix: one of the two is set every time, for the same last bits whatever the circuit was before.
    const bool orders = parameter.parameter == "w" || (parameter.parameter == "l" && !has_width(elaboration, i));
    if (!orders && !circuit.values.empty() && circuit.values[i] == values[i]) continue;
    commands.push_back("alter @" + parameter.device + "[" + parameter.parameter + "]=" + core::format_exact(values[i]));
  }
  engine_.commands(commands);
  circuit.values = std::move(values);
}

void Circuits::set_ac(const std::map<std::string, double>& magnitudes) {
  std::map<std::string, double> none;
  std::map<std::string, double>& known = passing_ || kept_.empty() ? none : kept_.back().ac;
  std::vector<std::string> commands;
  for (const auto& [source, magnitude] : magnitudes) {
    const auto [place, is_new] = known.emplace(source, magnitude);
    if (!is_new && place->second == magnitude) continue;
    place->second = magnitude;
    commands.push_back("alter @" + source + "[acmag]=" + core::format_exact(magnitude));
  }
  engine_.commands(commands);
}

/// The map to instance values, or null if the deck's values cannot be set in place.
Elaboration* Circuits::elaboration(const DeckTemplate& deck, const Values& variables) {
  auto& known = elaborations_[&deck];
  if (known == nullptr) {
    std::set<std::string> names;
    for (const auto& [name, value] : variables) names.insert(lower_case(name));
    known = std::make_unique<Elaboration>(deck, names);
  }
  return known->why_not().empty() && known->knows(variables) ? known.get() : nullptr;
}

/// Tested once; the circuit that passed is kept.
bool Circuits::passes_test(const DeckTemplate& deck, Elaboration& elaboration, const Start& start) {
  const auto known = std::find_if(tested_.rbegin(), tested_.rend(),
                                  [&](const Tested& test) { return test.deck == &deck && test.start == start; });
  if (known != tested_.rend()) return known->passed;
  if (tested_.size() >= kMostTested) tested_.erase(tested_.begin());
  tested_.push_back({&deck, start, false});
  bool& passed = tested_.back().passed;

  if (!elaboration.knows(start.variables)) return passed;
  if (!load(deck, start.variables, start.nodes)) return passed;
  const std::vector<double> values = elaboration.values(start.variables);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const InstanceParameter& parameter = elaboration.parameters()[i];
    const auto theirs = engine_.vector("@" + parameter.device + "[" + parameter.parameter + "]");
    if (theirs.empty() || !same(theirs.back().real(), values[i])) return passed;
  }
  const Values fresh = operating_point(engine_);
  Values other = start.variables;
  for (auto& [name, value] : other) value *= kOtherDesign;
  if (!load(deck, other, start.nodes)) return passed;
  Kept& circuit = keep(deck, start);
  set_values(circuit, elaboration, values);
  const Values changed = operating_point(engine_);
  passed = !fresh.empty() && fresh.size() == changed.size() &&
           std::all_of(fresh.begin(), fresh.end(), [&](const auto& entry) {
             const auto value = changed.find(entry.first);
             return value != changed.end() && same(value->second, entry.second);
           });
  if (!passed) {
    engine_.remove(circuit.handle);
    kept_.pop_back();
  }
  return passed;
}

}  // namespace exturbo::spice
