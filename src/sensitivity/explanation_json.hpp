// The parts of sensitivity.json (sensitivity.schema.json).
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

#include "design_slopes.hpp"
#include "exturbo/run/run_folder.hpp"
#include "limits.hpp"
#include "metric_models.hpp"

namespace exturbo::sensitivity {

/// "survival" or "tuning", as `of` says. \param points that it was asked for.
run::Json fits_json(const RunData& data, const std::vector<MetricModels>& models, Granularity MetricModels::*of,
                    Eigen::Index points);
run::Json sobol_json(const RunData& data, const std::vector<MetricModels>& models);
run::Json morris_json(const RunData& data, const std::vector<MetricModels>& models);
run::Json elasticity_json(const RunData& data, const DesignSlopes& slopes);
run::Json agreement_json(const RunData& data, const std::vector<MetricModels>& models, const DesignSlopes& slopes);
run::Json limits_json(const std::string& objective, const Limits& limits);

}  // namespace exturbo::sensitivity
