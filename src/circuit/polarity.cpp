// What a model name stands for: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "polarity.hpp"

#include <initializer_list>

#include "exturbo/problem/model_name.hpp"

namespace exturbo::circuit {
namespace {

bool contains_one_of(const std::string& name, std::initializer_list<const char*> parts) {
  for (const char* part : parts) {
    if (name.find(part) != std::string::npos) return true;
  }
  return false;
}

/// Type of the card of that name, of one of its bins ("nch.3") included.
std::string card_type(const std::string& name, const Cards& cards) {
  const auto exact = cards.find(name);
  if (exact != cards.end()) return exact->second;
  const auto bin = cards.lower_bound(name + ".");
  return bin != cards.end() && problem::base_name(bin->first) == name ? bin->second : "";
}

std::string process_type(const std::string& name, const problem::Process* process) {
  if (const problem::Device* device = find_device(name, process)) return device->type;
  if (process == nullptr) return "";
  for (const problem::ModelCard& card : process->models) {
    if (card.name == name || problem::base_name(card.name) == name) return card.type;
  }
  return "";
}

}  // namespace

const problem::Device* find_device(const std::string& name, const problem::Process* process) {
  if (process == nullptr) return nullptr;
  const auto found = process->devices.find(name);
  return found == process->devices.end() ? nullptr : &found->second;
}

std::string mos_type(const std::string& name, const Cards& cards, const problem::Process* process, NameRule rule) {
  std::string type = card_type(name, cards);
  if (type.empty()) type = process_type(name, process);
  if (!type.empty()) return type == "nmos" ? "NMOS" : type == "pmos" ? "PMOS" : "";
  const bool n = contains_one_of(name, {"nch", "nmos", "nfet"});
  const bool p = contains_one_of(name, {"pch", "pmos", "pfet"});
  if (n != p) return n ? "NMOS" : "PMOS";
  if (n || rule == NameRule::kWholeWord || contains_one_of(name, {"npn", "pnp"})) return "";
  return name[0] == 'n' ? "NMOS" : name[0] == 'p' ? "PMOS" : "";
}

std::string bipolar_type(const std::string& name, const Cards& cards) {
  const std::string type = card_type(name, cards);
  if (!type.empty()) return type == "npn" ? "NPN" : type == "pnp" ? "PNP" : "";
  const bool n = contains_one_of(name, {"npn"});
  const bool p = contains_one_of(name, {"pnp"});
  return n == p ? "" : n ? "NPN" : "PNP";
}

}  // namespace exturbo::circuit
