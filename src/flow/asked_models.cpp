// Seeds of a model's roles: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "asked_models.hpp"

#include <cstdlib>
#include <memory>

#include "exturbo/agents/vlm_roles.hpp"
#include "exturbo/vlm/http_transport.hpp"
#include "exturbo/vlm/recorded_transport.hpp"

namespace exturbo::flow {

std::vector<problem::Seed> ask_models(const DesignRequest& request, const problem::Problem& problem,
                                      const std::string& description, const std::atomic<bool>* stop,
                                      const std::function<void(const std::string&)>& tell) {
  std::unique_ptr<vlm::Transport> live;
  std::unique_ptr<vlm::RecordedTransport> transport;
  if (!request.replay.empty()) {
    transport = std::make_unique<vlm::RecordedTransport>(request.replay);
  } else if (const char* url = std::getenv("EXTURBO_VLM_URL"); url != nullptr && *url != '\0') {
    vlm::HttpOptions options;
    options.stop = stop;
    live = std::make_unique<vlm::HttpTransport>(vlm::endpoint_from_environment(), options);
    transport = std::make_unique<vlm::RecordedTransport>(request.folder / "agents.jsonl", *live);
  } else {
    return {};
  }
  agents::VlmRolesOptions options;
  options.schematic = request.schematic;
  options.stop = stop;
  const agents::VlmRolesResult result = agents::ask_roles(problem, description, *transport, options);
  for (const std::string& note : result.notes) tell("model: " + note);
  tell("model: " + std::to_string(result.seeds.size()) + " seeds, " + std::to_string(result.usage.prompt_tokens) +
       " + " + std::to_string(result.usage.completion_tokens) + " tokens" +
       (result.status.empty() ? "" : "; stopped early: " + result.status));
  return result.seeds;
}

}  // namespace exturbo::flow
