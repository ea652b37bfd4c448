#include "harness/agreement/pairs.hpp"

#include <cmath>
#include <cstdlib>
#include <map>

namespace onsite {
namespace {

double weight_of(int distance, Weighting weighting) {
    switch (weighting) {
        case Weighting::none:
            return distance == 0 ? 0 : 1;
        case Weighting::linear:
            return distance;
        case Weighting::quadratic:
            return static_cast<double>(distance) * distance;
    }
    std::abort();
}

}  // namespace

std::optional<double> weighted_kappa(std::span<const RatedPair> pairs, Weighting weighting) {
    std::map<int, double> firsts;
    std::map<int, double> seconds;
    double observed = 0;
    for (const RatedPair& pair : pairs) {
        firsts[pair.first] += 1;
        seconds[pair.second] += 1;
        observed += weight_of(std::abs(pair.first - pair.second), weighting);
    }
    double expected = 0;
    for (const auto& [first, first_count] : firsts) {
        for (const auto& [second, second_count] : seconds) {
            expected += first_count * second_count * weight_of(std::abs(first - second), weighting);
        }
    }
    if (expected <= 0) return std::nullopt;
    return 1 - static_cast<double>(pairs.size()) * observed / expected;
}

Consistency consistency(std::span<const RatedPair> pairs) {
    Consistency found;
    for (const RatedPair& pair : pairs) {
        const int shift = pair.second - pair.first;
        found.pairs += 1;
        found.equal += shift == 0 ? 1 : 0;
        found.within_one += std::abs(shift) <= 1 ? 1 : 0;
        found.sum_of_shifts += shift;
    }
    return found;
}

int Drift::hundredths() const {
    if (earlier.pairs == 0 || later.pairs == 0) return 0;
    return 100 * (later.sum_of_shifts * earlier.pairs - earlier.sum_of_shifts * later.pairs) /
           (earlier.pairs * later.pairs);
}

Drift drift(std::span<const RatedPair> pairs_in_time) {
    const std::size_t half = pairs_in_time.size() / 2;
    return {.earlier = consistency(pairs_in_time.first(half)),
            .later = consistency(pairs_in_time.subspan(half))};
}

}  // namespace onsite
