// exturbo explain
// SPDX-License-Identifier: BSD-3-Clause
#include <iostream>

#include "command.hpp"
#include "exturbo/report/report.hpp"

namespace exturbo::cli {

int run_explain(const Command& self, const std::vector<std::string>& words) {
  const auto arguments = parse(self, {}, "DIR", words);
  if (!arguments) return kDone;
  std::cout << report::render_essence(run::RunFolder::read((*arguments)["DIR"].as<std::string>()));
  return kDone;
}

}  // namespace exturbo::cli
