// Loaded circuits: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "circuits.hpp"

#include <algorithm>
#include <cmath>

#include "exturbo/core/number.hpp"

namespace exturbo::spice {
namespace {

using Values = std::map<std::string, double>;

constexpr std::size_t kMostKept = 64;  ///< Circuits; one takes a few megabytes.
constexpr double kSame = 1e-9;         ///< Relative difference of what shall be the same number.
constexpr double kOtherDesign = 1.03;  ///< The test comes from a design that differs by this factor.

bool same(double a, double b) { return std::abs(a - b) <= kSame * std::max({std::abs(a), std::abs(b), 1e-12}); }

/// Voltages and currents of the operating point; empty if there is none.
Values operating_point(Engine& engine) {
  Values point;
  if (!engine.run("op")) return point;
  for (const std::string& name : engine.vector_names()) {
    const auto values = engine.vector(name);
    if (!values.empty()) point[name] = values.back().real();
  }
  engine.destroy_plots();
  return point;
}

}  // namespace

Circuits::Circuits(Engine& engine, Values reference, bool in_place)
    : engine_(engine), reference_(std::move(reference)), in_place_(in_place) {
  for (const auto& [name, value] : reference_) variables_.insert(lower_case(name));
}

Circuits::~Circuits() {
  while (!loaded_.empty()) drop(0);
}

void Circuits::drop(std::size_t index) {
  engine_.remove(loaded_[index].handle);
  loaded_.erase(loaded_.begin() + static_cast<std::ptrdiff_t>(index));
}

/// A circuit that is not kept makes room for any other; of the kept ones the least recently used.
void Circuits::make_room(bool keep) {
  for (std::size_t i = loaded_.size(); i-- > 0;) {
    if (!loaded_[i].keep) drop(i);
  }
  while (keep && loaded_.size() >= kMostKept) drop(0);
}

bool Circuits::load(const DeckTemplate& deck, const Values& variables, const Values& nodeset, Method method,
                    bool keep) {
  make_room(keep);
  std::vector<std::string> lines = deck_lines(deck, variables, nodeset);
  if (method == Method::kSourceStepping) lines.insert(lines.end() - 1, ".options noopiter gminsteps=0");
  const auto handle = engine_.add(lines);
  if (!handle) return false;
  loaded_.push_back({&deck, nodeset, method, *handle, {}, keep});
  return true;
}

bool Circuits::use(const DeckTemplate& deck, const Values& variables, const Values& nodeset, Method method, bool keep) {
  // A design with other variables than the reference cannot be tested against it.
  const bool comparable = std::equal(variables.begin(), variables.end(), reference_.begin(), reference_.end(),
                                     [](const auto& one, const auto& other) { return one.first == other.first; });
  Elaboration* known = in_place_ && comparable && !variables.empty() ? elaboration(deck) : nullptr;
  const auto found = std::find_if(loaded_.begin(), loaded_.end(), [&](const Loaded& loaded) {
    return loaded.deck == &deck && loaded.method == method && loaded.nodeset == nodeset;
  });
  if (found != loaded_.end() && known != nullptr) {
    std::rotate(found, found + 1, loaded_.end());
    engine_.select(loaded_.back().handle);
  } else {
    if (found != loaded_.end()) drop(static_cast<std::size_t>(found - loaded_.begin()));
    if (!load(deck, variables, nodeset, method, keep && known != nullptr)) return false;
  }
  if (known != nullptr) set_values(loaded_.back(), *known, variables);
  return true;
}

void Circuits::set_values(Loaded& loaded, Elaboration& elaboration, const Values& variables) {
  std::vector<double> values = elaboration.values(variables);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!loaded.values.empty() && loaded.values[i] == values[i]) continue;
    const InstanceParameter& parameter = elaboration.parameters()[i];
    engine_.command("alter @" + parameter.device + "[" + parameter.parameter + "]=" + core::format_exact(values[i]));
  }
  loaded.values = std::move(values);
}

/// The map to instance values, or null if the deck is to be loaded anew for each design.
Elaboration* Circuits::elaboration(const DeckTemplate& deck) {
  const auto known = elaborations_.find(&deck);
  if (known != elaborations_.end()) return known->second.get();
  auto made = std::make_unique<Elaboration>(deck, variables_);
  if (!made->why_not().empty() || !passes_test(deck, *made)) made.reset();
  return (elaborations_[&deck] = std::move(made)).get();
}

/// Always at the same design: what comes of it is no matter of which design a worker saw first.
bool Circuits::passes_test(const DeckTemplate& deck, Elaboration& elaboration) {
  Values other = reference_;
  for (auto& [name, value] : other) value *= kOtherDesign;
  if (!load(deck, other, {}, Method::kNewton, false)) return false;
  set_values(loaded_.back(), elaboration, reference_);
  const Values changed = operating_point(engine_);
  if (!load(deck, reference_, {}, Method::kNewton, false)) return false;
  const std::vector<double> values = elaboration.values(reference_);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const InstanceParameter& parameter = elaboration.parameters()[i];
    const auto theirs = engine_.vector("@" + parameter.device + "[" + parameter.parameter + "]");
    if (theirs.empty() || !same(theirs.back().real(), values[i])) return false;
  }
  const Values fresh = operating_point(engine_);
  if (fresh.size() != changed.size()) return false;
  return std::all_of(fresh.begin(), fresh.end(), [&](const auto& entry) {
    const auto value = changed.find(entry.first);
    return value != changed.end() && same(value->second, entry.second);
  });
}

}  // namespace exturbo::spice
