// Blocks, matching, signal path and type of a circuit: see recognition.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/circuit/recognition.hpp"

#include <algorithm>
#include <set>

#include "circuit_type.hpp"
#include "description_json.hpp"
#include "stages.hpp"

namespace exturbo::circuit {
namespace {

using problem::Json;

class Writer {
 public:
  explicit Writer(const Graph& graph) : graph_(graph) {}

  std::vector<std::string> names(const std::vector<int>& devices) const {
    std::vector<std::string> result;
    for (const int device : devices) {
      const auto& names = graph_.devices[device].names;
      result.insert(result.end(), names.begin(), names.end());
    }
    return result;
  }

  std::vector<std::string> nets(const std::vector<int>& numbers) const {
    std::vector<std::string> result;
    for (const int net : numbers) result.push_back(graph_.nets[net]);
    return result;
  }

  std::vector<std::string> rails(Rail rail) const {
    std::vector<std::string> result;
    for (std::size_t net = 0; net < graph_.nets.size(); ++net) {
      if (graph_.rails[net] == rail) result.push_back(graph_.nets[net]);
    }
    return result;
  }

  Block block(const char* type, const Part& part) const { return {type, names(part.devices), nets(part.nets)}; }

 private:
  const Graph& graph_;
};

Part part_of(const Graph& graph, const Pair& pair) {
  const Device& a = graph.devices[pair.a];
  const Device& b = graph.devices[pair.b];
  return {{pair.a, pair.b}, {pair.tail, a.gate, b.gate, a.drain, b.drain}};
}

Part part_of(const Graph& graph, const Mirror& mirror) {
  Part part{mirror.references, {mirror.gate}};
  part.devices.insert(part.devices.end(), mirror.outputs.begin(), mirror.outputs.end());
  for (const int device : part.devices) part.nets.push_back(graph.devices[device].drain);
  return part;
}

std::vector<Block> blocks_of(const Found& found) {
  const Writer writer(found.graph);
  std::vector<Block> blocks;
  const auto add_all = [&](const char* type, const std::vector<Part>& parts) {
    for (const Part& part : parts) blocks.push_back(writer.block(type, part));
  };
  std::vector<Part> pairs, mirrors, tails;
  std::set<int> tail_nets;
  for (const Pair& pair : found.pairs) {
    pairs.push_back(part_of(found.graph, pair));
    if (tail_nets.insert(pair.tail).second) tails.push_back({pair.feeders, {pair.tail}});
  }
  for (const Mirror& mirror : found.mirrors) mirrors.push_back(part_of(found.graph, mirror));
  const std::vector<Part> stages = find_output_stages(found);
  add_all("differential_pair", pairs);
  add_all("current_mirror", mirrors);
  add_all("cascode", find_cascodes(found));
  add_all("tail_source", tails);
  add_all("bias_chain", find_bias_chains(found));
  add_all("class_ab_control", find_class_ab_controls(found, stages));
  add_all("output_stage", stages);
  add_all("compensation", find_compensations(found));
  add_all("diode_load", find_diode_loads(found));
  return blocks;
}

/// Per net: whether an output lies behind it. What leaves an output is feedback.
std::vector<bool> nets_to_output(const Found& found) {
  const std::set<int> outputs(found.outputs.begin(), found.outputs.end());
  std::vector<std::vector<int>> before(found.graph.nets.size());
  for (int net = 0; net < static_cast<int>(before.size()); ++net) {
    if (!found.signals.is_signal(net) || outputs.contains(net)) continue;
    for (const int next : next_nets(found.graph, net)) before[next].push_back(net);
  }
  std::vector<bool> leads(before.size(), false);
  std::vector<int> open = found.outputs;
  for (const int net : open) leads[net] = true;
  while (!open.empty()) {
    const int net = open.back();
    open.pop_back();
    for (const int earlier : before[net]) {
      if (leads[earlier]) continue;
      leads[earlier] = true;
      open.push_back(earlier);
    }
  }
  return leads;
}

/// Devices that the signal goes through on its way to an output, in the order in which it reaches them.
std::vector<int> signal_path(const Found& found) {
  const Graph& graph = found.graph;
  const std::vector<bool> leads = nets_to_output(found);
  const std::set<int> outputs(found.outputs.begin(), found.outputs.end());
  std::vector<std::pair<int, int>> devices;  // level, device
  std::set<int> seen;
  for (int net = 0; net < static_cast<int>(graph.nets.size()); ++net) {
    if (!found.signals.is_signal(net) || outputs.contains(net)) continue;
    const std::vector<int> reached = next_nets(graph, net);
    for (const Pin& pin : graph.pins[net]) {
      const Device& device = graph.devices[pin.device];
      if (!device.is_transistor() && device.kind != Kind::kAmplifier) continue;
      const std::vector<int> outs =
          device.kind == Kind::kAmplifier ? device.outputs : std::vector<int>{device.drain, device.source};
      const bool on_path = std::any_of(outs.begin(), outs.end(), [&](int out) {
        return out != net && !graph.is_rail(out) && leads[out] &&
               std::find(reached.begin(), reached.end(), out) != reached.end();
      });
      if (on_path && pin.terminal != Terminal::kDrain && seen.insert(pin.device).second)
        devices.emplace_back(found.signals.level[net], pin.device);
    }
  }
  std::sort(devices.begin(), devices.end());
  std::vector<int> result;
  for (const auto& [level, device] : devices) result.push_back(device);
  return result;
}

}  // namespace

Recognition recognise(const CircuitDescription& description) {
  const Found found = find_all(with_names(description));
  const Writer writer(found.graph);
  Recognition result;
  result.ckt_type = circuit_type(found);
  result.blocks = blocks_of(found);
  for (const auto& [a, b] : found.matching.devices) result.matching.push_back(writer.names({a, b}));
  result.signal_path = writer.names(signal_path(found));
  result.inputs = writer.nets(found.signals.inputs_a);
  for (std::string& net : writer.nets(found.signals.inputs_b)) result.inputs.push_back(std::move(net));
  result.outputs = writer.nets(found.outputs);
  result.supplies = writer.rails(Rail::kTop);
  result.grounds = writer.rails(Rail::kBottom);
  return result;
}

std::string to_json(const CircuitDescription& description, const Recognition& recognition) {
  Json json = json_of(with_names(description));
  json["ckt_type"] = recognition.ckt_type;
  Json blocks = Json::array();
  for (const Block& block : recognition.blocks)
    blocks.push_back({{"type", block.type}, {"devices", block.devices}, {"nets", block.nets}});
  json["blocks"] = std::move(blocks);
  json["matching"] = recognition.matching;
  json["signal_path"] = recognition.signal_path;
  return json.dump(2) + "\n";
}

}  // namespace exturbo::circuit
