// What tightening a spec costs: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "limiting_text.hpp"

#include <cmath>

#include "metric_text.hpp"

namespace exturbo::report {

std::string price_text(const Summary& summary, const ActiveSpec& spec) {
  if (!spec.price) return "";
  const std::string unit = metric_unit(summary.problem, spec.metric);
  const bool natural = unit == "dB" || unit == "deg" || spec.bound.value_or(0) == 0;
  const double step = (natural ? 1 : 0.01 * std::abs(*spec.bound)) * (spec.side == "max" ? -1 : 1);
  return signed_quantity(*spec.price * step, metric_unit(summary.problem, summary.problem.objective.metric), 3) +
         (unit == "deg" ? " per degree"
          : natural     ? " per " + (unit.empty() ? std::string("1") : unit)
                        : " per 1 %");
}

std::string cost_text(const Summary& summary, const Tightening& tightening) {
  if (!tightening.met.value_or(true)) return "not met";
  if (!tightening.change) return "not known";
  return signed_quantity(*tightening.change, metric_unit(summary.problem, summary.problem.objective.metric), 3);
}

std::string cost_share(const Summary& summary, const Tightening& tightening) {
  const auto value = summary.objective();
  if (!tightening.met.value_or(true) || !tightening.change || !value || *value == 0) return "";
  return signed_percent(*tightening.change / std::abs(*value));
}

}  // namespace exturbo::report
