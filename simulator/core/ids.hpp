// Names of objects: derived from the seed, the prefix and a number, so that a replay has the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/id.hpp"

namespace onsite::simulator {

// A number for a named place: the same seed, place and count give the same one, whatever else was
// drawn before. Chance that is keyed so survives the removal of a fault or a step.
std::uint64_t keyed(std::uint64_t seed, std::string_view place, std::uint64_t count);

class Ids {
public:
    explicit Ids(std::uint64_t seed) : seed_(seed) {}

    // "pi_" and 24 letters and digits. Complexity: O(prefixes).
    Id next(std::string_view prefix);
    // As many letters and digits as asked, for secrets and fingerprints.
    std::string letters(std::string_view place, std::size_t count);
    // The same with capital letters only, for what people read.
    std::string capitals(std::string_view place, std::size_t count);

private:
    // Places are told apart by their keys, which are numbers: two that had the same one would count
    // together, and have no name in common either.
    struct Place {
        std::uint64_t key;
        std::uint64_t count = 0;
    };

    std::uint64_t next_number(std::string_view place);

    std::uint64_t seed_;
    std::vector<Place> places_;  // A few dozen: in the order of their first use.
};

}  // namespace onsite::simulator
