// Fits of several processes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/fit_all.hpp"

#include <algorithm>
#include <thread>

#include "exturbo/gp/accelerator.hpp"
#include "likelihood_meeting.hpp"

namespace exturbo::gp {
namespace {

/// Whether the device computes a task's likelihoods together with others'.
bool meets(const FitTask& task) {
  const Eigen::Index n = task.targets.size();
  return on_device(task.options.compute, n) && std::min<Eigen::Index>(n, task.options.max_points) <= kTogether;
}

void fit_together(Accelerator& device, const std::vector<FitTask>& tasks, const std::vector<std::size_t>& which,
                  std::vector<FitResult>& results) {
  LikelihoodMeeting meeting(device, static_cast<int>(which.size()));
  std::vector<std::thread> searches;
  for (const std::size_t k : which) {
    searches.emplace_back([&, k] {
      FitOptions options = tasks[k].options;
      options.covariance = [&](const Eigen::VectorXd& targets) { return meeting.covariance(targets); };
      results[k] = fit(tasks[k].points, tasks[k].targets, options);
      meeting.leave();
    });
  }
  for (std::thread& search : searches) search.join();
}

}  // namespace

std::vector<FitResult> fit_all(const std::vector<FitTask>& tasks, int threads) {
  std::vector<FitResult> results(tasks.size());
  std::vector<std::size_t> together, alone;
  for (std::size_t k = 0; k < tasks.size(); ++k) (meets(tasks[k]) ? together : alone).push_back(k);
  Accelerator* const device = together.size() > 1 ? accelerator() : nullptr;
  if (device != nullptr) {
    fit_together(*device, tasks, together, results);
  } else {
    alone.insert(alone.end(), together.begin(), together.end());
  }
  const auto count = static_cast<int>(alone.size());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (int i = 0; i < count; ++i) {
    const FitTask& task = tasks[alone[static_cast<std::size_t>(i)]];
    results[alone[static_cast<std::size_t>(i)]] = fit(task.points, task.targets, task.options);
  }
  return results;
}

}  // namespace exturbo::gp
