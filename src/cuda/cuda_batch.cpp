// Likelihoods side by side: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "cuda_batch.hpp"

namespace exturbo::cuda {

CudaBatch::CudaBatch(const Eigen::Ref<const Eigen::MatrixXd>& points, int count)
    : centred_(points.colwise() - points.rowwise().mean()) {
  for (int k = 0; k < count; ++k) systems_.push_back(std::make_unique<KernelSystem>());
}

std::vector<gp::LikelihoodBatch::Terms> CudaBatch::factor(const std::vector<const gp::Hyperparameters*>& active,
                                                          const Eigen::Ref<const Eigen::MatrixXd>& targets) {
  for (std::size_t k = 0; k < active.size(); ++k) systems_[k]->begin_factor(centred_, *active[k]);
  std::vector<Terms> all(active.size());
  for (std::size_t k = 0; k < active.size(); ++k) {
    all[k].factor = systems_[k]->end_factor();
    if (!all[k].factor.ok) continue;
    all[k].log_determinant = systems_[k]->log_determinant();
    all[k].solved.resize(centred_.cols(), 2);
    all[k].solved << targets.col(static_cast<Eigen::Index>(k)), Eigen::VectorXd::Ones(centred_.cols());
    systems_[k]->solve(all[k].solved);
  }
  return all;
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
