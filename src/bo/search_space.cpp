// The box of variables: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/bo/search_space.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "exturbo/core/fault.hpp"
#include "exturbo/core/number.hpp"

namespace exturbo::bo {
namespace {

double step_of(const Dimension& dimension) {
  if (dimension.grid > 0) return dimension.integer ? std::max(1.0, std::round(dimension.grid)) : dimension.grid;
  return dimension.integer ? 1.0 : 0.0;
}

// Slack on the bounds in grid steps: a bound that is a multiple up to rounding is itself on the grid.
constexpr double kGridSlack = 1e-9;

double first_step(const Dimension& d) { return std::ceil(d.lower / step_of(d) - kGridSlack); }
double last_step(const Dimension& d) { return std::floor(d.upper / step_of(d) + kGridSlack); }

void check(const Dimension& d, std::vector<core::Fault>& faults) {
  const auto fault = [&](const char* id, std::string what, std::string hint) {
    faults.push_back({id, "search space", d.name, std::move(what), std::move(hint)});
  };
  const std::string bounds = "lower " + core::format_exact(d.lower) + ", upper " + core::format_exact(d.upper);
  if (!std::isfinite(d.lower) || !std::isfinite(d.upper)) {
    fault("BO-002", "bounds are not finite", "give two numbers");
    return;
  }
  if (!(d.lower < d.upper)) {
    fault("BO-003", "needs lower < upper, has " + bounds, "swap them, or leave a fixed variable out");
    return;
  }
  if (d.scale == Scale::kLog && d.lower <= 0) {
    fault("BO-004", "log scale needs 0 < lower, has " + bounds, "use a linear scale or a positive bound");
  }
  if (!(d.grid >= 0) || !std::isfinite(d.grid)) {
    fault("BO-005", "needs grid >= 0, has " + core::format_exact(d.grid), "0 means continuous");
  } else if (step_of(d) > 0 && first_step(d) > last_step(d)) {
    fault("BO-006", "no multiple of the grid lies inside the bounds: " + bounds, "refine the grid or widen the bounds");
  }
}

/// count * step; where the step is a unit fraction (10 nm is 1 / 1e8), by a division, which gives the double nearest to
/// the decimal that people would write.
double multiple(double count, double step) {
  const double per_unit = std::round(1 / step);
  return per_unit > 1 && std::abs(per_unit * step - 1) < 1e-12 ? count / per_unit : count * step;
}

}  // namespace

SearchSpace::SearchSpace(std::vector<Dimension> dimensions) : dimensions_(std::move(dimensions)) {
  std::vector<core::Fault> faults;
  if (dimensions_.empty()) faults.push_back({"BO-001", "search space", "", "has no variables", "add at least one"});
  for (const Dimension& dimension : dimensions_) check(dimension, faults);
  if (!faults.empty()) throw core::InputError(std::move(faults));
}

double SearchSpace::step(int i) const { return step_of(dimensions_[static_cast<std::size_t>(i)]); }

double SearchSpace::round_value(int i, double value) const {
  const Dimension& d = dimensions_[static_cast<std::size_t>(i)];
  if (std::isnan(value)) value = d.scale == Scale::kLog ? std::sqrt(d.lower * d.upper) : 0.5 * (d.lower + d.upper);
  const double step = step_of(d);
  if (step > 0) return multiple(std::clamp(std::round(value / step), first_step(d), last_step(d)), step);
  return std::clamp(value, d.lower, d.upper);
}

std::vector<double> SearchSpace::round_values(const std::vector<double>& values) const {
  std::vector<double> rounded(values.size());
  for (int i = 0; i < size(); ++i)
    rounded[static_cast<std::size_t>(i)] = round_value(i, values[static_cast<std::size_t>(i)]);
  return rounded;
}

std::vector<double> SearchSpace::exact_values(const std::vector<double>& unit) const {
  std::vector<double> values(unit.size());
  for (std::size_t i = 0; i < dimensions_.size(); ++i) {
    const Dimension& d = dimensions_[i];
    values[i] = d.scale == Scale::kLog ? d.lower * std::pow(d.upper / d.lower, unit[i])
                                       : d.lower + unit[i] * (d.upper - d.lower);
  }
  return values;
}

std::vector<double> SearchSpace::to_values(const std::vector<double>& unit) const {
  std::vector<double> inside(unit);
  for (double& u : inside) u = std::clamp(u, 0.0, 1.0);
  return round_values(exact_values(inside));
}

std::vector<double> SearchSpace::to_unit(const std::vector<double>& values) const {
  std::vector<double> unit(values.size());
  for (std::size_t i = 0; i < dimensions_.size(); ++i) {
    const Dimension& d = dimensions_[i];
    if (std::isnan(values[i])) {
      unit[i] = 0.5;
      continue;
    }
    const double value = std::clamp(values[i], d.lower, d.upper);
    const double u = d.scale == Scale::kLog ? std::log(value / d.lower) / std::log(d.upper / d.lower)
                                            : (value - d.lower) / (d.upper - d.lower);
    unit[i] = std::clamp(u, 0.0, 1.0);
  }
  return unit;
}

std::vector<double> SearchSpace::round_unit(const std::vector<double>& unit) const { return to_unit(to_values(unit)); }

}  // namespace exturbo::bo
