// Where requests go: an endpoint, a record of earlier exchanges, or a test's own.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/vlm/reply.hpp"
#include "exturbo/vlm/request.hpp"

namespace exturbo::vlm {

class Transport {
 public:
  virtual ~Transport() = default;
  /// The model that requests are to name.
  virtual std::string model() const = 0;
  /// Waits for the reply. A request that fails is a value. Not for several threads at once.
  virtual Reply ask(const Request& request) = 0;
};

}  // namespace exturbo::vlm
