// Devices that go together: see draft_topology.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "draft_topology.hpp"

namespace exturbo::agents {
namespace {

constexpr std::size_t kMostTransistors = 300;  ///< Symmetry is sought between all pairs of them, some times over.

/// Nets that mirror each other, grown from the drains of the pairs: devices whose terminals are the same or mirror each
/// other match, and what they connect mirrors each other too.
class Symmetry {
 public:
  Symmetry(const std::vector<FlatMos>& transistors, const std::set<std::string>& rails)
      : transistors_(transistors), rails_(rails) {}

  std::vector<std::vector<std::size_t>> run() {
    find_pairs();
    for (bool grows = true; grows;) {
      grows = false;
      for (std::size_t i = 0; i < transistors_.size(); ++i) {
        for (std::size_t j = i + 1; j < transistors_.size(); ++j) grows = match(i, j) || grows;
      }
    }
    std::vector<std::vector<std::size_t>> groups;
    for (const auto& [a, b] : matched_) {
      const std::size_t one = transistors_[a].element, two = transistors_[b].element;
      if (one != two) groups.push_back({std::min(one, two), std::max(one, two)});
    }
    return groups;
  }

 private:
  /// Exactly two devices at one source that is no rail, their gates and drains apart.
  void find_pairs() {
    std::map<std::pair<std::string, bool>, std::vector<std::size_t>> at_source;
    for (std::size_t i = 0; i < transistors_.size(); ++i) {
      const FlatMos& mos = transistors_[i];
      if (!rails_.contains(mos.source()) && mos.drain() != mos.gate()) at_source[{mos.source(), mos.pmos}].push_back(i);
    }
    for (const auto& [place, members] : at_source) {
      if (members.size() != 2) continue;
      const FlatMos &a = transistors_[members[0]], &b = transistors_[members[1]];
      if (a.gate() == b.gate() || a.drain() == b.drain() || rails_.contains(a.drain()) || rails_.contains(b.drain()))
        continue;
      matched_.insert({members[0], members[1]});
      mirror(a.drain(), b.drain());
      mirror(a.gate(), b.gate());
    }
  }

  void mirror(const std::string& a, const std::string& b) {
    if (a == b || image_.contains(a) || image_.contains(b)) return;
    image_[a] = b;
    image_[b] = a;
  }

  bool is_image(const std::string& a, const std::string& b) const {
    const auto found = image_.find(a);
    return found != image_.end() && found->second == b;
  }

  bool match(std::size_t i, std::size_t j) {
    const FlatMos &a = transistors_[i], &b = transistors_[j];
    if (a.pmos != b.pmos || matched_.contains({i, j})) return false;
    int images = 0;
    std::vector<std::pair<std::string, std::string>> fresh;
    for (std::size_t k = 0; k < 3; ++k) {
      if (is_image(a.nodes[k], b.nodes[k])) {
        ++images;
      } else if (a.nodes[k] != b.nodes[k]) {
        if (image_.contains(a.nodes[k]) || image_.contains(b.nodes[k]) || rails_.contains(a.nodes[k]) ||
            rails_.contains(b.nodes[k]))
          return false;
        fresh.emplace_back(a.nodes[k], b.nodes[k]);
      }
    }
    if (images == 0 || fresh.size() > 1) return false;
    matched_.insert({i, j});
    for (const auto& [one, two] : fresh) mirror(one, two);
    return true;
  }

  const std::vector<FlatMos>& transistors_;
  const std::set<std::string>& rails_;
  std::map<std::string, std::string> image_;
  std::set<std::pair<std::size_t, std::size_t>> matched_;
};

/// The device of a mirror whose own current sets the gate: its drain is the gate, or reaches it through a cascode.
std::optional<std::size_t> reference_of(const std::vector<FlatMos>& transistors,
                                        const std::vector<std::size_t>& members) {
  for (const std::size_t index : members) {
    if (transistors[index].drain() == transistors[index].gate()) return index;
  }
  for (const std::size_t index : members) {
    for (const FlatMos& cascode : transistors) {
      if (cascode.pmos == transistors[index].pmos && cascode.source() == transistors[index].drain() &&
          cascode.drain() == transistors[index].gate())
        return index;
    }
  }
  return std::nullopt;
}

std::vector<std::vector<std::size_t>> find_mirrors(const std::vector<FlatMos>& transistors) {
  std::map<std::tuple<std::string, std::string, bool>, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < transistors.size(); ++i) {
    const FlatMos& mos = transistors[i];
    alike[{mos.gate(), mos.source(), mos.pmos}].push_back(i);
  }
  std::vector<std::vector<std::size_t>> mirrors;
  for (const auto& [place, members] : alike) {
    if (members.size() < 2) continue;
    const auto reference = reference_of(transistors, members);
    if (!reference) continue;
    std::vector<std::size_t> mirror{transistors[*reference].element};
    for (const std::size_t index : members) {
      if (transistors[index].element != mirror.front()) mirror.push_back(transistors[index].element);
    }
    if (mirror.size() > 1) mirrors.push_back(std::move(mirror));
  }
  std::sort(mirrors.begin(), mirrors.end());
  return mirrors;
}

}  // namespace

DraftGroups find_groups(const std::vector<FlatMos>& transistors, const std::set<std::string>& rails) {
  if (transistors.size() > kMostTransistors) return {};
  return {Symmetry(transistors, rails).run(), find_mirrors(transistors)};
}

}  // namespace exturbo::agents
