// The transistors: their operating points, and where power and noise go.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>

#include "exturbo/core/number.hpp"
#include "graphics.hpp"
#include "metric_text.hpp"
#include "problem/variable_uses.hpp"
#include "tables.hpp"

namespace exturbo::report {
namespace {


std::string size_in_micrometres(const problem::DeviceSize& size) {
  if (!size.width || !size.length) return "";
  return general(*size.width * 1e6, 4) + " / " + general(*size.length * 1e6, 4);
}

const char* region_mark(const std::string& region) {
  return region == "saturation" ? "● "
         : region == "weak"     ? "◐ "
         : region == "triode"   ? "▲ "
         : region == "off"      ? "○ "
                                : "";
}

Cell share_cell(const std::optional<double>& share) {
  if (!share) return {};
  const bool none = *share < 1e-4;
  const std::string percent = none ? "<0.01 %" : general(100 * *share, 2) + " %";
  return {percent, false, Tone::kPlain,
          share_bar(*share, percent) + "<span class=\"beside\">" + escape_html(percent) + "</span>"};
}

/// How the point of this transistor is marked; "" for one that is as it should be.
std::string flag_of(const Summary& summary, const std::string& name) {
  if (!summary.best || summary.best->corners.empty()) return "";
  for (const DevicePoint& device : summary.best->corners.front().devices) {
    if (device.name == name && device.flagged()) return "⚠ " + device.region;
  }
  return "";
}

}  // namespace

Table devices_table(const Summary& summary, const CornerDesign& corner) {
  std::map<std::string, double> values = summary.problem.parameters;
  for (const auto& [name, value] : summary.best->variables) values[name] = value;
  auto sizes = problem::device_sizes(problem::netlist_elements(summary.problem.netlist_lines), values,
                                     summary.problem.process.devices);
  Table table{(summary.best->corners.size() > 1 ? "Corner " + corner.name + ": operating" : "Operating") +
                  std::string(" point of each transistor; all fingers together, voltages in the device's own polarity. "
                              "Margin is Vds - Vdsat."),
              {{"Device"},
               {"Region"},
               {"W / L (µm)", true},
               {"ID", true},
               {"gm", true},
               {"gds", true},
               {"gm/ID", true},
               {"Vgs", true},
               {"Vds", true},
               {"Vdsat", true},
               {"Margin", true}},
              {}};
  for (const DevicePoint& device : corner.devices) {
    const auto cell = [&](double value, const char* unit) {
      return Cell{std::isnan(value) ? "" : core::format_quantity(value, unit, 3)};
    };
    const bool flagged = device.flagged();
    const double efficiency = device.gm / std::abs(device.id);
    table.rows.push_back({{device.name, true},
                          {region_mark(device.region) + device.region, false, flagged ? Tone::kBad : Tone::kPlain},
                          {size_in_micrometres(sizes[problem::upper(device.name)])},
                          cell(device.id, "A"),
                          cell(device.gm, "S"),
                          cell(device.gds, "S"),
                          {std::isfinite(efficiency) ? general(efficiency, 3) + " /V" : ""},
                          cell(device.vgs, "V"),
                          cell(device.vds, "V"),
                          cell(device.vdsat, "V"),
                          {std::isnan(device.margin) ? "" : (flagged ? "⚠ " : "") + signed_quantity(device.margin, "V"),
                           false, flagged ? Tone::kBad : Tone::kPlain}});
  }
  return table;
}

Table device_shares_table(const Summary& summary) {
  Table table{
      "What each transistor works at and takes at the first corner: inversion coefficient (below 0.1 weak, above 10 "
      "strong inversion), share of the power and of the input noise.",
      {{"Device"}, {"gm/ID", true}, {"Inversion"}, {"Power"}, {"Noise"}},
      {},
      true};
  if (!summary.explanation) return table;
  ByName<DeviceView> devices = summary.explanation->devices;
  std::stable_sort(devices.begin(), devices.end(),
                   [](const auto& a, const auto& b) { return natural_less(a.first, b.first); });
  for (const auto& [name, device] : devices) {
    std::string inversion = shorten(device.inversion, kNameShown);
    if (device.inversion_coefficient)
      inversion += (inversion.empty() ? "" : ", ") + general(*device.inversion_coefficient, 2);
    table.rows.push_back({{name, true, Tone::kPlain, "", flag_of(summary, name)},
                          {device.gm_over_id ? general(*device.gm_over_id, 3) + " /V" : ""},
                          {inversion},
                          share_cell(device.power_share),
                          share_cell(device.noise_share)});
  }
  return table;
}

Table poles_table(const Summary& summary) {
  Table table{"Poles by the nodes that make them, estimated at the first corner.",
              {{"Node"}, {"Frequency", true}, {"Role"}, {"Devices there", false, true}},
              {},
              true};
  if (!summary.explanation) return table;
  for (const Pole& pole : summary.explanation->poles) {
    table.rows.push_back({{shorten(pole.node, kNameShown), true},
                          {pole.frequency ? core::format_quantity(*pole.frequency, "Hz", 3) : ""},
                          {shorten(pole.role, kNameShown)},
                          {shorten(joined(pole.devices), 200)}});
  }
  return table;
}

}  // namespace exturbo::report
