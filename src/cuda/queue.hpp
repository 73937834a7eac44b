// A device's memory and its dense linear algebra: the thin layer between the algorithms and CUDA.
// SPDX-License-Identifier: BSD-3-Clause
//
// Siblings: cuda_queue.cpp on the CUDA runtime, cuBLAS and cuSOLVER; tests/gpu/host_queue.cpp on the host's memory and
// Eigen. Column-major doubles; pointers are the device's unless named `host`. Work of one queue is done in order.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace exturbo::cuda {

/// Doubles in a device's memory.
class Buffer {
 public:
  Buffer() = default;
  ~Buffer();
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  /// Makes room for `count` doubles, whose values are then unspecified. False where the device has no room for them:
  /// the buffer is then empty.
  bool reserve(std::int64_t count);
  double* data() const { return data_; }

 private:
  double* data_ = nullptr;
  std::int64_t size_ = 0;
};

/// What came of a Cholesky factorisation.
enum class Factored { kYes, kIndefinite, kNoMemory };

class Queue {
 public:
  /// \throws gp::DeviceError.
  Queue();
  ~Queue();
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  void upload(const double* host, double* to, std::int64_t count);
  /// Rows x columns into a matrix whose columns lie `stride` apart.
  void upload_matrix(const double* host, std::int64_t host_stride, double* to, std::int64_t stride, std::int64_t rows,
                     std::int64_t columns);
  /// Waits for all work before it.
  void download(const double* from, double* host, std::int64_t count);
  /// `count` doubles that lie `stride` apart.
  void download_strided(const double* from, std::int64_t stride, double* host, std::int64_t count);

  void copy(const double* from, double* to, std::int64_t count);

  /// C <- alpha op(A) op(B) + beta C, C of m x n, the inner dimension k.
  void multiply(bool transpose_a, bool transpose_b, std::int64_t m, std::int64_t n, std::int64_t k, double alpha,
                const double* a, std::int64_t a_stride, const double* b, std::int64_t b_stride, double beta, double* c,
                std::int64_t c_stride);
  /// B <- L^-1 B, transposed L^-T B, for a lower triangular L of order m and B of m x n.
  void solve_lower(bool transposed, std::int64_t m, std::int64_t n, const double* l, std::int64_t l_stride, double* b,
                   std::int64_t b_stride);
  /// Begins the Cholesky factorisation of the lower triangle of A (order n) in place.
  void begin_cholesky(std::int64_t n, double* a, std::int64_t stride);
  /// Waits for it.
  Factored end_cholesky();

  struct Handles;
  Handles& handles() { return *handles_; }

 private:
  struct Idle;
  std::unique_ptr<Handles> handles_;
};

/// What there is to compute on, or why nothing.
struct DeviceState {
  bool usable = false;
  std::string name;  ///< Or the reason.
  std::uint64_t memory = 0;
};
DeviceState device_state();

}  // namespace exturbo::cuda
