// How far several people agree beyond chance: Krippendorff's alpha, for any number of raters, with
// ratings missing, and with an interval around it.
//
// Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), whose worked
// example is a test. Doubles are fine here: nothing is paid by them, and what is shown is rounded.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace onsite {

// What several raters said about one thing; an empty entry is a rater who did not rate it.
using RatedUnit = std::vector<std::optional<int>>;

// How far apart two ratings are. Ordinal: by how many ratings lie between them, so that the
// distance between two levels is learnt from how they are used.
enum class Distance { nominal, ordinal, interval };

// 1: they agree; 0: as chance would; below: they disagree systematically. Empty when nothing can be
// said: no unit with two ratings, or the same rating everywhere, which is no evidence of agreement.
// Ratings may be any ints. The order of raters and units does not matter.
// Complexity: O(ratings + levels^2).
std::optional<double> krippendorff_alpha(std::span<const RatedUnit> units, Distance distance);

struct AlphaInterval {
    double low = 0;
    double high = 0;
};

inline constexpr int kBootstrapRounds = 1000;

// The middle 95 % of alpha over samples of the units, drawn with replacement; samples that say
// nothing are left out. Empty when none of them says anything. The same seed gives the same
// interval.
std::optional<AlphaInterval> bootstrap_interval(std::span<const RatedUnit> units, Distance distance,
                                                std::uint64_t seed, int rounds = kBootstrapRounds);

// Fewer units than this say little, whatever the figure is.
inline constexpr int kUnitsToTell = 10;

// Alpha in words, by Krippendorff's own bars: .800 to rely on, .667 for tentative conclusions.
std::string alpha_words(double alpha, int units);

// "0.743": rounded half away from zero, and never "-0.000".
std::string three_decimals(double number);

}  // namespace onsite
