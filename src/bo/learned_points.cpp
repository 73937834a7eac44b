// What was learned before the run: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "learned_points.hpp"

namespace exturbo::bo {

void LearnedPoints::add(const std::vector<double>& values, const std::vector<double>& unit, const Outcome& outcome) {
  if (!index_.emplace(values, size()).second) return;
  values_.push_back(values);
  units_.insert(units_.end(), unit.begin(), unit.end());
  outcomes_.push_back(outcome);
  replaced_.push_back(false);
  measured_ += !outcome.failed;
}

void LearnedPoints::replace(const std::vector<double>& values) {
  if (const auto found = index_.find(values); found != index_.end())
    replaced_[static_cast<std::size_t>(found->second)] = true;
}

Eigen::Map<const Eigen::MatrixXd> LearnedPoints::units() const {
  const auto count = static_cast<Eigen::Index>(size());
  const auto dimensions = count == 0 ? 0 : static_cast<Eigen::Index>(units_.size()) / count;
  return {units_.data(), dimensions, count};
}

}  // namespace exturbo::bo
