// Carries the precompiled JSON headers of exturbo_use_json_headers(); holds no code.
// SPDX-License-Identifier: BSD-3-Clause
