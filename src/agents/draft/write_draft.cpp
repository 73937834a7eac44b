// Writes a draft: see problem_draft.hpp.
// SPDX-License-Identifier: BSD-3-Clause
#include <fcntl.h>
#include <unistd.h>

#include "exturbo/agents/problem_draft.hpp"
#include "exturbo/core/fault.hpp"
#include "exturbo/sizing/size.hpp"
#include "run/disk.hpp"

namespace exturbo::agents {
namespace {

namespace fs = std::filesystem;

std::map<fs::path, const std::string*> files_of(const ProblemDraft& draft, const fs::path& file) {
  std::map<fs::path, const std::string*> files{{file, &draft.problem}};
  for (const auto& [name, text] : draft.files) files[file.parent_path() / name] = &text;
  return files;
}

/// Never replaces a file, even one that appears at this very moment.
void write_new(const fs::path& file, const std::string& text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) run::fail(file, "creating");
  try {
    run::write_all(descriptor, text, file);
  } catch (...) {
    ::close(descriptor);
    throw;
  }
  if (::close(descriptor) != 0) run::fail(file, "writing");
}

}  // namespace

void write_draft(const ProblemDraft& draft, const fs::path& file) {
  const auto files = files_of(draft, file);
  std::vector<core::Fault> faults;
  for (const auto& [path, text] : files) {
    if (fs::exists(fs::symlink_status(path)))
      faults.push_back({"INI-014", path.string(), "", "is there already and is not replaced",
                        "give another folder by --out FOLDER/NAME.json, or move it away"});
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  std::error_code error;
  if (!file.parent_path().empty()) fs::create_directories(file.parent_path(), error);
  if (error) run::fail(file.parent_path(), "creating", error.value());
  std::vector<fs::path> written;
  try {
    for (const auto& [path, text] : files) {
      write_new(path, *text);
      written.push_back(path);
    }
  } catch (...) {
    for (const fs::path& path : written) fs::remove(path, error);
    throw;
  }
}

void remove_draft(const ProblemDraft& draft, const fs::path& file) {
  std::error_code error;
  for (const auto& [path, text] : files_of(draft, file)) fs::remove(path, error);
  fs::remove(file.parent_path(), error);  // Refused for a folder that holds anything else.
}

problem::Problem write_checked_draft(const ProblemDraft& draft, const fs::path& file,
                                     const std::vector<fs::path>& pdk_path) {
  write_draft(draft, file);
  try {
    return sizing::open_problem(file, pdk_path, false);
  } catch (const core::InputError& error) {
    std::vector<core::Fault> faults = error.faults();
    const fs::path cell = fs::weakly_canonical(file).parent_path() / draft.cell_file;
    problem::name_sources(draft.cell_sources, cell.string(), faults);
    remove_draft(draft, file);
    throw core::InputError(std::move(faults));
  }
}

}  // namespace exturbo::agents
