// jDE: differential evolution rand/1/bin (Storn & Price 1997) whose step and crossover adapt with each member (Brest,
// Greiner, Boskovic, Mernik & Zumer 2006).
// SPDX-License-Identifier: BSD-3-Clause
//
// In the unit cube, by generations, 20 members (the budgets are of hundreds, the papers' of 1e5), the first ones
// uniform. Coordinates beyond the box are reflected into it. Compared by the one cost, which is Deb's rule where there
// are constraints. Starts anew once all members are the same point.
#include <algorithm>
#include <cmath>

#include "method.hpp"
#include "reflected.hpp"

namespace exturbo::bench {
namespace {

constexpr std::uint32_t kMembers = 20;
constexpr double kRenewal = 0.1;      ///< Chance of a new step, and of a new crossover rate, for a trial point.
constexpr double kNarrowest = 1e-12;  ///< Spread of the members below which the search starts anew.

struct Member {
  std::vector<double> unit;
  double step = 0.5;
  double crossover = 0.9;
  double cost = 0;
};

/// What may take the place of member `target`.
Member offspring(const std::vector<Member>& members, std::uint32_t target, core::RandomStream& stream) {
  // Three others, all different, by rejection.
  std::uint32_t a, b, c;
  do a = stream.below(kMembers);
  while (a == target);
  do b = stream.below(kMembers);
  while (b == target || b == a);
  do c = stream.below(kMembers);
  while (c == target || c == a || c == b);
  Member child = members[target];
  if (stream.uniform() < kRenewal) child.step = 0.1 + 0.9 * stream.uniform();
  if (stream.uniform() < kRenewal) child.crossover = stream.uniform();
  const std::uint32_t always = stream.below(static_cast<std::uint32_t>(child.unit.size()));
  for (std::uint32_t i = 0; i < child.unit.size(); ++i) {
    if (stream.uniform() >= child.crossover && i != always) continue;
    child.unit[i] = reflected(members[a].unit[i] + child.step * (members[b].unit[i] - members[c].unit[i]));
  }
  return child;
}

/// Evaluates members; false if the budget ended before the last.
bool evaluate(Trial& trial, std::vector<Member>& members) {
  std::vector<std::vector<double>> units;
  for (const Member& member : members) units.push_back(member.unit);
  const std::vector<Measured> results = trial.evaluate_unit(units);
  for (std::size_t i = 0; i < results.size(); ++i) members[i].cost = results[i].cost;
  return results.size() == members.size();
}

bool is_spent(const std::vector<Member>& members) {
  double spread = 0;
  for (const Member& member : members) {
    for (std::size_t i = 0; i < member.unit.size(); ++i)
      spread = std::max(spread, std::abs(member.unit[i] - members.front().unit[i]));
  }
  return spread < kNarrowest;
}

}  // namespace

void run_differential_evolution(Trial& trial, const MethodOptions& /*options*/) {
  int restarts = -1;
  while (trial.left() > 0) {
    core::RandomStream stream = trial.stream(static_cast<std::uint64_t>(++restarts));
    std::vector<Member> members(kMembers);
    for (Member& member : members) member.unit = trial.random_point(stream);
    bool whole = evaluate(trial, members);
    while (whole && !is_spent(members)) {
      std::vector<Member> children;
      for (std::uint32_t target = 0; target < kMembers; ++target)
        children.push_back(offspring(members, target, stream));
      whole = evaluate(trial, children);
      for (std::size_t i = 0; whole && i < members.size(); ++i) {
        if (children[i].cost <= members[i].cost) members[i] = children[i];
      }
    }
  }
  trial.tell_detail("restarts", restarts);
}

}  // namespace exturbo::bench
