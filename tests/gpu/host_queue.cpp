// The queue's sibling on the host: memory with a limit, linear algebra by Eigen. For tests without a device.
// SPDX-License-Identifier: BSD-3-Clause
#include "host_queue.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <atomic>
#include <cstring>
#include <limits>
#include <map>
#include <mutex>
#include <new>
#include <stdexcept>

#include "cuda/queue.hpp"
#include "exturbo/gp/device_error.hpp"

namespace exturbo::cuda {
namespace {

constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();

std::int64_t limit = kNone;
std::atomic<std::int64_t> in_use = 0;
bool backwards = false;
std::atomic<std::int64_t> launches_left = kNone;

struct Pages {
  void* begin;
  std::size_t bytes;
};

std::mutex mutex;
std::map<double*, Pages> pages_of;
int visitors = 0;

std::size_t page_size() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

void protect(int mode) {
  for (const auto& [at, pages] : pages_of) mprotect(pages.begin, pages.bytes, mode);
}

double* allocate(std::int64_t count) {
  const auto bytes = static_cast<std::size_t>(count) * sizeof(double);
  Pages pages{nullptr, (bytes + page_size() - 1) / page_size() * page_size()};
  pages.begin = mmap(nullptr, pages.bytes + page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages.begin == MAP_FAILED) throw std::bad_alloc();
  std::memset(pages.begin, 0xff, pages.bytes);  // what is read before it is written shows
  mprotect(static_cast<char*>(pages.begin) + pages.bytes, page_size(), PROT_NONE);
  const std::lock_guard lock(mutex);
  if (visitors == 0) mprotect(pages.begin, pages.bytes, PROT_NONE);
  auto* const at = reinterpret_cast<double*>(static_cast<char*>(pages.begin) + (pages.bytes - bytes));
  pages_of[at] = pages;
  return at;
}

void release(double* at) {
  const std::lock_guard lock(mutex);
  const auto found = pages_of.find(at);
  if (found == pages_of.end()) return;
  munmap(found->second.begin, found->second.bytes + page_size());
  pages_of.erase(found);
}

using Strided = Eigen::Map<Eigen::MatrixXd, 0, Eigen::OuterStride<>>;
using ConstStrided = Eigen::Map<const Eigen::MatrixXd, 0, Eigen::OuterStride<>>;

}  // namespace

void set_memory_limit(std::int64_t doubles) { limit = doubles; }
std::int64_t memory_in_use() { return in_use; }
void run_backwards(bool on) { backwards = on; }
bool runs_backwards() { return backwards; }
void fail_after(std::int64_t launches) { launches_left = launches; }
void fail_never() { launches_left = kNone; }
void fail_if_told() {
  if (launches_left != kNone && launches_left-- <= 0) throw gp::DeviceError("the device was told to fail");
}

HostAccess::HostAccess() {
  const std::lock_guard lock(mutex);
  if (visitors++ == 0) protect(PROT_READ | PROT_WRITE);
}

HostAccess::~HostAccess() {
  const std::lock_guard lock(mutex);
  if (--visitors == 0) protect(PROT_NONE);
}

Buffer::~Buffer() { reserve(0); }

bool Buffer::reserve(std::int64_t count) {
  if (count <= size_ && count > 0) return true;
  release(data_);
  in_use -= size_;
  data_ = nullptr;
  size_ = 0;
  if (count == 0) return true;
  if (in_use + count > limit) return false;
  data_ = allocate(count);
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
  const HostAccess access;
  if (count > 0) std::memcpy(to, host, static_cast<std::size_t>(count) * sizeof(double));
}

void Queue::upload_matrix(const double* host, std::int64_t host_stride, double* to, std::int64_t stride,
                          std::int64_t rows, std::int64_t columns) {
  const HostAccess access;
  Strided(to, rows, columns, Eigen::OuterStride<>(stride)) =
      ConstStrided(host, rows, columns, Eigen::OuterStride<>(host_stride));
}

void Queue::download(const double* from, double* host, std::int64_t count) {
  const HostAccess access;
  if (count > 0) std::memcpy(host, from, static_cast<std::size_t>(count) * sizeof(double));
}

void Queue::download_strided(const double* from, std::int64_t stride, double* host, std::int64_t count) {
  const HostAccess access;
  for (std::int64_t k = 0; k < count; ++k) host[k] = from[k * stride];
}

void Queue::copy(const double* from, double* to, std::int64_t count) {
  const HostAccess access;
  if (count > 0) std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(double));
}

void Queue::multiply(bool transpose_a, bool transpose_b, std::int64_t m, std::int64_t n, std::int64_t k, double alpha,
                     const double* a, std::int64_t a_stride, const double* b, std::int64_t b_stride, double beta,
                     double* c, std::int64_t c_stride) {
  const HostAccess access;
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
  const HostAccess access;
  const ConstStrided lower(l, m, m, Eigen::OuterStride<>(l_stride));
  Strided right(b, m, n, Eigen::OuterStride<>(b_stride));
  if (transposed) {
    lower.transpose().triangularView<Eigen::Upper>().solveInPlace(right);
  } else {
    lower.triangularView<Eigen::Lower>().solveInPlace(right);
  }
}

void Queue::begin_cholesky(std::int64_t n, double* a, std::int64_t stride) {
  const HostAccess access;
  Strided matrix(a, n, n, Eigen::OuterStride<>(stride));
  const Eigen::LLT<Eigen::MatrixXd> llt(matrix.selfadjointView<Eigen::Lower>());
  handles_->positive_definite = llt.info() == Eigen::Success;
  matrix.triangularView<Eigen::Lower>() = llt.matrixLLT();
}

Factored Queue::end_cholesky() { return handles_->positive_definite ? Factored::kYes : Factored::kIndefinite; }

DeviceState device_state() { return {true, "the host", 0}; }

}  // namespace exturbo::cuda
