// Likelihoods side by side: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "cuda_batch.hpp"

namespace exturbo::cuda {

CudaBatch::CudaBatch(const Eigen::Ref<const Eigen::MatrixXd>& points)
    : centred_(points.colwise() - points.rowwise().mean()) {}

std::vector<gp::LikelihoodBatch::Terms> CudaBatch::factor(const std::vector<const gp::Hyperparameters*>& active,
                                                          const Eigen::Ref<const Eigen::MatrixXd>& targets) {
  std::vector<Terms> all(active.size());
  if (systems_.size() < active.size()) systems_.resize(active.size());
  for (std::size_t k = 0; k < active.size(); ++k) {
    if (active[k] == nullptr) continue;
    if (systems_[k] == nullptr) systems_[k] = std::make_unique<KernelSystem>(false);
    systems_[k]->begin_factor(centred_, *active[k]);
  }
  for (std::size_t k = 0; k < active.size(); ++k) {
    if (active[k] != nullptr) all[k] = finish(*systems_[k], targets.col(static_cast<Eigen::Index>(k)));
  }
  return all;
}

gp::LikelihoodBatch::Terms CudaBatch::finish(KernelSystem& system, const Eigen::VectorXd& targets) const {
  Terms terms;
  terms.factor = system.end_factor();
  if (!terms.factor.ok) return terms;
  terms.log_determinant = system.log_determinant();
  terms.solved.resize(targets.size(), 2);
  terms.solved << targets, Eigen::VectorXd::Ones(targets.size());
  system.solve(terms.solved);
  return terms;
}

std::vector<Eigen::VectorXd> CudaBatch::slopes(const std::vector<const Eigen::VectorXd*>& residuals,
                                               const std::vector<const Eigen::VectorXd*>& alphas) {
  std::vector<Eigen::VectorXd> all(alphas.size());
  for (std::size_t k = 0; k < alphas.size(); ++k) {
    if (alphas[k] != nullptr) all[k] = systems_[k]->likelihood_slopes(centred_, *residuals[k], *alphas[k]);
  }
  return all;
}

}  // namespace exturbo::cuda
