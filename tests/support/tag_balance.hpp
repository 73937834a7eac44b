// Checks that a page is well-formed as XML: tags nest, attributes are quoted, no stray markup, no unknown entity.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace exturbo::report::test {

/// "" if the page is well-formed, else the first fault with its place.
std::string markup_fault(const std::string& page);

/// Values of all attributes of that name, in order.
std::vector<std::string> attribute_values(const std::string& page, const std::string& name);

}  // namespace exturbo::report::test
