// The queue's sibling on the host: memory with a limit, linear algebra by Eigen. For tests without a device.
// SPDX-License-Identifier: BSD-3-Clause
#include "host_queue.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <cstring>
#include <limits>
#include <vector>

#include "cuda/queue.hpp"

namespace exturbo::cuda {
namespace {

std::int64_t limit = std::numeric_limits<std::int64_t>::max();
std::int64_t in_use = 0;

using Strided = Eigen::Map<Eigen::MatrixXd, 0, Eigen::OuterStride<>>;
using ConstStrided = Eigen::Map<const Eigen::MatrixXd, 0, Eigen::OuterStride<>>;

}  // namespace

void set_memory_limit(std::int64_t doubles) { limit = doubles; }
std::int64_t memory_in_use() { return in_use; }

Buffer::~Buffer() { reserve(0); }

bool Buffer::reserve(std::int64_t count) {
  if (count <= size_ && count > 0) return true;
  delete[] data_;
  in_use -= size_;
  data_ = nullptr;
  size_ = 0;
  if (count == 0) return true;
  if (in_use + count > limit) return false;
  data_ = new double[static_cast<std::size_t>(count)];
  // What is read before it is written shows.
  for (std::int64_t k = 0; k < count; ++k) data_[k] = std::numeric_limits<double>::quiet_NaN();
  size_ = count;
  in_use += count;
  return true;
}

struct Queue::Handles {
  bool positive_definite = false;
};

Queue::Queue() : handles_(std::make_unique<Handles>()) {}
Queue::~Queue() = default;

void Queue::upload(const double* host, double* to, std::int64_t count) {
  std::memcpy(to, host, static_cast<std::size_t>(count) * sizeof(double));
}

void Queue::upload_matrix(const double* host, std::int64_t host_stride, double* to, std::int64_t stride,
                          std::int64_t rows, std::int64_t columns) {
  Strided(to, rows, columns, Eigen::OuterStride<>(stride)) =
      ConstStrided(host, rows, columns, Eigen::OuterStride<>(host_stride));
}

void Queue::download(const double* from, double* host, std::int64_t count) {
  std::memcpy(host, from, static_cast<std::size_t>(count) * sizeof(double));
}

void Queue::download_strided(const double* from, std::int64_t stride, double* host, std::int64_t count) {
  for (std::int64_t k = 0; k < count; ++k) host[k] = from[k * stride];
}

void Queue::copy(const double* from, double* to, std::int64_t count) {
  std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(double));
}

void Queue::multiply(bool transpose_a, bool transpose_b, std::int64_t m, std::int64_t n, std::int64_t k, double alpha,
                     const double* a, std::int64_t a_stride, const double* b, std::int64_t b_stride, double beta,
                     double* c, std::int64_t c_stride) {
  const ConstStrided left(a, transpose_a ? k : m, transpose_a ? m : k, Eigen::OuterStride<>(a_stride));
  const ConstStrided right(b, transpose_b ? n : k, transpose_b ? k : n, Eigen::OuterStride<>(b_stride));
  const Eigen::MatrixXd op_a = transpose_a ? Eigen::MatrixXd(left.transpose()) : Eigen::MatrixXd(left);
  const Eigen::MatrixXd op_b = transpose_b ? Eigen::MatrixXd(right.transpose()) : Eigen::MatrixXd(right);
  Strided out(c, m, n, Eigen::OuterStride<>(c_stride));
  if (beta == 0) out.setZero();  // as BLAS: C is not read then
  out = (beta * out + alpha * (op_a * op_b)).eval();
}

void Queue::solve_lower(bool transposed, std::int64_t m, std::int64_t n, const double* l, std::int64_t l_stride,
                        double* b, std::int64_t b_stride) {
  const ConstStrided lower(l, m, m, Eigen::OuterStride<>(l_stride));
  Strided right(b, m, n, Eigen::OuterStride<>(b_stride));
  if (transposed) {
    lower.transpose().triangularView<Eigen::Upper>().solveInPlace(right);
  } else {
    lower.triangularView<Eigen::Lower>().solveInPlace(right);
  }
}

void Queue::begin_cholesky(std::int64_t n, double* a, std::int64_t stride) {
  Strided matrix(a, n, n, Eigen::OuterStride<>(stride));
  const Eigen::LLT<Eigen::MatrixXd> llt(matrix.selfadjointView<Eigen::Lower>());
  handles_->positive_definite = llt.info() == Eigen::Success;
  matrix.triangularView<Eigen::Lower>() = llt.matrixLLT();
}

Factored Queue::end_cholesky() { return handles_->positive_definite ? Factored::kYes : Factored::kIndefinite; }

DeviceState device_state() { return {true, "the host", 0}; }

}  // namespace exturbo::cuda
