// A plug-in whose device is the host, to see what becomes of the program when a device fails.
// SPDX-License-Identifier: BSD-3-Clause
#include "cuda/cuda_batch.hpp"
#include "cuda/cuda_covariance.hpp"
#include "exturbo/gp/accelerator.hpp"
#include "host_queue.hpp"

namespace {

using namespace exturbo;

class HostAccelerator final : public gp::Accelerator {
 public:
  std::string name() const override { return "the host"; }
  std::uint64_t memory() const override { return 1 << 30; }
  std::unique_ptr<gp::Covariance> make_covariance() override { return std::make_unique<cuda::CudaCovariance>(); }
  std::unique_ptr<gp::LikelihoodBatch> make_likelihood_batch(const Eigen::Ref<const Eigen::MatrixXd>& points) override {
    return std::make_unique<cuda::CudaBatch>(points);
  }
  gp::DeviceProfile measure_profile(int, int) override { return {}; }
};

}  // namespace

extern "C" gp::Accelerator* exturbo_accelerator(int version, std::string* why) {
  static HostAccelerator accelerator;
  *why = version == gp::kAcceleratorVersion ? accelerator.name() : "another build";
  return version == gp::kAcceleratorVersion ? &accelerator : nullptr;
}

/// \param launches so many kernels start, then all fail. \param doubles of memory that the device has.
extern "C" void exturbo_host_device(std::int64_t launches, std::int64_t doubles) {
  cuda::fail_after(launches);
  cuda::set_memory_limit(doubles);
}
