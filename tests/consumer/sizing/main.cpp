// Loads an installed circuit and simulates it with the installed worker.
#include <cstdio>
#include <exturbo/sizing/simulate.hpp>

int main(int, char** words) {
  const auto problem = exturbo::sizing::open_problem(words[1]);
  const auto result = exturbo::sizing::simulate(problem, {});
  const double gain = result.at("best").at("metrics").at("dc_gain").get<double>();
  std::printf("dc gain %g dB\n", gain);
  return gain > 0 ? 0 : 1;
}
