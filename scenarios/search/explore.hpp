// Looks for failures that nobody thought of: one run for each seed, with faults made of it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {

inline constexpr std::uint64_t kSeedsMax = 100'000'000;
inline constexpr std::size_t kDiscoveriesMax = 200;

// Both ends belong to it.
struct SeedRange {
    std::uint64_t first = 0;
    std::uint64_t last = 9'999;

    std::uint64_t count() const { return last - first + 1; }
    friend bool operator==(const SeedRange&, const SeedRange&) = default;
};

// "0..9999", or one seed. Nothing for another form, a first above the last, and more than
// kSeedsMax seeds.
std::optional<SeedRange> parse_seeds(std::string_view text);

// The first run in which a promise was broken on an operation.
struct Discovery {
    std::string cause = {};  // "seed 17", "lost at response of attempt 1 of order-1.pay".
    Scenario scenario = {};  // As it was played: explicit faults only.
    Violation violation = {};
};

struct Exploration {
    std::uint64_t seeds = 0;
    std::uint64_t failed = 0;                          // Seeds in which a promise was broken.
    std::map<std::string, std::uint64_t> broken = {};  // By checker: in how many seeds.
    // The first of each promise and operation, in the order of their seeds; at most
    // kDiscoveriesMax.
    std::vector<Discovery> discoveries = {};
};

// After each run: how many are done, and how many of them failed.
using Progress = std::function<void(std::uint64_t done, std::uint64_t failed)>;

// The same seeds give the same discoveries on any number of threads, which is not 0. `progress` is
// called on this thread. Complexity: a run for each seed, and one without faults.
Exploration explore(const Scenario& scenario, const ShopKind& shop, SeedRange seeds,
                    unsigned threads = 1, const Progress& progress = {});

// Collects discoveries: each promise and operation once.
class Discoveries {
public:
    // Whether it is one that was not known.
    bool add(std::string cause, const Scenario& scenario, const Violation& violation);
    std::vector<Discovery> take() { return std::move(all_); }

private:
    std::map<std::pair<std::string, std::string>, std::size_t> known_;
    std::vector<Discovery> all_;
};

}  // namespace onsite::scenarios
