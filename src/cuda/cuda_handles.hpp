// What a queue holds of CUDA.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cublas_v2.h>
#include <cuda_runtime.h>
#include <cusolverDn.h>

#include <string>
#include <vector>

#include "exturbo/gp/device_error.hpp"
#include "queue.hpp"

namespace exturbo::cuda {

/// \throws gp::DeviceError: the device or its driver failed, which no retry mends.
inline void check(cudaError_t status, const char* what) {
  if (status != cudaSuccess) throw gp::DeviceError(std::string("CUDA: ") + what + ": " + cudaGetErrorString(status));
}
inline void check(cublasStatus_t status, const char* what) {
  if (status != CUBLAS_STATUS_SUCCESS)
    throw gp::DeviceError(std::string("cuBLAS: ") + what + ": " + cublasGetStatusString(status));
}
inline void check(cusolverStatus_t status, const char* what) {
  if (status != CUSOLVER_STATUS_SUCCESS)
    throw gp::DeviceError(std::string("cuSOLVER: ") + what + ": status " + std::to_string(status));
}

struct Queue::Handles {
  /// \throws gp::DeviceError.
  static std::unique_ptr<Handles> open();
  void close();

  cudaStream_t stream = nullptr;
  cublasHandle_t blas = nullptr;
  cusolverDnHandle_t solver = nullptr;
  cusolverDnParams_t parameters = nullptr;
  int* info = nullptr;        // on the device
  void* work = nullptr;       // on the device
  std::size_t work_size = 0;  // bytes
  std::vector<char> host_work;
  bool failed = false;  // no room to factor in
};

}  // namespace exturbo::cuda
