// Variates and decks of Monte Carlo: see the headers.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/spice/monte_carlo.hpp"

#include <cmath>
#include <optional>
#include <set>

#include "exturbo/core/number.hpp"
#include "exturbo/core/random.hpp"
#include "monte_carlo_deck.hpp"
#include "netlist_text.hpp"

namespace exturbo::spice {
namespace {

constexpr const char* kTypical = "tt";
constexpr int kMaxDepth = 8;

/// Cards that the process varies, by name.
std::set<std::string> varied_cards(const problem::Process& process) {
  std::set<std::string> names;
  if (!process.variation) return names;
  for (const std::string& corner : {process.variation->fast, process.variation->slow}) {
    for (const auto& [card, changes] : process.corners.at(corner)) names.insert(card);
  }
  return names;
}

std::string card_variate(const std::string& card) { return "mc_card_" + card; }
std::string device_variate(const char* kind, std::size_t number) {
  return std::string("mc_") + kind + "_" + std::to_string(number);
}

bool is_varied(const problem::Process& process, const std::vector<std::string>& parts) {
  return parts.size() > 6 && process.mismatch.contains(parts[5]) && keyword(parts, "w") && keyword(parts, "l");
}

/// Value text without its braces or quotes, in parentheses.
std::string bracketed(const std::string& text) {
  const bool wrapped = text.size() > 1 && (text.front() == '{' || text.front() == '\'');
  return "(" + (wrapped ? text.substr(1, text.size() - 2) : text) + ")";
}

/// Word of an X line that names its subcircuit.
std::size_t target_of(const std::vector<std::string>& parts) {
  std::size_t last = parts.size() - 1;
  while (last > 0 && (parts[last].find('=') != std::string::npos || parts[last] == "params:")) --last;
  return last;
}

/// Writes the subcircuits below the cell, each instance one of its own.
class CellWriter {
 public:
  CellWriter(const problem::Problem& problem, const std::vector<std::string>& drawn)
      : process_(problem.process), cells_(subcircuits(drawn)), drawn_(drawn), cell_(lower_case(problem.cell)) {}

  std::vector<std::string> lines() {
    // Other subcircuits stay: a testbench may use them, too.
    bool inside_cell = false;
    std::vector<std::string> kept;
    for (const std::string& line : drawn_) {
      const std::vector<std::string> parts = words(line);
      if (parts.size() > 1 && parts[0] == ".subckt" && parts[1] == cell_) inside_cell = true;
      if (!inside_cell) kept.push_back(line);
      if (!parts.empty() && parts[0] == ".ends") inside_cell = false;
    }
    write(cell_, cell_, "", 0);
    lines_.insert(lines_.begin(), kept.begin(), kept.end());
    return lines_;
  }
  const std::vector<std::string>& devices() const { return devices_; }

 private:
  void write(const std::string& name, const std::string& written_name, const std::string& path, int depth) {
    const auto found = cells_.find(name);
    if (found == cells_.end() || depth > kMaxDepth) return;
    std::string head = ".subckt " + written_name;
    for (const std::string& word : header_of(name)) head += " " + word;
    std::vector<std::string> body{head};
    std::vector<std::pair<std::string, std::string>> below;  // subcircuit, instance
    for (const Statement& statement : found->second.body) {
      std::vector<std::string> parts = words(statement.text);
      const std::string first = statement.text.substr(0, statement.text.find_first_of(" \t"));
      if (parts[0][0] == 'x' && cells_.contains(parts[target_of(parts)])) {
        std::string& target = parts[target_of(parts)];
        below.emplace_back(target, first);
        target = instance_name(target, path + first);
        body.push_back(joined(parts));
      } else if (parts[0][0] == 'm' && is_varied(process_, parts)) {
        devices_.push_back(path + first);
        write_device(parts, body);
      } else {
        body.push_back(statement.text);
      }
    }
    body.push_back(".ends " + written_name);
    lines_.insert(lines_.end(), body.begin(), body.end());
    for (const auto& [target, instance] : below)
      write(target, instance_name(target, path + instance), path + instance + ".", depth + 1);
  }

  /// Ports and parameters of a subcircuit as they stand behind its name.
  std::vector<std::string> header_of(const std::string& name) const {
    for (const std::string& line : drawn_) {
      const std::vector<std::string> parts = words(line);
      if (parts.size() > 1 && parts[0] == ".subckt" && parts[1] == name) return {parts.begin() + 2, parts.end()};
    }
    return {};
  }

  static std::string instance_name(const std::string& cell, std::string path) {
    for (char& c : path) c = c == '.' ? '_' : c;
    return cell + "__" + lower_case(path);
  }

  static std::string joined(const std::vector<std::string>& parts) {
    std::string line;
    for (const std::string& part : parts) line += (line.empty() ? "" : " ") + part;
    return line;
  }

  /// The transistor of a number, with a source before its gate and its share of current in M.
  void write_device(std::vector<std::string> parts, std::vector<std::string>& body) const {
    const std::size_t number = devices_.size();
    const problem::Mismatch& mismatch = process_.mismatch.at(parts[5]);
    const std::string m = bracketed(keyword(parts, "m").value_or("1"));
    const std::string area =
        "sqrt(2*" + bracketed(*keyword(parts, "w")) + "*" + bracketed(*keyword(parts, "l")) + "*" + m + ")";
    const std::string inner = "mc_g_" + std::to_string(number);
    const double polarity = is_pmos(parts[5]) ? -1 : 1;
    body.push_back("vmc_" + std::to_string(number) + " " + parts[2] + " " + inner + " dc {" +
                   device_variate("vt", number) + "*(" + core::format_exact(polarity * mismatch.a_vt) + ")/" + area +
                   "}");
    parts[2] = inner;
    std::string line;
    for (const std::string& part : parts) {
      if (part.compare(0, 2, "m=") != 0) line += part + " ";
    }
    body.push_back(line + "m={" + m + "*(1+" + device_variate("beta", number) + "*" +
                   core::format_exact(mismatch.a_beta) + "/" + area + ")}");
  }

  bool is_pmos(const std::string& model) const {
    for (const problem::ModelCard& card : process_.models) {
      if (card.name == model) return card.type == "pmos";
    }
    return false;
  }

  const problem::Process& process_;
  std::map<std::string, Subcircuit> cells_;
  std::vector<std::string> drawn_;
  std::string cell_;
  std::vector<std::string> lines_;
  std::vector<std::string> devices_;
};

std::vector<std::string> plain_statements(const problem::Problem& problem) {
  std::vector<std::string> lines;
  for (const Statement& statement : statements(problem.netlist_lines)) lines.push_back(statement.text);
  return lines;
}

/// Value of a parameter in a corner, or as on the card.
double corner_value(const problem::Process& process, const std::string& corner, const std::string& card,
                    const std::string& parameter, double typical) {
  const auto& changes = process.corners.at(corner);
  const auto own = changes.find(card);
  if (own == changes.end()) return typical;
  const auto change = own->second.find(parameter);
  return change == own->second.end() ? typical : typical * change->second.scale + change->second.add;
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
  CellWriter writer(problem, plain_statements(problem));
  writer.lines();
  return writer.devices();
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

std::vector<std::string> monte_carlo_cell(const problem::Problem& problem, const std::vector<std::string>& drawn) {
  return CellWriter(problem, drawn).lines();
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
