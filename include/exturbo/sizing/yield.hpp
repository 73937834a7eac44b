// What samples of a random design say: yield with its confidence interval, and the distribution of a metric.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <utility>
#include <vector>

namespace exturbo::sizing {

/// Clopper-Pearson interval of a share: `passed` of `samples` at the given confidence.
std::pair<double, double> clopper_pearson(int passed, int samples, double confidence = 0.95);

/// Value below which `share` of the sorted values lie, linear between order statistics; `sorted` is not empty.
double quantile(const std::vector<double>& sorted, double share);

/// Mean and standard deviation (of n - 1; 0 for one value); `values` is not empty.
std::pair<double, double> mean_and_sigma(const std::vector<double>& values);

}  // namespace exturbo::sizing
