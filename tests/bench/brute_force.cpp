// Brute-force slopes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "brute_force.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>

#include "exturbo/gp/sobol.hpp"
#include "exturbo/run/line_journal.hpp"
#include "exturbo/sizing/cost.hpp"
#include "sizing/design_evaluator.hpp"

namespace exturbo::bench {
namespace {

using Json = nlohmann::json;
constexpr double kStep = 2e-3;  ///< Of a central difference, in the unit cube.

/// The points around `unit`: itself first.
std::vector<std::vector<double>> points_around(const std::vector<double>& unit, double reach, int count) {
  std::vector<std::vector<double>> points{unit};
  const auto d = static_cast<Eigen::Index>(unit.size());
  const Eigen::MatrixXd sobol = gp::sobol_points(d, std::max(1, count - 1));
  for (int i = 0; i + 1 < count; ++i) {
    std::vector<double> point(unit);
    for (Eigen::Index j = 0; j < d; ++j) {
      double& u = point[static_cast<std::size_t>(j)];
      const double low = std::max(0.0, u - reach), high = std::min(1.0, u + reach);
      u = low + (high - low) * sobol(j, i);
    }
    points.push_back(std::move(point));
  }
  return points;
}

/// One point: metric -> slope per variable, null where it could not be measured.
Json slopes_at(const problem::Problem& problem, sizing::DesignEvaluator& evaluator, const bo::SearchSpace& space,
               const std::vector<double>& unit) {
  std::vector<std::vector<double>> designs;
  std::vector<double> widths;
  for (std::size_t j = 0; j < unit.size(); ++j) {
    std::vector<double> low(unit), high(unit);
    low[j] = std::max(0.0, unit[j] - kStep);
    high[j] = std::min(1.0, unit[j] + kStep);
    widths.push_back(high[j] - low[j]);
    designs.push_back(space.exact_values(low));
    designs.push_back(space.exact_values(high));
  }
  const std::vector<run::Evaluation> made = evaluator.evaluate(designs);
  Json result = Json::object();
  for (const problem::MetricDefinition& metric : problem.metrics) {
    Json row = Json::array();
    for (std::size_t j = 0; j < unit.size(); ++j) {
      const auto low = made[2 * j].metrics.find(metric.id), high = made[2 * j + 1].metrics.find(metric.id);
      const bool known = low != made[2 * j].metrics.end() && high != made[2 * j + 1].metrics.end();
      row.push_back(known ? Json((high->second - low->second) / widths[j]) : Json(nullptr));
    }
    result[metric.id] = std::move(row);
  }
  return result;
}

/// The file of finished points, read to its last whole line.
run::LineJournal take_up(const std::filesystem::path& store, const std::function<void(const Json&)>& read) {
  run::LineJournal journal(std::filesystem::absolute(store));
  std::ifstream stream(store, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
    read(Json::parse(text.substr(begin, end - begin)));
  journal.keep(begin);
  return journal;
}

}  // namespace

BruteForceSlopes brute_force_slopes(const problem::Problem& problem, const std::vector<double>& unit, double reach,
                                    int simulations, int workers, const std::filesystem::path& store) {
  const int d = static_cast<int>(unit.size());
  const auto points = points_around(unit, reach, std::max(1, simulations / (2 * d)));
  const std::string name = problem.name + "/" + problem.process.name;
  std::vector<Json> rows(points.size());
  run::LineJournal journal = take_up(store, [&](const Json& row) {
    if (row.at("problem") != name || row.at("reach") != reach) return;
    const auto at = row.at("point").get<std::size_t>();
    if (at < points.size() && row.at("unit") == Json(points[at])) rows[at] = row.at("slopes");
  });
  const bo::SearchSpace space = sizing::search_space(problem);
  sizing::Machine machine;
  machine.workers = workers;
  sizing::DesignEvaluator evaluator(problem, machine);
  BruteForceSlopes result;
  std::map<std::string, std::vector<int>> counts;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (rows[i].is_null()) {
      rows[i] = slopes_at(problem, evaluator, space, points[i]);
      journal.append(
          Json{{"problem", name}, {"reach", reach}, {"point", i}, {"unit", points[i]}, {"slopes", rows[i]}}.dump());
    }
    for (const auto& [metric, row] : rows[i].items()) {
      auto& sums = result.slopes.try_emplace(metric, unit.size(), 0.0).first->second;
      auto& seen = counts.try_emplace(metric, unit.size(), 0).first->second;
      for (std::size_t j = 0; j < unit.size(); ++j) {
        if (!row[j].is_number()) continue;
        sums[j] += std::abs(row[j].get<double>());
        ++seen[j];
      }
    }
  }
  for (auto& [metric, sums] : result.slopes) {
    for (std::size_t j = 0; j < sums.size(); ++j) sums[j] /= std::max(1, counts[metric][j]);
  }
  result.points = static_cast<int>(points.size());
  result.simulations = result.points * 2 * d;
  return result;
}

}  // namespace exturbo::bench
