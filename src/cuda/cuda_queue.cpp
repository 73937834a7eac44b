// A device's memory and linear algebra by CUDA: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>

#include "cuda_handles.hpp"

namespace exturbo::cuda {
namespace {

std::atomic<std::uint64_t> bytes_in_use{0};

/// Bytes that may be taken in all: EXTURBO_CUDA_MEMORY, for tests of a full device; else what there is.
std::uint64_t memory_limit() {
  const char* const text = std::getenv("EXTURBO_CUDA_MEMORY");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : ~std::uint64_t{0};
}

std::string version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

cublasOperation_t operation(bool transpose) { return transpose ? CUBLAS_OP_T : CUBLAS_OP_N; }

}  // namespace

Buffer::~Buffer() { reserve(0); }

bool Buffer::reserve(std::int64_t count) {
  if (count <= size_ && count > 0) return true;
  const auto bytes = [](std::int64_t doubles) { return static_cast<std::uint64_t>(doubles) * sizeof(double); };
  if (data_ != nullptr) {
    cudaFree(data_);
    bytes_in_use -= bytes(size_);
  }
  data_ = nullptr;
  size_ = 0;
  if (count == 0) return true;
  if (bytes_in_use + bytes(count) > memory_limit()) return false;
  const cudaError_t status = cudaMalloc(reinterpret_cast<void**>(&data_), bytes(count));
  if (status == cudaErrorMemoryAllocation) {
    cudaGetLastError();  // it is answered here: the next call must not find it
    data_ = nullptr;
    return false;
  }
  check(status, "allocation");
  size_ = count;
  bytes_in_use += bytes(count);
  return true;
}

std::unique_ptr<Queue::Handles> Queue::Handles::open() {
  auto opened = std::make_unique<Handles>();
  Handles& h = *opened;
  try {
    check(cudaStreamCreateWithFlags(&h.stream, cudaStreamNonBlocking), "stream");
    check(cublasCreate(&h.blas), "handle");
    check(cublasSetStream(h.blas, h.stream), "stream");
    check(cusolverDnCreate(&h.solver), "handle");
    check(cusolverDnSetStream(h.solver, h.stream), "stream");
    check(cusolverDnCreateParams(&h.parameters), "parameters");
    check(cudaMalloc(reinterpret_cast<void**>(&h.info), sizeof(int)), "allocation");
  } catch (...) {
    h.close();
    throw;
  }
  return opened;
}

void Queue::Handles::close() {
  cudaFree(work);
  cudaFree(info);
  if (parameters != nullptr) cusolverDnDestroyParams(parameters);
  if (solver != nullptr) cusolverDnDestroy(solver);
  if (blas != nullptr) cublasDestroy(blas);
  if (stream != nullptr) cudaStreamDestroy(stream);
}

/// Handles take milliseconds to make and processes come and go: those of closed queues serve new ones.
struct Queue::Idle {
  std::mutex mutex;
  std::vector<std::unique_ptr<Handles>> handles;
  static Idle& all() {
    static Idle* const idle = new Idle;  // for good: when the program ends, CUDA may have ended before
    return *idle;
  }
};

Queue::Queue() {
  Idle& idle = Idle::all();
  const std::lock_guard lock(idle.mutex);
  if (idle.handles.empty()) {
    handles_ = Handles::open();
  } else {
    handles_ = std::move(idle.handles.back());
    idle.handles.pop_back();
  }
}

Queue::~Queue() {
  Handles& h = *handles_;
  if (cudaStreamSynchronize(h.stream) != cudaSuccess) {  // nothing of it can be used again
    h.close();
    return;
  }
  cudaFree(h.work);
  h.work = nullptr;
  h.work_size = 0;
  Idle& idle = Idle::all();
  const std::lock_guard lock(idle.mutex);
  idle.handles.push_back(std::move(handles_));
}

void Queue::upload(const double* host, double* to, std::int64_t count) {
  upload_matrix(host, count, to, count, count, 1);
}

void Queue::upload_matrix(const double* host, std::int64_t host_stride, double* to, std::int64_t stride,
                          std::int64_t rows, std::int64_t columns) {
  if (rows == 0 || columns == 0) return;
  const auto bytes = [](std::int64_t doubles) { return static_cast<std::size_t>(doubles) * sizeof(double); };
  check(cudaMemcpy2DAsync(to, bytes(stride), host, bytes(host_stride), bytes(rows), static_cast<std::size_t>(columns),
                          cudaMemcpyHostToDevice, handles_->stream),
        "upload");
  // The caller's memory is its own again when this returns.
  check(cudaStreamSynchronize(handles_->stream), "upload");
}

void Queue::download(const double* from, double* host, std::int64_t count) {
  if (count == 0) return;
  check(cudaMemcpyAsync(host, from, static_cast<std::size_t>(count) * sizeof(double), cudaMemcpyDeviceToHost,
                        handles_->stream),
        "download");
  check(cudaStreamSynchronize(handles_->stream), "download");
}

void Queue::download_strided(const double* from, std::int64_t stride, double* host, std::int64_t count) {
  if (count == 0) return;
  check(cudaMemcpy2DAsync(host, sizeof(double), from, static_cast<std::size_t>(stride) * sizeof(double), sizeof(double),
                          static_cast<std::size_t>(count), cudaMemcpyDeviceToHost, handles_->stream),
        "download");
  check(cudaStreamSynchronize(handles_->stream), "download");
}

void Queue::copy(const double* from, double* to, std::int64_t count) {
  check(cudaMemcpyAsync(to, from, static_cast<std::size_t>(count) * sizeof(double), cudaMemcpyDeviceToDevice,
                        handles_->stream),
        "copy");
}

void Queue::multiply(bool transpose_a, bool transpose_b, std::int64_t m, std::int64_t n, std::int64_t k, double alpha,
                     const double* a, std::int64_t a_stride, const double* b, std::int64_t b_stride, double beta,
                     double* c, std::int64_t c_stride) {
  if (m == 0 || n == 0) return;
  check(cublasDgemm_64(handles_->blas, operation(transpose_a), operation(transpose_b), m, n, k, &alpha, a, a_stride, b,
                       b_stride, &beta, c, c_stride),
        "matrix product");
}

void Queue::solve_lower(bool transposed, std::int64_t m, std::int64_t n, const double* l, std::int64_t l_stride,
                        double* b, std::int64_t b_stride) {
  if (m == 0 || n == 0) return;
  const double one = 1;
  check(cublasDtrsm_64(handles_->blas, CUBLAS_SIDE_LEFT, CUBLAS_FILL_MODE_LOWER, operation(transposed),
                       CUBLAS_DIAG_NON_UNIT, m, n, &one, l, l_stride, b, b_stride),
        "triangular solution");
}

void Queue::begin_cholesky(std::int64_t n, double* a, std::int64_t stride) {
  Handles& h = *handles_;
  std::size_t on_device = 0, on_host = 0;
  check(cusolverDnXpotrf_bufferSize(h.solver, h.parameters, CUBLAS_FILL_MODE_LOWER, n, CUDA_R_64F, a, stride,
                                    CUDA_R_64F, &on_device, &on_host),
        "Cholesky factorisation");
  if (on_device > h.work_size) {
    cudaFree(h.work);
    h.work = nullptr;
    h.work_size = 0;
    if (cudaMalloc(&h.work, on_device) != cudaSuccess) {
      cudaGetLastError();
      h.failed = true;
      return;
    }
    h.work_size = on_device;
  }
  h.failed = false;
  h.host_work.resize(std::max(h.host_work.size(), on_host));
  check(cusolverDnXpotrf(h.solver, h.parameters, CUBLAS_FILL_MODE_LOWER, n, CUDA_R_64F, a, stride, CUDA_R_64F, h.work,
                         on_device, h.host_work.data(), on_host, h.info),
        "Cholesky factorisation");
}

Factored Queue::end_cholesky() {
  if (handles_->failed) return Factored::kNoMemory;
  int info = 0;
  check(cudaMemcpyAsync(&info, handles_->info, sizeof(int), cudaMemcpyDeviceToHost, handles_->stream), "download");
  check(cudaStreamSynchronize(handles_->stream), "Cholesky factorisation");
  return info == 0 ? Factored::kYes : Factored::kIndefinite;
}

DeviceState device_state() {
  DeviceState state;
  int count = 0, driver = 0;
  if (cudaDriverGetVersion(&driver) != cudaSuccess || driver == 0) {
    cudaGetLastError();
    state.name = "no NVIDIA driver is installed";
    return state;
  }
  const cudaError_t status = cudaGetDeviceCount(&count);
  if (status != cudaSuccess || count == 0) {
    cudaGetLastError();
    state.name = cudaGetErrorString(status);
    if (status == cudaSuccess || status == cudaErrorNoDevice) state.name = "no NVIDIA GPU is installed";
    if (status == cudaErrorInsufficientDriver)
      state.name = "the NVIDIA driver is for CUDA " + version_text(driver) + ", the plug-in needs " +
                   version_text(CUDART_VERSION);
    return state;
  }
  cudaDeviceProp properties{};
  if (cudaGetDeviceProperties(&properties, 0) != cudaSuccess) {
    state.name = "the CUDA device does not tell what it is";
    return state;
  }
  state.usable = true;
  state.name = properties.name;
  state.memory = properties.totalGlobalMem;
  return state;
}

}  // namespace exturbo::cuda
