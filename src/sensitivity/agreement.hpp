// Where length-scales and the other measures of sensitivity disagree.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace exturbo::sensitivity {

/// Spearman's rank correlation; ties share their mean rank. 0 where one side has no order.
double rank_correlation(const Eigen::VectorXd& a, const Eigen::VectorXd& b);

/// Sizes of sensitivity per variable by one method; empty: the method has none.
struct Ranking {
  std::string method;  ///< As the reader knows it: "length-scales", ...
  Eigen::VectorXd sizes;

  bool known() const { return sizes.size() > 0 && sizes.maxCoeff() > 0; }
  Eigen::Index top() const;
};

struct Agreement {
  bool agrees = true;
  std::string statement;  ///< One sentence or two.
};

/// How the length-scales' ranking (first) stands to the others. They agree where the first variable of each ranking is
/// among the first three of the length-scales, and the rank correlation with each is 0.5 or more.
Agreement compare(const std::vector<std::string>& variables, const std::vector<Ranking>& rankings);

}  // namespace exturbo::sensitivity
