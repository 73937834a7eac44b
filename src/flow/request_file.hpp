// design.json: what was asked, so that a design that goes on is the one that was begun.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "exturbo/flow/design.hpp"

namespace exturbo::flow {

/// Makes the folder and writes design.json, or holds the request against the one that is there. True if it is
/// a new one.
/// \throws core::InputError if the folder holds something else or another request's design; core::EnvironmentError.
bool open_request(const DesignRequest& request);

}  // namespace exturbo::flow
