// Seeds of a model's roles, if there is an endpoint or a record of its answers.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "exturbo/flow/design.hpp"
#include "exturbo/problem/seeds.hpp"

namespace exturbo::flow {

/// Empty where neither EXTURBO_VLM_URL nor a replay names a model. What the model does wrong is told, never thrown.
/// \throws core::InputError for a faulty environment, schematic or record; core::EnvironmentError.
std::vector<problem::Seed> ask_models(const DesignRequest& request, const problem::Problem& problem,
                                      const std::string& description, const std::atomic<bool>* stop,
                                      const std::function<void(const std::string&)>& tell);

}  // namespace exturbo::flow
