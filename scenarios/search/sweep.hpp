// One thing goes wrong at a time, everywhere: a crash at each await of the shop, each fault at each
// cut point of each operation, each webhook fault at each event.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/search/explore.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {

// A fault is tried at these attempts of an operation: the first, the retry, and the last one.
inline constexpr std::int64_t kSweepAttempts = 3;
inline constexpr std::size_t kTrialsMax = 20'000;

struct Trial {
    std::string where = {};  // "order-1.pay attempt 1", "order-1 awaits settle 1".
    std::string what = {};   // "response:lost", "crash before".
    Scenario scenario = {};
    bool has_happened = true;            // false: the run never came to that point,
    std::vector<Violation> broken = {};  // and this is empty.
};

// All that a sweep tries, in order, not played yet: the scenario as it is, faults, webhook faults,
// crashes. The scenario's own faults stay in each. At most kTrialsMax.
std::vector<Trial> trials_of(const Scenario& scenario, const ShopKind& shop);

struct Sweep {
    std::vector<Trial> trials = {};  // Without their scenarios.
    std::uint64_t happened = 0;
    std::uint64_t failed = 0;
    std::vector<Discovery> discoveries = {};  // The first of each promise and operation.
};

// The same on any number of threads, which is not 0. Complexity: a run for each trial.
Sweep sweep(const Scenario& scenario, const ShopKind& shop, unsigned threads = 1,
            const Progress& progress = {});

}  // namespace onsite::scenarios
