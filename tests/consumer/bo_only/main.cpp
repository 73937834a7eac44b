// Minimises a parabola with the installed optimiser.
#include <cstdio>
#include <exturbo/bo/optimizer.hpp>

int main() {
  exturbo::bo::SearchSpace space({{"x", -5, 5}, {"y", -5, 5}});
  exturbo::bo::Optimizer optimizer(space, 0);
  for (int i = 0; i < 30; ++i) {
    const auto suggestion = optimizer.ask();
    const double x = suggestion.values[0] - 1;
    const double y = suggestion.values[1] + 2;
    optimizer.tell(suggestion.id, {false, x * x + y * y, {}});
  }
  const double found = optimizer.best()->objective;
  std::printf("best %g\n", found);
  return found < 0.1 ? 0 : 1;
}
