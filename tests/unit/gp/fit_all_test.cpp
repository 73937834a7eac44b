// Claims of fits of several processes: each is that of fit() alone, also where a device's likelihoods are shared.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/fit_all.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "exturbo/gp/exact_covariance.hpp"
#include "gp/likelihood_meeting.hpp"
#include "gp_data.hpp"

namespace exturbo::gp {
namespace {

/// A device whose batches are exact matrices one after the other; it notes how many it was asked for at once.
class OneByOne final : public Accelerator {
 public:
  std::string name() const override { return "one by one"; }
  std::uint64_t memory() const override { return 0; }
  std::unique_ptr<Covariance> make_covariance() override { return std::make_unique<ExactCovariance>(false); }
  std::unique_ptr<LikelihoodBatch> make_likelihood_batch(const Eigen::Ref<const Eigen::MatrixXd>& points) override {
    return std::make_unique<Batch>(points, *this);
  }
  DeviceProfile measure_profile(int, int) override { return {}; }
  std::vector<std::size_t> at_once;

 private:
  class Batch final : public LikelihoodBatch {
   public:
    Batch(const Eigen::MatrixXd& points, OneByOne& device) : points_(points), device_(device) {}
    std::vector<Terms> factor(const std::vector<const Hyperparameters*>& active,
                              const Eigen::Ref<const Eigen::MatrixXd>& targets) override {
      device_.at_once.push_back(active.size());
      matrices_.clear();
      std::vector<Terms> all;
      for (std::size_t k = 0; k < active.size(); ++k) {
        matrices_.push_back(std::make_unique<ExactCovariance>(true));
        matrices_.back()->set_points(points_);
        Terms terms;
        terms.factor = matrices_.back()->factor(*active[k]);
        terms.solved.resize(points_.cols(), 2);
        terms.solved << targets.col(static_cast<Eigen::Index>(k)), Eigen::VectorXd::Ones(points_.cols());
        if (terms.factor.ok) {
          matrices_.back()->solve_in_place(terms.solved);
          terms.log_determinant = matrices_.back()->log_determinant();
        }
        all.push_back(std::move(terms));
      }
      return all;
    }
    std::vector<Eigen::VectorXd> slopes(const std::vector<const Eigen::VectorXd*>& residuals,
                                        const std::vector<const Eigen::VectorXd*>& alphas) override {
      std::vector<Eigen::VectorXd> all(matrices_.size());
      for (std::size_t k = 0; k < matrices_.size(); ++k) {
        if (alphas[k] != nullptr) all[k] = matrices_[k]->likelihood_slopes(*residuals[k], *alphas[k]);
      }
      return all;
    }

   private:
    Eigen::MatrixXd points_;
    OneByOne& device_;
    std::vector<std::unique_ptr<ExactCovariance>> matrices_;
  };
};

std::vector<FitTask> some_tasks() {
  std::vector<FitTask> tasks;
  const Data shared = random_data(3, 40, 1);
  for (int k = 0; k < 4; ++k) {
    FitTask task{shared.points, shared.targets.array().pow(k % 2 + 1).matrix(), {}};
    if (k == 3) task = {random_data(3, 25, 2).points, random_data(3, 25, 2).targets, {}};
    task.options.trend = k == 1;
    task.targets.array() -= task.targets.mean();
    tasks.push_back(std::move(task));
  }
  return tasks;
}

void expect_same(const FitResult& a, const FitResult& b) {
  EXPECT_EQ(a.hyperparameters.lengthscales, b.hyperparameters.lengthscales);
  EXPECT_EQ(a.objective, b.objective);
  EXPECT_EQ(a.evaluations, b.evaluations);
}

TEST(FitAll, IsEachFitAloneForAnyThreads) {
  const std::vector<FitTask> tasks = some_tasks();
  for (const int threads : {1, 3}) {
    const std::vector<FitResult> all = fit_all(tasks, threads);
    for (std::size_t k = 0; k < tasks.size(); ++k)
      expect_same(all[k], fit(tasks[k].points, tasks[k].targets, tasks[k].options));
  }
}

TEST(LikelihoodMeeting, SearchesThatMeetFindWhatTheyFindAlone) {
  const std::vector<FitTask> tasks = some_tasks();
  OneByOne device;
  LikelihoodMeeting meeting(device, static_cast<int>(tasks.size()));
  std::vector<FitResult> met(tasks.size());
  std::vector<std::thread> searches;
  for (std::size_t k = 0; k < tasks.size(); ++k) {
    searches.emplace_back([&, k] {
      FitOptions options = tasks[k].options;
      options.covariance = [&](const Eigen::VectorXd& targets) { return meeting.covariance(targets); };
      met[k] = fit(tasks[k].points, tasks[k].targets, options);
      meeting.leave();
    });
  }
  for (std::thread& search : searches) search.join();
  for (std::size_t k = 0; k < tasks.size(); ++k)
    expect_same(met[k], fit(tasks[k].points, tasks[k].targets, tasks[k].options));
  EXPECT_EQ(*std::max_element(device.at_once.begin(), device.at_once.end()), 3U);  // of the same points
}

}  // namespace
}  // namespace exturbo::gp
