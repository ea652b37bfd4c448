#include "harness/agreement/alpha.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include <fmt/format.h>

#include "base/rng.hpp"

namespace onsite {
namespace {

using Counts = std::map<int, double>;

// The ratings of a unit that can be paired with another one; none of a unit with a single rating.
Counts pairable(const RatedUnit& unit) {
    Counts counts;
    double sum = 0;
    for (const std::optional<int>& rating : unit) {
        if (!rating) continue;
        counts[*rating] += 1;
        sum += 1;
    }
    return sum >= 2 ? counts : Counts{};
}

double sum_of(const Counts& counts) {
    double sum = 0;
    for (const auto& [level, count] : counts) sum += count;
    return sum;
}

// The squared difference of two levels c < k. Ordinal: all ratings from c to k, the two ends half.
double difference(int c, int k, Distance distance, const Counts& totals) {
    switch (distance) {
        case Distance::nominal:
            return 1;
        case Distance::interval:
            return std::pow(static_cast<double>(k) - static_cast<double>(c), 2);
        case Distance::ordinal: {
            double between = -(totals.at(c) + totals.at(k)) / 2;
            for (auto at = totals.find(c); at != totals.end() && at->first <= k; ++at) {
                between += at->second;
            }
            return between * between;
        }
    }
    std::abort();
}

// Over all pairs of different levels: how often they met, times how far they are apart.
double disagreement(const Counts& counts, Distance distance, const Counts& totals) {
    double sum = 0;
    for (auto c = counts.begin(); c != counts.end(); ++c) {
        for (auto k = std::next(c); k != counts.end(); ++k) {
            sum += c->second * k->second * difference(c->first, k->first, distance, totals);
        }
    }
    return sum;
}

double at_percentile(const std::vector<double>& sorted, double share) {
    const double last = static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(std::lround(share * last))];
}

}  // namespace

std::optional<double> krippendorff_alpha(std::span<const RatedUnit> units, Distance distance) {
    Counts totals;
    for (const RatedUnit& unit : units) {
        for (const auto& [level, count] : pairable(unit)) totals[level] += count;
    }
    double observed = 0;
    for (const RatedUnit& unit : units) {
        const Counts counts = pairable(unit);
        if (counts.empty()) continue;
        observed += disagreement(counts, distance, totals) / (sum_of(counts) - 1);
    }
    const double expected = disagreement(totals, distance, totals);
    if (expected <= 0) return std::nullopt;
    return 1 - (sum_of(totals) - 1) * observed / expected;
}

std::optional<AlphaInterval> bootstrap_interval(std::span<const RatedUnit> units, Distance distance,
                                                std::uint64_t seed, int rounds) {
    if (units.empty()) return std::nullopt;
    Rng rng(seed);
    std::vector<double> alphas;
    std::vector<RatedUnit> sample(units.size());
    for (int round = 0; round < rounds; ++round) {
        for (RatedUnit& unit : sample) {
            unit = units[static_cast<std::size_t>(rng.below(units.size()))];
        }
        if (const auto alpha = krippendorff_alpha(sample, distance)) alphas.push_back(*alpha);
    }
    if (alphas.empty()) return std::nullopt;
    std::ranges::sort(alphas);
    return AlphaInterval{.low = at_percentile(alphas, 0.025), .high = at_percentile(alphas, 0.975)};
}

std::string alpha_words(double alpha, int units) {
    if (units < kUnitsToTell) return fmt::format("too few to tell: {} of {}", units, kUnitsToTell);
    if (alpha >= 0.8) return "reliable";
    if (alpha >= 0.667) return "enough for tentative conclusions";
    return "too low to rely on: talk about the criterion, then change its words";
}

std::string three_decimals(double number) {
    const double thousandths = std::round(number * 1000);
    return fmt::format("{:.3f}", thousandths == 0 ? 0.0 : thousandths / 1000);
}

}  // namespace onsite
