// The four roles and their files in agents/, embedded at build time: nothing is read when a model is asked.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string_view>

namespace exturbo::agents {

extern const std::string_view kSystemPrompt;  ///< agents/prompts/system.md

extern const std::string_view kCircuitAnalystPrompt;  ///< agents/prompts/circuit_analyst.md, ...
extern const std::string_view kOperatingPointDesignerPrompt;
extern const std::string_view kSizingEngineerPrompt;
extern const std::string_view kReviewerPrompt;

extern const std::string_view kCircuitAnalystSchema;  ///< agents/circuit_analyst_answer.schema.json, ...
extern const std::string_view kOperatingPointDesignerSchema;
extern const std::string_view kSizingEngineerSchema;
extern const std::string_view kReviewerSchema;

struct Role {
  const char* name;   ///< "circuit_analyst": in labels, seeds and the analysis.
  const char* title;  ///< "circuit analyst": in prompts.
  const std::string_view& prompt;
  const std::string_view& schema;
};

inline const Role kCircuitAnalyst{"circuit_analyst", "circuit analyst", kCircuitAnalystPrompt, kCircuitAnalystSchema};
inline const Role kOperatingPointDesigner{"operating_point_designer", "operating-point designer",
                                          kOperatingPointDesignerPrompt, kOperatingPointDesignerSchema};
inline const Role kSizingEngineer{"sizing_engineer", "sizing engineer", kSizingEngineerPrompt, kSizingEngineerSchema};
inline const Role kReviewer{"reviewer", "reviewer", kReviewerPrompt, kReviewerSchema};

}  // namespace exturbo::agents
