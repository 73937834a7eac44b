// gm/ID tables: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/agents/transistor_table.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace exturbo::agents {
namespace {

/// Where a value lies among increasing ones: between `first` and `first + 1`, `share` of the way.
struct Place {
  std::size_t first = 0;
  double share = 0;
};

Place place(const std::vector<double>& values, double value) {
  if (values.size() < 2 || !(value > values.front())) return {0, 0};
  if (value >= values.back()) return {values.size() - 2, 1};
  const auto above = std::upper_bound(values.begin(), values.end(), value);
  const auto first = static_cast<std::size_t>(above - values.begin()) - 1;
  return {first, (value - values[first]) / (values[first + 1] - values[first])};
}

double blend(double a, double b, double share) { return a + (b - a) * share; }

TransistorPoint blend(const TransistorPoint& a, const TransistorPoint& b, double share) {
  // Conductances vary over decades: their logarithms are blended.
  return {blend(a.gm_id, b.gm_id, share), std::exp(blend(std::log(a.gds_id), std::log(b.gds_id), share)),
          blend(a.vgs, b.vgs, share), blend(a.vdsat, b.vdsat, share)};
}

TransistorPoint at_density(const TransistorSweep& sweep, double ln_density) {
  const Place in = place(sweep.ln_density, ln_density);
  return blend(sweep.points[in.first], sweep.points[std::min(in.first + 1, sweep.points.size() - 1)], in.share);
}

/// ln of the density at which gm / ID falls through `gm_id` as the density grows.
double ln_density_at(const TransistorSweep& sweep, double gm_id) {
  for (std::size_t i = sweep.points.size() - 1; i > 0; --i) {
    const double weaker = sweep.points[i - 1].gm_id;
    const double stronger = sweep.points[i].gm_id;
    if (gm_id >= stronger && gm_id < weaker)
      return blend(sweep.ln_density[i], sweep.ln_density[i - 1], (gm_id - stronger) / (weaker - stronger));
  }
  return gm_id < sweep.points.back().gm_id ? sweep.ln_density.back() : sweep.ln_density.front();
}

}  // namespace

TransistorTable::TransistorTable(std::vector<double> lengths, std::vector<double> drain_voltages,
                                 std::vector<TransistorSweep> sweeps)
    : lengths_(std::move(lengths)), drain_voltages_(std::move(drain_voltages)), sweeps_(std::move(sweeps)) {
  for (double& length : lengths_) length = std::log(length);
}

TransistorPoint TransistorTable::at(double density, double length, double vds) const {
  const Place in_length = place(lengths_, std::log(length));
  const Place in_vds = place(drain_voltages_, vds);
  const double ln_density = std::log(std::max(density, 1e-12));
  const auto sweep = [&](std::size_t l, std::size_t v) -> const TransistorSweep& {
    return sweeps_[std::min(l, lengths_.size() - 1) * drain_voltages_.size() + std::min(v, drain_voltages_.size() - 1)];
  };
  const auto at_length = [&](std::size_t l) {
    return blend(at_density(sweep(l, in_vds.first), ln_density), at_density(sweep(l, in_vds.first + 1), ln_density),
                 in_vds.share);
  };
  return blend(at_length(in_length.first), at_length(in_length.first + 1), in_length.share);
}

double TransistorTable::density(double gm_id, double length, double vds) const {
  const Place in_length = place(lengths_, std::log(length));
  const Place in_vds = place(drain_voltages_, vds);
  const auto value = [&](std::size_t l, std::size_t v) {
    return ln_density_at(
        sweeps_[std::min(l, lengths_.size() - 1) * drain_voltages_.size() + std::min(v, drain_voltages_.size() - 1)],
        gm_id);
  };
  const auto at_length = [&](std::size_t l) {
    return blend(value(l, in_vds.first), value(l, in_vds.first + 1), in_vds.share);
  };
  return std::exp(blend(at_length(in_length.first), at_length(in_length.first + 1), in_length.share));
}

}  // namespace exturbo::agents
