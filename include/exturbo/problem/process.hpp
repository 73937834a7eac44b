// A fabrication process: model cards, corners, geometry rules. Folder `pdk/<process>` on disk.
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/source_text.hpp"

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

/// Local mismatch of one kind of transistor by the area law (Pelgrom, JSSC 1989): between two devices of a pair the
/// difference of Vth has the standard deviation a_vt / sqrt(W L), that of the current factor, relative, a_beta /
/// sqrt(W L). One device alone has these over sqrt(2).
struct Mismatch {
  double a_vt = 0;    ///< V m
  double a_beta = 0;  ///< m
};

/// Global variation: per card one standard-normal number, of which `sigmas` give the fast corner's changes of that card
/// and -`sigmas` the slow one's.
struct Variation {
  std::string fast;  ///< Names of corners.
  std::string slow;
  double sigmas = 3;
  double correlation = 0;  ///< Between any two cards, in [0, 1].
};

/// A transistor that netlists name: a model card (`M1 d g s b NAME`), or a subcircuit of a library (`XM1 d g s b
/// NAME`).
struct Device {
  std::string type;  ///< "nmos" or "pmos".
  bool is_subcircuit = false;
  std::string width = "w";  ///< Names of its parameters, lower case.
  std::string length = "l";
  std::string multiplier = "m";
  std::string fingers = "nf";
  double unit = 1;         ///< m per unit of width and length: 1e-6 where the library takes micrometres.
  std::string transistor;  ///< MOS element inside the subcircuit ("mnfet", "xcore.m1"); "": the first one found.
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
  std::map<std::string, Mismatch> mismatch;  ///< By model name; empty: devices match perfectly.
  std::optional<Variation> variation;
  std::vector<std::string> assumptions;  ///< Where mismatch and variation come from, in words.
  std::string nmos;                      ///< Name of the NMOS device.
  std::string pmos;
  std::map<std::string, Device> devices;  ///< By lower-case name; nmos and pmos are among them.
  /// Corner -> raw text of a foundry-like library, its includes pasted; empty for a process of plain cards. A loaded
  /// problem has only the part that its netlists need.
  std::map<std::string, SourceText> library;
  std::vector<std::filesystem::path> files;  ///< All that was read, process.json included.
};

/// The cards or the library text of one corner as SPICE text, one line each (continued lines start with `+`).
/// \throws std::out_of_range if the process has no such corner.
std::vector<std::string> model_lines(const Process& process, const std::string& corner);

/// Parses `.model` cards. Faults (values that are no numbers, lines that are no card; with file and line) are appended
/// to `faults` if given; what parsed is returned.
std::vector<ModelCard> parse_models(const std::vector<std::string>& lines, const std::string& file = "",
                                    std::vector<core::Fault>* faults = nullptr);

}  // namespace exturbo::problem
