// What a report reads beside the journal, divided by "%%%": sensitivity.json, result.json, verify.json. Only
// core::InputError is thrown, and a page that is written is well-formed, whatever names and texts the files hold.
// SPDX-License-Identifier: BSD-3-Clause
//
// Absent parts are absent files, but for result.json, which is then that of the run.
#include <fstream>

#include "exturbo/report/report.hpp"
#include "fuzz_target.hpp"
#include "support/run_fixture.hpp"
#include "support/tag_balance.hpp"

namespace exturbo::fuzz {
namespace {

void put(const std::filesystem::path& file, const std::string& content) {
  if (content.empty()) {
    std::filesystem::remove(file);
  } else {
    std::ofstream(file, std::ios::binary) << content;
  }
}

struct Run {
  report::test::RunFixture fixture;
  run::RunFolder folder = fixture.read();
  std::string result = folder.read_json("result.json").dump();
};

}  // namespace

bool report(const std::string& input) {
  static const Run run;
  const auto parts = parts_of(input, 3);
  put(run.folder.path() / "sensitivity.json", parts[0]);
  put(run.folder.path() / "result.json", parts[1].empty() ? run.result : parts[1]);
  put(run.folder.path() / "verify.json", parts[2]);
  try {
    const std::string fault = report::test::markup_fault(report::render_html(run.folder));
    claim(fault.empty(), "a page is well-formed: " + fault);
    report::render_markdown(run.folder);
    report::render_essence(run.folder);
    return true;
  } catch (const core::InputError& error) {
    claim_complete(error.faults());
    return false;
  }
}

}  // namespace exturbo::fuzz
