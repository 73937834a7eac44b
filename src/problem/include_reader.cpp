// Includes: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "include_reader.hpp"

#include <algorithm>
#include <map>

#include "exturbo/core/text.hpp"
#include "json_reader.hpp"
#include "paths.hpp"

namespace exturbo::problem {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMebi = 1U << 20;

/// An include or library line as read; kNone for every other line.
struct Directive {
  enum class Kind { kNone, kInclude, kReference, kSection, kSectionEnd };
  Kind kind = Kind::kNone;
  std::string file;
  std::string section;
};

/// Words of a line: quoted texts kept whole, without their quotes; a comment behind them is cut.
std::vector<std::string> quoted_words(const std::string& line) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < line.size();) {
    const char c = line[i];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++i;
    } else if (c == ';' || c == '$') {
      break;
    } else if (c == '"' || c == '\'') {
      const std::size_t end = std::min(line.find(c, i + 1), line.size());
      words.push_back(line.substr(i + 1, end - i - 1));
      i = end + 1;
    } else {
      const std::size_t end = std::min(line.find_first_of(" \t\r;", i), line.size());
      words.push_back(line.substr(i, end - i));
      i = end;
    }
  }
  return words;
}

Directive directive_of(const std::string& line, bool is_library) {
  const std::size_t start = line.find_first_not_of(" \t");
  if (start == std::string::npos || line[start] != '.') return {};
  const std::vector<std::string> words = quoted_words(line);
  const std::string name = core::lower_case(words.at(0));
  using Kind = Directive::Kind;
  if ((name == ".include" || name == ".inc") && words.size() == 2) return {Kind::kInclude, words[1], ""};
  if (!is_library) return {};
  if (name == ".lib" && words.size() == 3) return {Kind::kReference, words[1], core::lower_case(words[2])};
  if (name == ".lib" && words.size() == 2) return {Kind::kSection, "", core::lower_case(words[1])};
  if (name == ".endl") return {Kind::kSectionEnd, "", ""};
  return {};
}

class IncludeReader {
 public:
  IncludeReader(const IncludeRules& rules, std::vector<core::Fault>& faults) : rules_(rules), faults_(faults) {}

  SourceText read(const fs::path& file, const std::string& section) {
    paste(file, section, file, 0);
    return std::move(text_);
  }

 private:
  struct Frame {
    fs::path file;
    std::string section;
  };

  void fault(const std::string& id, const fs::path& file, int line, const std::string& what, const std::string& hint) {
    faults_.push_back({id, file.string(), line > 0 ? "line " + std::to_string(line) : "", what, hint});
  }

  /// `from` and `line` say where the file is named.
  void paste(const fs::path& file, const std::string& section, const fs::path& from, int line) {
    if (!may_paste(file, section, from, line)) return;
    const std::vector<std::string>* lines = lines_of(file);
    if (lines == nullptr) return;
    const std::size_t index = file_index(file);
    stack_.push_back({file, section});
    std::string inside;
    int opened = 0;
    std::vector<std::string> known;
    for (std::size_t i = 0; i < lines->size() && !stopped_; ++i) {
      const int number = static_cast<int>(i) + 1;
      const Directive directive = directive_of((*lines)[i], rules_.is_library);
      using Kind = Directive::Kind;
      if (directive.kind == Kind::kSection) {
        if (!inside.empty()) tell_open(file, opened, inside);
        inside = directive.section;
        opened = number;
        known.push_back(inside);
      } else if (directive.kind == Kind::kSectionEnd) {
        if (inside.empty()) stop("PDK-022", file, number, ".endl without .lib", "remove it");
        inside.clear();
      } else if (inside != section) {
        continue;
      } else if (directive.kind == Kind::kNone) {
        add((*lines)[i], file, index, number);
      } else {
        follow(directive, file, number);
      }
    }
    if (!inside.empty() && !stopped_) tell_open(file, opened, inside);
    if (!section.empty() && !stopped_ && std::find(known.begin(), known.end(), section) == known.end()) {
      std::string names;
      for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
      fault("PDK-021", from, line, "the library " + file.filename().string() + " has no section '" + section + "'",
            names.empty() ? "it has no .lib SECTION lines" : "its sections: " + names);
    }
    stack_.pop_back();
  }

  void tell_open(const fs::path& file, int line, const std::string& section) {
    stop("PDK-022", file, line, "the section '" + section + "' has no .endl", "close it");
  }

  bool may_paste(const fs::path& file, const std::string& section, const fs::path& from, int line) {
    std::string chain;
    for (const Frame& frame : stack_) {
      if (!chain.empty() || (frame.file == file && frame.section == section))
        chain += frame.file.filename().string() + " -> ";
    }
    if (!chain.empty()) {
      fault("FIL-004", from, line, "includes itself: " + chain + file.filename().string(),
            "remove one of the includes");
      return false;
    }
    if (stack_.size() > rules_.max_depth) {
      fault("FIL-005", from, line, "includes nest more than " + std::to_string(rules_.max_depth) + " deep",
            "flatten them");
      return false;
    }
    return true;
  }

  /// One fault, and nothing more is read: a text without end has faults without end.
  void stop(const std::string& id, const fs::path& file, int line, const std::string& what, const std::string& hint) {
    fault(id, file, line, what, hint);
    stopped_ = true;
  }

  void follow(const Directive& directive, const fs::path& file, int line) {
    if (++includes_ > rules_.max_includes) {
      stop("FIL-005", file, line, "more than " + std::to_string(rules_.max_includes) + " includes",
           "put them into fewer files");
      return;
    }
    const Resolved target = resolve(rules_.folder, file.parent_path(), directive.file,
                                    rules_.is_library ? ParentFolders::kInside : ParentFolders::kRefused);
    if (rules_.objection) {
      if (auto objection = rules_.objection(directive.file, target.path.value_or(""))) {
        fault(objection->id, file, line, objection->what, objection->hint);
        return;
      }
    }
    if (target.path) {
      paste(*target.path, directive.section, file, line);
    } else {
      fault(target.id, file, line, target.what, target.hint);
    }
  }

  const std::vector<std::string>* lines_of(const fs::path& file) {
    const auto known = contents_.find(file);
    if (known != contents_.end()) return &known->second;
    const auto text = read_text_file(file, faults_, rules_.max_bytes);
    if (!text) return nullptr;
    return &contents_.emplace(file, split_lines(*text)).first->second;
  }

  std::size_t file_index(const fs::path& file) {
    auto& files = text_.sources.files;
    const auto found = std::find(files.begin(), files.end(), file);
    if (found == files.end()) files.push_back(file);
    return static_cast<std::size_t>(std::find(files.begin(), files.end(), file) - files.begin());
  }

  void add(const std::string& line, const fs::path& file, std::size_t index, int number) {
    bytes_ += line.size() + 1;
    if (bytes_ > rules_.max_bytes) {
      stop("FIL-005", file, number,
           "the text with its includes is larger than " + std::to_string(rules_.max_bytes / kMebi) + " MiB",
           "include only what is used");
      return;
    }
    text_.lines.push_back(line);
    text_.sources.places.push_back({index, number});
  }

  const IncludeRules& rules_;
  std::vector<core::Fault>& faults_;
  SourceText text_;
  std::vector<Frame> stack_;
  std::map<fs::path, std::vector<std::string>> contents_;
  std::size_t includes_ = 0;
  std::size_t bytes_ = 0;
  bool stopped_ = false;
};

}  // namespace

IncludeRules netlist_rules(const fs::path& folder) { return {folder, false, 64, 8, 4 * kMebi, {}}; }

IncludeRules library_rules(const fs::path& folder) { return {folder, true, 1000, 16, 64 * kMebi, {}}; }

SourceText read_source(const fs::path& file, const std::string& section, const IncludeRules& rules,
                       std::vector<core::Fault>& faults) {
  return IncludeReader(rules, faults).read(file, section);
}

}  // namespace exturbo::problem
