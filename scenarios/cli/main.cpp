// onsite-scenario: the program behind onsite replay, explore, sweep and shrink.
#include "scenarios/cli/scenario_main.hpp"

int main(int count, char** words) { return onsite::scenarios::scenario_main(count, words, {}); }
