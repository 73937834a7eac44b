// Sobol points: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/gp/sobol.hpp"

#include <boost/random/sobol.hpp>
#include <cstdint>
#include <vector>

namespace exturbo::gp {
namespace {

Eigen::MatrixXd points_with_shift(Eigen::Index dimensions, Eigen::Index count, const std::vector<std::uint32_t>& shift,
                                  double offset) {
  boost::random::sobol generator(static_cast<std::size_t>(dimensions));
  Eigen::MatrixXd points(dimensions, count);
  for (Eigen::Index i = 0; i < count; ++i) {
    for (Eigen::Index j = 0; j < dimensions; ++j) {
      const auto bits = static_cast<std::uint32_t>(generator() >> 32);
      points(j, i) = (static_cast<double>(bits ^ shift[static_cast<std::size_t>(j)]) + offset) * 0x1p-32;
    }
  }
  return points;
}

}  // namespace

Eigen::MatrixXd sobol_points(Eigen::Index dimensions, Eigen::Index count) {
  return points_with_shift(dimensions, count, std::vector<std::uint32_t>(static_cast<std::size_t>(dimensions), 0), 0);
}

Eigen::MatrixXd shifted_sobol_points(Eigen::Index dimensions, Eigen::Index count, core::RandomStream& stream) {
  std::vector<std::uint32_t> shift(static_cast<std::size_t>(dimensions));
  for (std::uint32_t& word : shift) word = stream.bits();
  return points_with_shift(dimensions, count, shift, 0.5);
}

}  // namespace exturbo::gp
