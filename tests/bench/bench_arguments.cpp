// The command line of the benches: see the header.
// SPDX-License-Identifier: BSD-3-Clause
#include "bench_arguments.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>

#include "exturbo/core/fault.hpp"

namespace exturbo::bench {
namespace {

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    if (end > begin) names.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

core::Fault fault(const std::string& place, const std::string& what, const std::string& hint) {
  return {"BEN-002", "command line", place, what, hint};
}

}  // namespace

BenchArguments read_bench_arguments(const std::vector<std::string>& words, const std::vector<std::string>& lacking,
                                    const std::vector<std::string>& more) {
  BenchArguments arguments;
  std::vector<core::Fault> faults;
  std::map<std::string, int*> numbers{{"--seeds", &arguments.seeds},
                                      {"--budget", &arguments.budget},
                                      {"--threads", &arguments.threads},
                                      {"--workers", &arguments.workers}};
  std::map<std::string, bool*> flags{{"--quick", &arguments.quick}, {"--rolling", &arguments.rolling}};
  std::map<std::string, std::vector<std::string>*> lists{{"--methods", &arguments.methods},
                                                         {"--problems", &arguments.problems}};
  for (const std::string& option : lacking) {
    numbers.erase(option);
    flags.erase(option);
  }
  for (const std::string& option : more) {
    if (option == "--device") lists[option] = &arguments.devices;
    if (option == "--prior") numbers[option] = &arguments.prior;
    if (option == "--model-points") numbers[option] = &arguments.model_points;
  }
  std::vector<std::string> known{"--out"};
  for (const auto& [option, value] : flags) known.push_back(option);
  for (const auto& [option, value] : lists) known.push_back(option);
  for (const auto& [option, value] : numbers) known.push_back(option);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& option = words[i];
    if (const auto flag = flags.find(option); flag != flags.end()) {
      *flag->second = true;
    } else if (std::find(known.begin(), known.end(), option) == known.end()) {
      faults.push_back(fault(option, "is no option", "known: " + joined(known)));
    } else if (i + 1 == words.size()) {
      faults.push_back(fault(option, "needs a value", ""));
    } else if (const std::string& value = words[++i]; option == "--out") {
      arguments.out = value;
    } else if (const auto list = lists.find(option); list != lists.end()) {
      *list->second = split(value);
    } else {
      int& number = *numbers.at(option);
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (error != std::errc{} || end != value.data() + value.size() || number < 1)
        faults.push_back(fault(option, "needs a whole number of at least 1, has " + value, ""));
    }
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  return arguments;
}

std::vector<std::string> select(const std::string& option, const std::vector<std::string>& wanted,
                                const std::vector<std::string>& known) {
  std::vector<core::Fault> faults;
  for (const std::string& name : wanted) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      faults.push_back(fault(option, "does not know " + name, "known: " + joined(known)));
  }
  if (!faults.empty()) throw core::InputError(std::move(faults));
  if (wanted.empty()) return known;
  std::vector<std::string> selected;
  for (const std::string& name : known) {
    if (std::find(wanted.begin(), wanted.end(), name) != wanted.end()) selected.push_back(name);
  }
  return selected;
}

int run_bench(int count, char** words, const std::vector<std::string>& lacking,
              const std::function<bool(const BenchArguments&)>& run, const std::vector<std::string>& more) try {
  return run(read_bench_arguments({words + 1, words + count}, lacking, more)) ? 0 : 1;
} catch (const core::InputError& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 2;
} catch (const core::EnvironmentError& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 3;
}

}  // namespace exturbo::bench
