// The models: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "surrogate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "exturbo/gp/fit_all.hpp"
#include "output_transform.hpp"
#include "threads.hpp"

namespace exturbo::bo {

/// What one update works on: the chosen points in the order of their ids, pending points, targets per output.
struct SurrogateSet::Data {
  Eigen::MatrixXd points;                    // d x n, told or learned
  std::vector<int> ids;                      // n
  Eigen::MatrixXd pending;                   // d x p
  std::vector<std::vector<double>> targets;  // per output, n; NaN: not in that output's model
};

struct SurrogateSet::Rows {
  Eigen::MatrixXd points;   // d x n
  Eigen::VectorXd targets;  // n, standardised
  std::vector<int> ids;     // n
};

namespace {

/// A told evaluation or a learned point. Ids of learned ones are negative, so that they come first.
struct ModelPoint {
  int id;
  Eigen::Ref<const Eigen::VectorXd> unit;
  const Outcome* outcome;
};

/// Squared distance from a centre, and an id.
using Near = std::pair<double, int>;

/// Moves the nearest `count` points, or all, to the front and returns how many; of equally near ones the run's own come
/// before learned ones.
std::ptrdiff_t gather_nearest(std::vector<Near>& points, int count) {
  const auto nearest = std::min(static_cast<std::ptrdiff_t>(count), static_cast<std::ptrdiff_t>(points.size()));
  std::nth_element(points.begin(), points.begin() + nearest, points.end(), [](const Near& a, const Near& b) {
    if (a.first != b.first) return a.first < b.first;
    return (a.second < 0) != (b.second < 0) ? a.second > 0 : a.second < b.second;
  });
  return nearest;
}

/// Told evaluations and learned points nearest the centre, at most `limit`, in the order of their ids. However many
/// were learned, the nearest of the run's own have half of the places: what was learned may be wrong.
std::vector<ModelPoint> nearest_points(const History& history, const Eigen::VectorXd& centre,
                                       const Eigen::VectorXd& weights, int limit) {
  const LearnedPoints& learned = history.learned();
  const auto distance_of = [&](const auto& unit) { return ((unit - centre).array() / weights.array()).square().sum(); };
  std::vector<Near> near, others;
  for (const Evaluation& e : history.all()) {
    if (e.told) near.emplace_back(distance_of(e.unit), e.suggestion.id);
  }
  const auto first = near.begin() + gather_nearest(near, limit / 2);
  others.assign(first, near.end());
  near.erase(first, near.end());
  const auto units = learned.units();
  others.reserve(others.size() + static_cast<std::size_t>(learned.size()));
  for (int i = 0; i < learned.size(); ++i) {
    if (!learned.is_replaced(i)) others.emplace_back(distance_of(units.col(i)), i - learned.size());
  }
  const std::ptrdiff_t more = gather_nearest(others, limit - static_cast<int>(near.size()));
  near.insert(near.end(), others.begin(), others.begin() + more);
  std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) { return a.second < b.second; });
  std::vector<ModelPoint> chosen;
  chosen.reserve(near.size());
  for (const auto& [distance, id] : near) {
    if (id > 0) {
      chosen.push_back({id, history.at(id).unit, &history.at(id).outcome});
    } else {
      const int index = id + learned.size();
      chosen.push_back({id, units.col(index), &learned.outcome(index)});
    }
  }
  return chosen;
}

}  // namespace

SurrogateSet::SurrogateSet(int dimensions, int constraints, const Options& options)
    : dimensions_(dimensions), constraints_(constraints), options_(options) {
  for (int output = 0; output <= constraints; ++output) add_output();
}

void SurrogateSet::add_output() {
  Surrogate& output = outputs_.emplace_back();
  output.process = gp::GaussianProcess(options_.compute);
  output.hyperparameters = gp::Hyperparameters::defaults(dimensions_);
}

void SurrogateSet::update(const History& history, const Ranking& ranking, const Evaluation& incumbent,
                          const Eigen::VectorXd& weights) {
  const auto chosen = nearest_points(history, incumbent.unit, weights, options_.max_model_points);
  const bool failures =
      std::any_of(chosen.begin(), chosen.end(), [](const ModelPoint& p) { return p.outcome->failed; });
  if (failures && !models_failures()) add_output();
  Data data;
  const auto n = static_cast<Eigen::Index>(chosen.size());
  data.points.resize(dimensions_, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    data.points.col(i) = chosen[static_cast<std::size_t>(i)].unit;
    data.ids.push_back(chosen[static_cast<std::size_t>(i)].id);
  }
  data.pending.resize(dimensions_, static_cast<Eigen::Index>(history.pending().size()));
  Eigen::Index next_pending = 0;
  for (const int id : history.pending()) data.pending.col(next_pending++) = history.at(id).unit;

  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double none = std::numeric_limits<double>::infinity();  // measured point, unmeasured number
  std::vector<double> objective;
  for (const ModelPoint& p : chosen) objective.push_back(p.outcome->failed ? nan : p.outcome->objective);
  data.targets.push_back(
      transform_objective(objective, incumbent.outcome.objective, options_.objective_hint.transform));
  for (int j = 0; j < constraints_; ++j) {
    const auto index = static_cast<std::size_t>(j);
    std::vector<double> slacks;
    for (const ModelPoint& p : chosen) {
      if (p.outcome->failed) continue;
      const double c = p.outcome->constraints[index];
      slacks.push_back(std::isfinite(c) ? c : none);
    }
    const Transform transform =
        options_.constraint_hints.empty() ? Transform::kAuto : options_.constraint_hints[index].transform;
    const std::vector<double> transformed = transform_constraint(slacks, ranking.scales()[index], transform);
    std::vector<double> targets;
    std::size_t next = 0;
    for (const ModelPoint& p : chosen) targets.push_back(p.outcome->failed ? nan : transformed[next++]);
    data.targets.push_back(std::move(targets));
  }
  if (models_failures()) {
    std::vector<double> targets;
    for (const ModelPoint& p : chosen) targets.push_back(p.outcome->failed ? 1.0 : -1.0);
    data.targets.push_back(std::move(targets));
  }

  // What was learned and is in the models counts like what was told: a fit on much need not follow each evaluation.
  const int told = history.told() + std::min(history.learned().size(), options_.max_model_points);
  const int due = told_at_fit_ + std::max({1, std::min(options_.batch, told_at_fit_ / 4), told_at_fit_ / 12});
  const bool refit = told >= due;
  if (refit) told_at_fit_ = told;
  const auto begin = std::chrono::steady_clock::now();
  std::vector<Rows> rows;
  for (int output = 0; output < size(); ++output) rows.push_back(rows_of(output, data));
  fit(rows, refit);
  for_each_output(options_.threads, size(),
                  [&](int output) { condition(output, std::move(rows[static_cast<std::size_t>(output)]), data); });
  seconds_fit_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

SurrogateSet::Rows SurrogateSet::rows_of(int output, const Data& data) {
  Surrogate& s = outputs_[static_cast<std::size_t>(output)];
  const std::vector<double>& all = data.targets[static_cast<std::size_t>(output)];
  std::vector<Eigen::Index> finite;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::isfinite(all[i])) finite.push_back(static_cast<Eigen::Index>(i));
  }
  const auto n = static_cast<Eigen::Index>(finite.size());
  Rows rows{Eigen::MatrixXd(dimensions_, n), Eigen::VectorXd(n), {}};
  for (Eigen::Index i = 0; i < n; ++i) {
    const Eigen::Index row = finite[static_cast<std::size_t>(i)];
    rows.points.col(i) = data.points.col(row);
    rows.targets[i] = all[static_cast<std::size_t>(row)];
    rows.ids.push_back(data.ids[static_cast<std::size_t>(row)]);
  }
  s.offset = n > 0 ? rows.targets.mean() : 0;
  rows.targets.array() -= s.offset;
  s.deviation = n > 1 ? std::sqrt(rows.targets.squaredNorm() / static_cast<double>(n - 1)) : 0;
  if (!(s.deviation > 1e-14 * (1 + std::abs(s.offset)))) s.deviation = 1;  // constant so far
  rows.targets /= s.deviation;
  return rows;
}

void SurrogateSet::fit(const std::vector<Rows>& rows, bool refit) {
  std::vector<gp::FitTask> tasks;
  std::vector<Surrogate*> of;
  for (int output = 0; output < size(); ++output) {
    Surrogate& s = outputs_[static_cast<std::size_t>(output)];
    const Rows& own = rows[static_cast<std::size_t>(output)];
    s.fresh = false;
    if (own.targets.size() < 3 || (s.fitted && !refit)) continue;
    gp::FitOptions options;
    options.max_evaluations = 40;
    options.compute = options_.compute;
    options.trend = output <= constraints_;  // whether evaluations fail has steps, no slope
    if (s.fitted) options.starts = {s.hyperparameters};
    tasks.push_back({own.points, own.targets, std::move(options)});
    of.push_back(&s);
  }
  const std::vector<gp::FitResult> results = gp::fit_all(tasks, thread_count(options_.threads, size()));
  for (std::size_t k = 0; k < results.size(); ++k) {
    Surrogate& s = *of[k];
    s.fresh = true;
    ++s.fits;
    s.likelihoods += results[k].evaluations;
    if (results[k].status == gp::FitStatus::kFailed) {
      ++s.failed_fits;
    } else {
      s.hyperparameters = results[k].hyperparameters;
      s.fitted = true;
    }
  }
}

void SurrogateSet::condition(int output, Rows rows, const Data& data) {
  Surrogate& s = outputs_[static_cast<std::size_t>(output)];
  const Eigen::Index n = rows.targets.size();
  const bool extends = !s.fresh && !s.ids.empty() && s.ids.size() <= rows.ids.size() &&
                       std::equal(s.ids.begin(), s.ids.end(), rows.ids.begin());
  if (extends) {  // the factor stays: rows of pending points go, those of newly told ones come
    const auto kept = static_cast<Eigen::Index>(s.ids.size());
    s.process.truncate(kept);
    if (n > kept) s.process.append(rows.points.rightCols(n - kept), rows.targets.tail(n - kept));
    s.process.set_targets(std::move(rows.targets));
  } else {
    s.process.condition(std::move(rows.points), std::move(rows.targets), s.hyperparameters);
  }
  s.ids = std::move(rows.ids);
  if (data.pending.cols() > 0 && n > 0) {
    Eigen::VectorXd believed;
    s.process.posterior(data.pending, believed, nullptr);
    s.process.append(data.pending, believed);
  }
}

Eigen::MatrixXd SurrogateSet::lengthscales(const Outcome& incumbent) const {
  std::vector<int> used;
  if (Ranking::feasible(incumbent)) {
    used.push_back(0);
  } else {
    for (int j = 0; j < constraints_; ++j) {
      if (!(incumbent.constraints[static_cast<std::size_t>(j)] <= 0)) used.push_back(j + 1);
    }
    if (used.empty()) used.push_back(0);
  }
  Eigen::MatrixXd result(dimensions_, static_cast<Eigen::Index>(used.size()));
  for (std::size_t k = 0; k < used.size(); ++k) {
    result.col(static_cast<Eigen::Index>(k)) = outputs_[static_cast<std::size_t>(used[k])].hyperparameters.lengthscales;
  }
  return result;
}

}  // namespace exturbo::bo
