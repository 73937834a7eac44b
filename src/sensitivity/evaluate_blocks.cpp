// Values of a cube function, a block at a time: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "sensitivity/evaluate_blocks.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace exturbo::sensitivity {
namespace {

constexpr Eigen::Index kBlock = 1024;

}  // namespace

Eigen::VectorXd evaluate_blocks(const CubeFunction& function, const Eigen::MatrixXd& points) {
  Eigen::VectorXd values(points.cols());
  for (Eigen::Index begin = 0; begin < points.cols(); begin += kBlock) {
    const Eigen::Index count = std::min(kBlock, points.cols() - begin);
    const Eigen::VectorXd block = function(points.middleCols(begin, count));
    if (block.size() != count) {
      throw std::invalid_argument("a cube function returned " + std::to_string(block.size()) + " values at " +
                                  std::to_string(count) + " points");
    }
    values.segment(begin, count) = block;
  }
  return values;
}

}  // namespace exturbo::sensitivity
