// Sobol' indices: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/sensitivity/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "exturbo/core/random.hpp"
#include "exturbo/gp/sobol.hpp"
#include "sensitivity/evaluate_blocks.hpp"

namespace exturbo::sensitivity {
namespace {

using Eigen::Index;

constexpr std::uint64_t kPointStream = 0, kBootstrapStream = 1;
constexpr double kRounding = 1e-12;

void check(Index dimensions, const SobolOptions& options) {
  const auto fail = [](const std::string& what) { throw std::invalid_argument("sobol_indices: " + what); };
  if (dimensions < 1) fail("dimensions must be at least 1");
  if (options.rows < 1) fail("rows must be at least 1");
  if (options.replicates < 0) fail("replicates must not be negative");
  for (const auto& [i, j] : options.pairs) {
    if (std::min(i, j) < 0 || std::max(i, j) >= dimensions || i == j) {
      fail("a pair must name two of the " + std::to_string(dimensions) + " variables");
    }
  }
}

/// Columns of the values: f(A), f(B), f(AB_i) for each i, f(BA_i) for each i.
Index ab(Index i) { return 2 + i; }
Index ba(Index i, Index d) { return 2 + d + i; }

/// N x 2 d + 2.
Eigen::MatrixXd evaluate_design(const CubeFunction& function, Index d, const SobolOptions& options) {
  core::RandomStream stream(options.rng_seed, kPointStream, core::Purpose::kSensitivity);
  const Eigen::MatrixXd base = gp::shifted_sobol_points(2 * d, options.rows, stream);
  Eigen::MatrixXd values(options.rows, 2 * d + 2);
  for (const Index half : {0, 1}) {
    const auto own = base.middleRows(half * d, d);
    const auto other = base.middleRows((1 - half) * d, d);
    Eigen::MatrixXd points = own;
    values.col(half) = evaluate_blocks(function, points);
    for (Index i = 0; i < d; ++i) {
      points.row(i) = other.row(i);
      values.col(half == 0 ? ab(i) : ba(i, d)) = evaluate_blocks(function, points);
      points.row(i) = own.row(i);
    }
  }
  return values;
}

Eigen::MatrixXd finite_rows(Eigen::MatrixXd values) {
  std::vector<Index> finite;
  for (Index n = 0; n < values.rows(); ++n) {
    if (values.row(n).allFinite()) finite.push_back(n);
  }
  if (static_cast<Index>(finite.size()) == values.rows()) return values;
  return values(finite, Eigen::all);
}

/// What is averaged over the rows, N x 1 + 2 d + pairs: for V, V S_i, V T_i, V S_ij.
Eigen::MatrixXd terms_of_rows(const Eigen::MatrixXd& values, Index d, const std::vector<VariablePair>& pairs) {
  const auto f = [&](Index column) { return values.col(column).array(); };
  Eigen::MatrixXd terms(values.rows(), 1 + 2 * d + static_cast<Index>(pairs.size()));
  terms.col(0) = 0.25 * (f(0) - f(1)).square();
  for (Index i = 0; i < d; ++i) {
    terms.col(0).array() += 0.25 / static_cast<double>(d) * (f(ab(i)) - f(ba(i, d))).square();
    terms.col(1 + i) = 0.5 * (f(ba(i, d)) - f(1)) * (f(0) - f(ab(i)));
    terms.col(1 + d + i) = 0.25 * ((f(0) - f(ab(i))).square() + (f(1) - f(ba(i, d))).square());
  }
  Index column = 1 + 2 * d;
  for (const auto& [i, j] : pairs) {
    terms.col(column++) = 0.5 * ((f(ba(i, d)) - f(1)) * (f(ab(j)) - f(0)) + (f(ba(j, d)) - f(1)) * (f(ab(i)) - f(0)));
  }
  return terms;
}

/// Sums of the terms over their first, the variance: 1 + 2 d + pairs.
Eigen::VectorXd ratios(const Eigen::VectorXd& sums) {
  if (sums[0] <= 0) return Eigen::VectorXd::Zero(sums.size());
  return sums / sums[0];
}

/// Ratios (1 + 2 d + pairs) of resampled rows, a column a replicate.
Eigen::MatrixXd bootstrap(const Eigen::MatrixXd& terms, const SobolOptions& options) {
  core::RandomStream stream(options.rng_seed, kBootstrapStream, core::Purpose::kSensitivity);
  const auto rows = static_cast<std::uint32_t>(terms.rows());
  Eigen::MatrixXd replicates(terms.cols(), options.replicates);
  Eigen::VectorXd times(terms.rows());
  for (Index r = 0; r < replicates.cols(); ++r) {
    times.setZero();
    for (std::uint32_t n = 0; n < rows; ++n) times[stream.below(rows)] += 1;
    replicates.col(r) = ratios(terms.transpose() * times);
  }
  return replicates;
}

/// Of sorted values, between the two nearest.
double quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

std::vector<IndexEstimate> estimates(const Eigen::VectorXd& values, const Eigen::MatrixXd& replicates) {
  std::vector<IndexEstimate> result;
  for (Index k = 0; k < values.size(); ++k) {
    result.push_back({values[k], values[k], values[k]});
    if (replicates.cols() == 0) continue;
    std::vector<double> sorted(static_cast<std::size_t>(replicates.cols()));
    Eigen::VectorXd::Map(sorted.data(), replicates.cols()) = replicates.row(k);
    std::sort(sorted.begin(), sorted.end());
    result.back().lower = quantile(sorted, 0.025);
    result.back().upper = quantile(sorted, 0.975);
  }
  return result;
}

}  // namespace

std::vector<VariablePair> all_pairs(Index dimensions) {
  std::vector<VariablePair> pairs;
  for (Index i = 0; i < dimensions; ++i) {
    for (Index j = i + 1; j < dimensions; ++j) pairs.push_back({i, j});
  }
  return pairs;
}

SobolIndices sobol_indices(const CubeFunction& function, Index dimensions, const SobolOptions& options) {
  check(dimensions, options);
  const Index d = dimensions;
  SobolIndices result;
  result.first.resize(static_cast<std::size_t>(d));
  result.total.resize(static_cast<std::size_t>(d));
  result.second.resize(options.pairs.size());
  result.evaluations = options.rows * (2 * d + 2);
  Eigen::MatrixXd values = finite_rows(evaluate_design(function, d, options));
  result.rows = values.rows();
  if (result.rows == 0) return result;
  result.mean = values.leftCols(2).mean();
  const double magnitude = values.cwiseAbs().maxCoeff();
  values.array() -= result.mean;
  const double spread = values.cwiseAbs().maxCoeff();
  if (spread <= kRounding * magnitude) return result;
  values /= spread;  // squares neither overflow nor vanish
  const Eigen::MatrixXd terms = terms_of_rows(values, d, options.pairs);
  const Eigen::VectorXd sums = terms.colwise().sum();
  result.variance = sums[0] / static_cast<double>(result.rows) * spread * spread;
  const std::vector<IndexEstimate> indices = estimates(ratios(sums), bootstrap(terms, options));
  const auto begin = indices.begin() + 1;
  result.first.assign(begin, begin + d);
  result.total.assign(begin + d, begin + 2 * d);
  result.second.assign(begin + 2 * d, indices.end());
  return result;
}

}  // namespace exturbo::sensitivity
