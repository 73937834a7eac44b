// Variates and cards of Monte Carlo: see the headers.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/monte_carlo.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "exturbo/core/number.hpp"
#include "exturbo/core/random.hpp"
#include "exturbo/problem/model_name.hpp"
#include "library.hpp"
#include "monte_carlo_deck.hpp"

namespace exturbo::spice {
namespace {

constexpr const char* kTypical = "tt";

/// Cards that the process varies, by name.
std::set<std::string> varied_cards(const problem::Process& process) {
  std::set<std::string> names;
  if (!process.variation) return names;
  for (const std::string& corner : {process.variation->fast, process.variation->slow}) {
    for (const auto& [card, changes] : process.corners.at(corner)) names.insert(problem::base_name(card));
  }
  return names;
}

/// The bins of a card vary together.
std::string card_variate(const std::string& card) { return "mc_card_" + problem::base_name(card); }

std::vector<std::string> plain_statements(const problem::Problem& problem) {
  std::vector<std::string> lines;
  for (const Statement& statement : statements(problem.netlist_lines)) lines.push_back(statement.text);
  return lines;
}

/// Value of a parameter in a corner, or as on the card: as model_lines() does it, bins included.
double corner_value(const problem::Process& process, const std::string& corner, const std::string& card,
                    const std::string& parameter, double typical) {
  const auto& changes = process.corners.at(corner);
  double value = typical;
  for (const std::string& name : std::set<std::string>{problem::base_name(card), card}) {
    const auto own = changes.find(name);
    if (own == changes.end()) continue;
    const auto change = own->second.find(parameter);
    if (change != own->second.end()) value = value * change->second.scale + change->second.add;
  }
  return value;
}

/// The parameter as a function of the card's variate, or nothing if it does not vary. Piecewise linear: both corners
/// are met exactly.
std::optional<std::string> varied_value(const problem::Process& process, const std::string& card,
                                        const std::string& parameter, double typical) {
  const problem::Variation& variation = *process.variation;
  const double up = (corner_value(process, variation.fast, card, parameter, typical) - typical) / variation.sigmas;
  const double down = (typical - corner_value(process, variation.slow, card, parameter, typical)) / variation.sigmas;
  if (up == 0 && down == 0) return std::nullopt;
  const std::string variate = card_variate(card);
  return "{" + core::format_exact(typical) + "+(" + core::format_exact(up) + ")*max(" + variate + ",0)+(" +
         core::format_exact(down) + ")*min(" + variate + ",0)}";
}

}  // namespace

std::vector<std::string> monte_carlo_devices(const problem::Problem& problem) {
  return vary_cell(problem, plain_statements(problem)).devices;
}

std::vector<std::string> matched_devices(const problem::Problem& problem) {
  const std::vector<std::string> varied = monte_carlo_devices(problem);
  std::vector<std::string> names;
  for (const MosInstance& device : transistors(problem)) {
    if (std::find(varied.begin(), varied.end(), device.name) == varied.end()) names.push_back(device.name);
  }
  return names;
}

std::vector<std::string> monte_carlo_variates(const problem::Problem& problem) {
  std::vector<std::string> names;
  for (const std::string& card : varied_cards(problem.process)) names.push_back(card_variate(card));
  const std::size_t devices = monte_carlo_devices(problem).size();
  for (std::size_t number = 1; number <= devices; ++number) {
    names.push_back(device_variate("vt", number));
    names.push_back(device_variate("beta", number));
  }
  return names;
}

std::map<std::string, double> monte_carlo_sample(const problem::Problem& problem, std::uint64_t rng_seed,
                                                 std::uint32_t sample) {
  std::map<std::string, double> values;
  const auto stream = [&](std::size_t device) {
    return core::RandomStream(rng_seed, (std::uint64_t{sample} << 32) | device, core::Purpose::kMonteCarlo);
  };
  // Stream 0 is the wafer's, stream k that of device k.
  core::RandomStream wafer = stream(0);
  const double correlation = problem.process.variation ? problem.process.variation->correlation : 0;
  const double common = wafer.normal();
  for (const std::string& card : varied_cards(problem.process))
    values[card_variate(card)] = std::sqrt(correlation) * common + std::sqrt(1 - correlation) * wafer.normal();
  const std::size_t devices = monte_carlo_devices(problem).size();
  for (std::size_t number = 1; number <= devices; ++number) {
    core::RandomStream own = stream(number);
    values[device_variate("vt", number)] = own.normal();
    values[device_variate("beta", number)] = own.normal();
  }
  return values;
}

std::map<std::string, double> monte_carlo_nominal(const problem::Problem& problem) {
  std::map<std::string, double> values;
  for (const std::string& name : monte_carlo_variates(problem)) values[name] = 0;
  return values;
}

std::vector<std::string> monte_carlo_cards(const problem::Process& process, const std::string& corner,
                                           std::vector<std::string> lines) {
  if (!process.variation || corner != kTypical) return lines;
  std::string card;
  for (std::string& line : lines) {
    if (line.compare(0, 7, ".model ") == 0) {
      card = line.substr(7, line.find(' ', 7) - 7);
      continue;
    }
    std::string written = "+";
    for (std::size_t at = 1; at < line.size();) {
      const std::size_t end = std::min(line.find(' ', at + 1), line.size());
      const std::string word = line.substr(at + 1, end - at - 1);
      const std::size_t equals = word.find('=');
      const auto number = core::parse_number(word.substr(equals + 1));
      const auto varied =
          number ? varied_value(process, card, word.substr(0, equals), *number) : std::optional<std::string>();
      written += " " + (varied ? word.substr(0, equals + 1) + *varied : word);
      at = end;
    }
    line = written;
  }
  return lines;
}

}  // namespace exturbo::spice
