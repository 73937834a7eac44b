// Agreement of rankings: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "agreement.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace exturbo::sensitivity {
namespace {

constexpr Eigen::Index kNearTop = 3;
constexpr double kLeastCorrelation = 0.5;

Eigen::VectorXd ranks(const Eigen::VectorXd& values) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return values[a] < values[b]; });
  Eigen::VectorXd result(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    for (std::size_t k = i; k < end; ++k) result[order[k]] = 0.5 * static_cast<double>(i + end - 1);
    i = end;
  }
  return result;
}

/// Place of a variable in a ranking, from 0.
Eigen::Index place(const Ranking& ranking, Eigen::Index variable) {
  return (ranking.sizes.array() > ranking.sizes[variable]).count();
}

}  // namespace

double rank_correlation(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
  Eigen::VectorXd x = ranks(a), y = ranks(b);
  x.array() -= x.mean();
  y.array() -= y.mean();
  const double scale = std::sqrt(x.squaredNorm() * y.squaredNorm());
  return scale > 0 ? x.dot(y) / scale : 0;
}

Eigen::Index Ranking::top() const {
  Eigen::Index at = 0;
  sizes.maxCoeff(&at);
  return at;
}

Agreement compare(const std::vector<std::string>& variables, const std::vector<Ranking>& rankings) {
  const Ranking& scales = rankings.front();
  if (!scales.known()) return {true, "Nothing to compare: the metric does not depend on the variables."};
  const auto name = [&](Eigen::Index j) { return variables[static_cast<std::size_t>(j)]; };
  std::string others;  // who puts something else first
  bool any = false, reordered = false, one_top = true;
  for (std::size_t k = 1; k < rankings.size(); ++k) {
    const Ranking& other = rankings[k];
    if (!other.known()) continue;
    any = true;
    one_top = one_top && other.top() == scales.top();
    const bool near = place(scales, other.top()) < kNearTop;
    if (!near) others += (others.empty() ? "" : ", ") + other.method + " " + name(other.top());
    reordered = reordered || (near && rank_correlation(scales.sizes, other.sizes) < kLeastCorrelation);
  }
  const std::string believe = " Believe the others: a near-linear effect has a long length-scale, however large it is.";
  if (!any) return {true, "There is nothing but length-scales."};
  if (!others.empty()) return {false, "Length-scales put " + name(scales.top()) + " first; " + others + "." + believe};
  if (reordered) return {false, "Length-scales order the variables behind the first differently." + believe};
  if (one_top) return {true, "All methods put " + name(scales.top()) + " first."};
  return {true, "The methods put the same variables in front, not all in the same order."};
}

}  // namespace exturbo::sensitivity
