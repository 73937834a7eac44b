// The plug-in's entry points.
// SPDX-License-Identifier: BSD-3-Clause
#include <exception>

#include "cuda_batch.hpp"
#include "cuda_covariance.hpp"
#include "exturbo/gp/accelerator.hpp"
#include "measure_profile.hpp"

namespace exturbo::cuda {
namespace {

class CudaAccelerator final : public gp::Accelerator {
 public:
  explicit CudaAccelerator(DeviceState state) : state_(std::move(state)) {}

  std::string name() const override { return state_.name; }
  std::uint64_t memory() const override { return state_.memory; }
  std::unique_ptr<gp::Covariance> make_covariance() override { return std::make_unique<CudaCovariance>(); }
  std::unique_ptr<gp::LikelihoodBatch> make_likelihood_batch(const Eigen::Ref<const Eigen::MatrixXd>& points) override {
    return std::make_unique<CudaBatch>(points);
  }
  gp::DeviceProfile measure_profile(int n, int d) override { return cuda::measure_profile(n, d); }

 private:
  DeviceState state_;
};

/// A device that has no code here, or no room, says so at its first kernel, and here rather than in a run.
/// \throws gp::DeviceError.
void compute_something() {
  Queue queue;
  Buffer one;
  double value = 0;
  if (!one.reserve(1)) throw gp::DeviceError("the device has no memory left");
  set_identity(queue, one.data(), 1, 1);
  queue.download(one.data(), &value, 1);
  if (value != 1) throw gp::DeviceError("the device does not compute what it is told");
}

}  // namespace
}  // namespace exturbo::cuda

extern "C" exturbo::gp::Accelerator* exturbo_accelerator(int version, std::string* why) {
  using namespace exturbo;
  if (version != gp::kAcceleratorVersion) {
    *why = "the plug-in is of another build: version " + std::to_string(gp::kAcceleratorVersion) + ", not " +
           std::to_string(version);
    return nullptr;
  }
  static std::unique_ptr<cuda::CudaAccelerator> accelerator;
  try {
    const cuda::DeviceState state = cuda::device_state();
    *why = state.name;
    if (!state.usable) return nullptr;
    cuda::compute_something();
    if (!accelerator) accelerator = std::make_unique<cuda::CudaAccelerator>(state);
  } catch (const std::exception& error) {
    *why = error.what();
  }
  return accelerator.get();
}
