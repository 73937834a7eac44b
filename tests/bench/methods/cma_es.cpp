// CMA-ES: the (mu/mu_w, lambda) evolution strategy with covariance matrix adaptation (Hansen 2016, The CMA evolution
// strategy: a tutorial, arXiv 1604.00772), with its default parameters and positive weights.
// SPDX-License-Identifier: BSD-3-Clause
//
// In the unit cube. Starts at a random point with step 0.3; a sample outside the box is evaluated where reflection at
// the bounds puts it, which continues the function evenly beyond them. Starts anew at another random point once the
// distribution is too narrow or too ill-conditioned to go on.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "method.hpp"
#include "reflected.hpp"

namespace exturbo::bench {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kFirstStep = 0.3;
constexpr double kLeastStep = 1e-12;        ///< Of the widest axis.
constexpr double kLargestCondition = 1e14;  ///< Of the covariance.

/// Table 1 of the tutorial.
struct Parameters {
  int lambda, mu;
  VectorXd weights;
  double mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu, chi;

  explicit Parameters(double n) : lambda(4 + static_cast<int>(3 * std::log(n))), mu(lambda / 2), weights(mu) {
    for (int i = 0; i < mu; ++i) weights[i] = std::log((lambda + 1) / 2.0) - std::log(i + 1.0);
    weights /= weights.sum();
    mu_eff = 1 / weights.squaredNorm();
    c_sigma = (mu_eff + 2) / (n + mu_eff + 5);
    d_sigma = 1 + 2 * std::max(0.0, std::sqrt((mu_eff - 1) / (n + 1)) - 1) + c_sigma;
    c_c = (4 + mu_eff / n) / (n + 4 + 2 * mu_eff / n);
    c_1 = 2 / ((n + 1.3) * (n + 1.3) + mu_eff);
    c_mu = std::min(1 - c_1, 2 * (mu_eff - 2 + 1 / mu_eff) / ((n + 2) * (n + 2) + mu_eff));
    chi = std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));  // expected length of a normal vector
  }
};

/// The state between generations.
class Distribution {
 public:
  Distribution(VectorXd mean, const Parameters& parameters)
      : p_(parameters),
        mean_(std::move(mean)),
        path_sigma_(VectorXd::Zero(n())),
        path_c_(VectorXd::Zero(n())),
        covariance_(MatrixXd::Identity(n(), n())),
        axes_(MatrixXd::Identity(n(), n())),
        lengths_(VectorXd::Ones(n())) {}

  /// A direction y ~ N(0, C).
  VectorXd draw(core::RandomStream& stream) const {
    const VectorXd z = VectorXd::NullaryExpr(n(), [&] { return stream.normal(); });
    return axes_ * lengths_.cwiseProduct(z);
  }
  VectorXd at(const VectorXd& direction) const { return mean_ + sigma_ * direction; }

  /// `best`: the mu best directions, the best first.
  void update(const MatrixXd& best) {
    ++generation_;
    const double dimensions = static_cast<double>(n());
    const VectorXd step = best * p_.weights;
    mean_ += sigma_ * step;
    const VectorXd whitened = axes_ * (axes_.transpose() * step).cwiseQuotient(lengths_);
    path_sigma_ = (1 - p_.c_sigma) * path_sigma_ + std::sqrt(p_.c_sigma * (2 - p_.c_sigma) * p_.mu_eff) * whitened;
    const double length = path_sigma_.norm() / std::sqrt(1 - std::pow(1 - p_.c_sigma, 2 * generation_));
    const bool moderate = length < (1.4 + 2 / (dimensions + 1)) * p_.chi;
    path_c_ *= 1 - p_.c_c;
    if (moderate) path_c_ += std::sqrt(p_.c_c * (2 - p_.c_c) * p_.mu_eff) * step;
    const double correction = moderate ? 0 : p_.c_c * (2 - p_.c_c);
    covariance_ = (1 + p_.c_1 * correction - p_.c_1 - p_.c_mu) * covariance_ + p_.c_1 * path_c_ * path_c_.transpose() +
                  p_.c_mu * best * p_.weights.asDiagonal() * best.transpose();
    sigma_ *= std::exp(p_.c_sigma / p_.d_sigma * (path_sigma_.norm() / p_.chi - 1));
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(covariance_);
    axes_ = solver.eigenvectors();
    lengths_ = solver.eigenvalues().cwiseMax(0).cwiseSqrt();
  }

  bool is_spent() const {
    const double widest = lengths_.maxCoeff();
    const double narrowest = lengths_.minCoeff();
    return !std::isfinite(sigma_) || sigma_ * widest < kLeastStep ||
           !(widest * widest < kLargestCondition * narrowest * narrowest);
  }

 private:
  Eigen::Index n() const { return mean_.size(); }

  const Parameters& p_;
  VectorXd mean_;
  double sigma_ = kFirstStep;
  VectorXd path_sigma_, path_c_;
  MatrixXd covariance_, axes_;
  VectorXd lengths_;
  int generation_ = 0;
};

}  // namespace

void run_cma_es(Trial& trial, const MethodOptions& /*options*/) {
  const Parameters parameters(trial.space().size());
  int restarts = -1;
  while (trial.left() > 0) {
    core::RandomStream stream = trial.stream(static_cast<std::uint64_t>(++restarts));
    const std::vector<double> start = trial.random_point(stream);
    Distribution distribution(VectorXd::Map(start.data(), static_cast<Eigen::Index>(start.size())), parameters);
    while (!distribution.is_spent()) {
      MatrixXd directions(trial.space().size(), parameters.lambda);
      std::vector<std::vector<double>> points;
      for (int i = 0; i < parameters.lambda; ++i) {
        directions.col(i) = distribution.draw(stream);
        const VectorXd point = distribution.at(directions.col(i)).unaryExpr(&reflected);
        points.emplace_back(point.begin(), point.end());
      }
      const std::vector<Measured> results = trial.evaluate_unit(points);
      if (results.size() < points.size()) break;
      std::vector<int> order(points.size());
      std::iota(order.begin(), order.end(), 0);
      std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return results[static_cast<std::size_t>(a)].cost < results[static_cast<std::size_t>(b)].cost;
      });
      order.resize(static_cast<std::size_t>(parameters.mu));
      distribution.update(directions(Eigen::all, order));
    }
  }
  trial.tell_detail("restarts", restarts);
}

}  // namespace exturbo::bench
