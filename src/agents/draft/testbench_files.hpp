// The files of testbenches/, embedded at build time: a kind of circuit is a folder of kind.json and its benches.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace exturbo::agents {

/// Text by path: "opamp/kind.json", "opamp/open_loop.cir".
const std::map<std::string, std::string_view>& testbench_files();

}  // namespace exturbo::agents
