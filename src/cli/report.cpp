// exturbo report
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/report/report.hpp"

#include <iostream>

#include "command.hpp"

namespace exturbo::cli {

int run_report(const Command& self, const std::vector<std::string>& words) {
  const auto arguments = parse(self, {}, "DIR", words);
  if (!arguments) return kDone;
  const std::filesystem::path folder = (*arguments)["DIR"].as<std::string>();
  report::write_report(run::RunFolder::read(folder));
  std::cout << (folder / "report.html").string() << "\n" << (folder / "report.md").string() << "\n";
  return kDone;
}

}  // namespace exturbo::cli
