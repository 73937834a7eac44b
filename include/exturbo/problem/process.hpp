// A fabrication process: model cards, corners, geometry rules. Folder `pdk/<process>` on disk.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"

namespace exturbo::problem {

/// A `.model` card as data; names in lower case, values as written.
struct ModelCard {
  std::string name;
  std::string type;  ///< "nmos" or "pmos".
  std::vector<std::pair<std::string, double>> parameters;

  double* find(const std::string& parameter);
};

/// How a corner changes one card parameter: value * scale + add.
struct ParameterChange {
  double scale = 1;
  double add = 0;
};

struct Process {
  std::string name;
  std::string description;
  std::filesystem::path folder;
  double supply = 0;           ///< V
  double min_length = 0;       ///< m
  double min_width = 0;        ///< m
  double grid = 0;             ///< m
  double finger_width = 0;     ///< m; wider devices are drawn as ceil(W / finger_width) fingers. 0: never split.
  double junction_length = 0;  ///< m; source/drain length for AD, AS, PD, PS where a netlist gives none. 0: leave out.
  double temperature = 27;     ///< degrees Celsius
  std::vector<ModelCard> models;
  /// corner -> model name -> parameter -> change. Always has "tt".
  std::map<std::string, std::map<std::string, std::map<std::string, ParameterChange>>> corners;
  std::string nmos;  ///< Name of the NMOS model.
  std::string pmos;
};

/// The cards of one corner as SPICE text, one line each (continued lines start with `+`).
/// \throws std::out_of_range if the process has no such corner.
std::vector<std::string> model_lines(const Process& process, const std::string& corner);

/// Parses `.model` cards. Faults (values that are no numbers, lines that are no card; with file and line) are appended
/// to `faults` if given; what parsed is returned.
std::vector<ModelCard> parse_models(const std::vector<std::string>& lines, const std::string& file = "",
                                    std::vector<core::Fault>* faults = nullptr);

}  // namespace exturbo::problem
