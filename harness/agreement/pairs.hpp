// How far two sequences of levels agree: one person with another, with the agreed level, or with
// themselves at another time.
#pragma once

#include <optional>
#include <span>

namespace onsite {

// The same thing rated twice.
struct RatedPair {
    int first = 0;
    int second = 0;
    bool operator==(const RatedPair&) const = default;
};

// Linear: two levels apart count twice as much as one; quadratic: four times.
enum class Weighting { none, linear, quadratic };

// Cohen's kappa with weights for disagreement (J. Cohen, "Weighted kappa", Psychological Bulletin
// 1968). Empty when there are no pairs, or when both say the same level everywhere.
std::optional<double> weighted_kappa(std::span<const RatedPair> pairs, Weighting weighting);

// How one side differs from the other, in whole numbers.
struct Consistency {
    int pairs = 0;
    int equal = 0;          // The same level.
    int within_one = 0;     // At most one level apart, the equal ones among them.
    int sum_of_shifts = 0;  // second - first, over all pairs: above 0, the second is milder.
    bool operator==(const Consistency&) const = default;
};
Consistency consistency(std::span<const RatedPair> pairs);

// Whether a reviewer grew harsher or milder: the pairs (expected, given) in the order in which they
// were given, the earlier half and the later half of them; the middle one of an odd number is in
// the later half.
struct Drift {
    Consistency earlier;
    Consistency later;

    // How much the mean shift changed from the earlier half to the later, in hundredths of a level,
    // rounded towards zero; 0 when a half is empty.
    int hundredths() const;
    bool operator==(const Drift&) const = default;
};
Drift drift(std::span<const RatedPair> pairs_in_time);

// A change of the mean by more than this is told to the reviewer.
inline constexpr int kDriftNoticedHundredths = 50;

}  // namespace onsite
