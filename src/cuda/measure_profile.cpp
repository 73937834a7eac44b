// Measures a device: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "measure_profile.hpp"

#include <algorithm>
#include <chrono>

#include "exturbo/gp/sobol.hpp"
#include "kernel_system.hpp"

namespace exturbo::cuda {
namespace {

constexpr int kRepeats = 3;
constexpr std::int64_t kLargestProduct = 8192;

/// Least of the repeats, after one to warm up, in seconds; all work of the queue is done before and after.
template <class Work>
double seconds(Queue& queue, const double* any, const Work& work) {
  double least = 0;
  for (int k = 0; k <= kRepeats; ++k) {
    double ignored = 0;
    queue.download(any, &ignored, 1);
    const auto begin = std::chrono::steady_clock::now();
    work();
    queue.download(any, &ignored, 1);
    const double taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (k == 1 || (k > 1 && taken < least)) least = taken;
  }
  return least;
}

}  // namespace

gp::DeviceProfile measure_profile(int n, int d) {
  gp::DeviceProfile profile;
  const std::int64_t size = n;
  Queue queue;
  Buffer matrix, other, squares, point_memory;
  const Eigen::MatrixXd centred = gp::sobol_points(d, n).array() - 0.5;
  const Eigen::VectorXd lengthscales = Eigen::VectorXd::Constant(d, 2);
  if (!matrix.reserve(size * size) || !other.reserve(size * size) || !squares.reserve(d) ||
      !point_memory.reserve(size * point_size(d)))
    return profile;
  const PointSet points = upload_points(queue, centred, lengthscales, point_memory.data());
  queue.upload(lengthscales.data(), squares.data(), d);
  KernelTerms terms;
  terms.dimensions = d;
  terms.squared_lengthscales = squares.data();
  const auto assemble = [&](double* to) { assemble_lower(queue, terms, points, 0.1, to, size); };
  const double order = static_cast<double>(n);
  const double entries = order * order, half = order * (order + 1) / 2;
  assemble(matrix.data());
  assemble(other.data());
  profile.assemble = sizeof(double) * half / seconds(queue, matrix.data(), [&] { assemble(matrix.data()); });
  profile.copy = 2 * sizeof(double) * entries /
                 seconds(queue, other.data(), [&] { queue.copy(matrix.data(), other.data(), size * size); });
  const double both = seconds(queue, matrix.data(), [&] {
    assemble(matrix.data());
    queue.begin_cholesky(size, matrix.data(), size);
    queue.end_cholesky();
  });
  profile.factor = order * order * order / 3 / std::max(1e-9, both - sizeof(double) * half / profile.assemble);
  const std::int64_t side = std::min(size, kLargestProduct);
  Buffer product;
  if (!product.reserve(side * side)) return profile;
  const double edge = static_cast<double>(side);
  profile.multiply = 2 * edge * edge * edge / seconds(queue, product.data(), [&] {
                       queue.multiply(false, false, side, side, side, 1, other.data(), size, other.data(), size, 0,
                                      product.data(), side);
                     });
  return profile;
}

}  // namespace exturbo::cuda
