// What a netlist line may hold: see netlist_check.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

#include "exturbo/spice/netlist_check.hpp"
#include "monte_carlo_deck.hpp"
#include "netlist_text.hpp"

namespace exturbo::spice {
namespace {

constexpr std::size_t kMaxLine = 10000;

const std::set<std::string> kDotCommands{".subckt",  ".ends",    ".param", ".func",   ".model",   ".meas",
                                         ".measure", ".nodeset", ".ic",    ".global", ".options", ".option"};
const std::set<std::string> kOptions{"method", "maxord", "trtol",  "itl1",   "itl2",   "itl4",     "itl5", "gmin",
                                     "chgtol", "pivtol", "pivrel", "rshunt", "cshunt", "minbreak", "xmu"};
const std::set<std::string> kModelTypes{"nmos", "pmos", "npn", "pnp", "njf", "pjf", "d",
                                        "r",    "c",    "l",   "sw",  "csw", "nmf", "pmf"};
/// Elements that ngspice's core knows, without XSPICE code models (a), OSDI (n) and transmission lines.
const std::string kElements = "rclkviegfhbdqjmxsw";

/// Words without "=" that an element line has at least, its name included.
std::size_t needed_words(char letter) {
  switch (letter) {
    case 'm':
    case 's':
      return 6;
    case 'q':
    case 'j':
    case 'w':
    case 'f':
    case 'h':
      return 5;
    case 'd':
    case 'k':
      return 4;
    case 'x':
      return 2;
    default:
      return 3;
  }
}

/// Options that a library may set for its own units.
const std::set<std::string> kLibraryOptions{"scale", "tnom"};

enum class TextKind { kNetlist, kLibrary };

class LineFilter {
 public:
  LineFilter(const std::string& file, TextKind kind, bool allow_command, std::vector<core::Fault>& faults)
      : file_(file), kind_(kind), allow_command_(allow_command), faults_(faults) {}

  void check(const Statement& statement) {
    line_ = statement.line;
    const std::vector<std::string> parts = words(statement.text);
    // What stands in a refused .control block is no netlist: one fault for the block is enough.
    if (in_control_) {
      in_control_ = parts.empty() || parts[0] != ".endc";
      return;
    }
    if (!check_characters(statement.text)) return;
    check_reserved(statement.text);
    // ngspice does not pass over them as words() does: what it made of the line would be another thing.
    if (std::string_view("(),").find(statement.text[0]) != std::string_view::npos) {
      fault("SPI-002", std::string("begins with '") + statement.text[0] + "'", "begin with the name of the element");
    } else if (parts[0][0] == '.') {
      check_command(parts);
    } else if (parts[0][0] == '+') {
      fault("SPI-014", "continues no line", "put it behind the line that it continues");
    } else if (kElements.find(parts[0][0]) == std::string::npos) {
      fault("SPI-002", "'" + parts[0] + "' is no element that is simulated here",
            "known first letters: R C L K V I E G F H B D Q J M X S W");
    } else {
      check_element(parts);
    }
  }

  /// To be called behind the last statement.
  void finish() {
    if (open_.empty() || in_control_) return;
    line_ = opened_;
    fault("SPI-022", ".subckt " + open_ + " has no .ends", "close it");
  }

 private:
  void fault(const std::string& id, const std::string& what, const std::string& hint) {
    faults_.push_back({id, file_, "line " + std::to_string(line_), what, hint});
  }

  /// False if the line holds what no netlist does: its words then mean nothing.
  bool check_characters(const std::string& text) {
    if (kind_ == TextKind::kNetlist && text.size() > kMaxLine)
      fault("SPI-003", "the line is longer than 10000 characters", "split the expression by .param lines");
    const auto bad = std::find_if(text.begin(), text.end(), [](unsigned char c) {
      return c == '`' || c == '"' || c == '\\' || (std::iscntrl(c) && c != '\t') || c > 126;
    });
    if (bad != text.end()) {
      const auto code = static_cast<unsigned char>(*bad);
      const std::string name =
          code > 0x20 && code < 0x7f ? std::string("'") + *bad + "'" : "code " + std::to_string(code);
      fault("SPI-003", "a character that netlists do not need: " + name,
            "use letters, digits and the usual punctuation of ASCII");
    }
    int depth = 0;
    bool broken = false;
    for (const char c : text) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      broken = broken || depth < 0;
    }
    if (depth != 0 || broken) fault("SPI-004", "braces do not balance", "write each expression as {...}");
    if (std::count(text.begin(), text.end(), '\'') % 2 != 0)
      fault("SPI-004", "quotes do not balance", "write each expression as {...}");
    return bad == text.end();
  }

  /// Names that Monte Carlo decks add would then be there twice, or vary what is not to vary.
  void check_reserved(const std::string& text) {
    const auto is_part = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    for (auto begin = text.begin(); begin != text.end();) {
      begin = std::find_if(begin, text.end(), is_part);
      const auto end = std::find_if_not(begin, text.end(), is_part);
      if (const std::string name = lower_case(std::string(begin, end)); is_monte_carlo_name(name)) {
        fault("SPI-046", "'" + name + "' is a name that the program's own Monte Carlo uses", "choose another name");
        return;
      }
      begin = end;
    }
  }

  void check_command(const std::vector<std::string>& parts) {
    const std::string& name = parts[0];
    if (name == ".include" || name == ".inc") {
      fault("SPI-005", name + " is refused: it names no single file", "write .include \"FILE\"");
    } else if (name == ".lib" || name == ".csparam") {
      fault("SPI-005", name + " is refused: a netlist reads no library",
            "cards come from the process folder, sections by its corners; a part of the netlist by .include");
    } else if (name == ".control" || name == ".endc") {
      in_control_ = name == ".control";
      if (allow_command_) return;
      fault("SPI-006", name + " is refused: a netlist is data and runs no commands",
            "name analyses in the problem JSON and measures in its metrics; --allow-command is for decks of your own");
    } else if (name == ".ac" || name == ".dc" || name == ".tran" || name == ".noise" || name == ".op" ||
               name == ".tf" || name == ".end") {
      fault("SPI-007", name + " does not belong into a netlist", "name the analysis in the problem JSON");
    } else if (kDotCommands.count(name) == 0) {
      fault("SPI-001", "'" + name + "' is refused",
            "allowed: .subckt .ends .param .func .model .meas .nodeset .ic .global .options");
    } else if (name == ".meas" || name == ".measure") {
      check_meas(parts);
    } else if (name == ".option" || name == ".options") {
      check_options(parts);
    } else if (name == ".model") {
      if (parts.size() < 3 || kModelTypes.count(parts[2]) == 0)
        fault("SPI-008", "a .model of an unknown type", "use .model NAME nmos|pmos|npn|pnp|d|r|c|l|sw ...");
    } else if (name == ".subckt" || name == ".global" || name == ".nodeset" || name == ".ic") {
      check_plain_names(parts, parts.size());
    }
    if (name == ".subckt") {
      open_subcircuit(parts);
    } else if (name == ".ends") {
      if (open_.empty()) fault("SPI-015", ".ends without .subckt", "remove it");
      open_.clear();
    }
  }

  void open_subcircuit(const std::vector<std::string>& parts) {
    if (parts.size() < 3) fault("SPI-009", ".subckt without name or ports", "write .subckt NAME port port ...");
    if (!open_.empty())
      fault("SPI-022", ".subckt inside '" + open_ + "', which line " + std::to_string(opened_) + " begins",
            "close that one by .ends first");
    open_ = parts.size() > 1 ? parts[1] : "?";
    opened_ = line_;
    if (!subcircuits_.insert(open_).second)
      fault("SPI-016", "a second subcircuit '" + open_ + "'", "rename or remove one");
  }

  /// A .meas line is handed to ngspice as a command, where some characters redirect or run things.
  void check_meas(const std::vector<std::string>& parts) {
    if (parts.size() < 4) fault("SPI-010", "an incomplete .meas line", "write .meas ac|dc|tran NAME ...");
    if (parts.size() >= 2 && parts[1] != "ac" && parts[1] != "dc" && parts[1] != "tran") {
      fault("SPI-010", ".meas of '" + parts[1] + "'", "ngspice measures ac, dc and tran");
    }
    for (const std::string& part : parts) {
      if (part.find_first_of("$;<>|&!?[]~") != std::string::npos) {
        fault("SPI-011", "a character in '" + part + "' that .meas does not need",
              "use names, numbers, v(node), i(source) and param='expression'");
      }
    }
  }

  /// Names of nodes and elements go into commands (save, alter), where some characters redirect or run things.
  void check_plain_names(const std::vector<std::string>& parts, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = parts[i].substr(0, parts[i].find('='));
      if (name.empty() || name[0] == '{' || name[0] == '\'') continue;
      const auto bad = std::find_if(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) == 0 &&
               std::string_view("_.#:+-/*{}'").find(static_cast<char>(c)) == std::string_view::npos;
      });
      if (bad == name.end()) continue;
      fault("SPI-018", std::string("the character '") + *bad + "' in '" + name + "'",
            "use letters, digits and _ . # : + - / in names");
      return;
    }
  }

  void check_options(const std::vector<std::string>& parts) {
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const std::string key = parts[i].substr(0, parts[i].find('='));
      if ((kind_ == TextKind::kNetlist ? kOptions : kLibraryOptions).count(key) == 0)
        fault("SPI-012", "option '" + key + "' is refused", "tolerances, temperature and start are set by the program");
    }
  }

  void check_element(const std::vector<std::string>& parts) {
    if (kind_ == TextKind::kLibrary && open_.empty())
      fault("SPI-041", "'" + parts[0] + "' stands outside of a subcircuit", "a library only defines devices");
    if (!elements_.insert(open_ + "." + parts[0]).second) {
      fault("SPI-017", "a second '" + parts[0] + "'" + (open_.empty() ? "" : " in the subcircuit '" + open_ + "'"),
            "rename or remove one");
    }
    for (const std::string& part : parts) {
      const std::string key = part.substr(0, part.find('='));
      if (!allow_command_ &&
          (key == "file" || key == "filename" || key == "table_file" || part == "pwlfile" || part == "wavefile")) {
        fault("SPI-005", "'" + part + "' is refused: a netlist reads no other file", "write the values into the line");
      }
      if (part == "poly")
        fault("SPI-013", "POLY sources are not simulated here", "write a B source with the polynomial");
    }
    if (parts[0].size() > kMaxElementName)
      fault("SPI-018", "the name of an element is longer than " + std::to_string(kMaxElementName) + " characters",
            "use a shorter one");
    const char letter = parts[0][0];
    check_plain_names(parts, letter == 'b' ? std::min<std::size_t>(3, parts.size()) : parts.size());
    const auto positional =
        static_cast<std::size_t>(std::count_if(parts.begin(), parts.end(), [](const std::string& part) {
          return part.find('=') == std::string::npos && part != "params:";
        }));
    if (positional < needed_words(letter)) {
      fault("SPI-014", "'" + parts[0] + "' has too few nodes or values",
            letter == 'm' ? "write Mname drain gate source bulk model W=.. L=.." : "complete the line");
    }
  }

  std::string file_;
  TextKind kind_;
  bool allow_command_;
  std::vector<core::Fault>& faults_;
  int line_ = 0;
  bool in_control_ = false;
  std::string open_;  ///< Name of the subcircuit whose .ends is still to come, or "".
  int opened_ = 0;    ///< Its line.
  std::set<std::string> subcircuits_;
  std::set<std::string> elements_;  ///< "subcircuit.name".
};

std::vector<core::Fault> check_text(const std::vector<std::string>& lines, const std::string& file, TextKind kind,
                                    bool allow_command) {
  std::vector<core::Fault> faults;
  LineFilter filter(file, kind, allow_command, faults);
  for (const Statement& statement : statements(lines)) filter.check(statement);
  filter.finish();
  return faults;
}

}  // namespace

std::vector<core::Fault> check_netlist(const std::vector<std::string>& lines, const std::string& file,
                                       bool allow_command) {
  return check_text(lines, file, TextKind::kNetlist, allow_command);
}

std::vector<core::Fault> check_library(const std::vector<std::string>& lines, const std::string& file) {
  return check_text(lines, file, TextKind::kLibrary, false);
}

}  // namespace exturbo::spice
