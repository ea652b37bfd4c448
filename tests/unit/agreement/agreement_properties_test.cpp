// Goal: what must hold for any ratings. Names and order of raters and units are no evidence, people
// who say the same agree, and nothing is above 1.
#include <algorithm>

#include <rapidcheck/gtest.h>

#include "harness/agreement/alpha.hpp"
#include "harness/agreement/pairs.hpp"

namespace onsite {
namespace {

std::optional<int> any_rating() {
    const int drawn = *rc::gen::inRange(0, 6);
    return drawn >= 1 && drawn <= 4 ? std::optional(drawn) : std::nullopt;
}

std::vector<RatedUnit> any_units() {
    const auto raters = *rc::gen::inRange<std::size_t>(2, 5);
    std::vector<RatedUnit> units(*rc::gen::inRange<std::size_t>(1, 15));
    for (RatedUnit& unit : units) {
        for (std::size_t rater = 0; rater < raters; ++rater) unit.push_back(any_rating());
    }
    return units;
}

Distance any_distance() {
    return *rc::gen::element(Distance::nominal, Distance::ordinal, Distance::interval);
}

void assert_same(std::optional<double> one, std::optional<double> other) {
    RC_ASSERT(one.has_value() == other.has_value());
    if (one) RC_ASSERT(three_decimals(*one) == three_decimals(*other));
}

RC_GTEST_PROP(AlphaProperty, DoesNotDependOnWhoIsWho, ()) {
    std::vector<RatedUnit> units = any_units();
    const Distance distance = any_distance();
    const auto before = krippendorff_alpha(units, distance);
    for (RatedUnit& unit : units) std::ranges::rotate(unit, unit.begin() + 1);
    std::ranges::reverse(units);
    assert_same(before, krippendorff_alpha(units, distance));
}

RC_GTEST_PROP(AlphaProperty, IsNeverAboveOne, ()) {
    const auto alpha = krippendorff_alpha(any_units(), any_distance());
    if (alpha) RC_ASSERT(*alpha <= 1.0);
}

RC_GTEST_PROP(AlphaProperty, IsOneExactlyWhenAllAgree, ()) {
    std::vector<RatedUnit> units;
    for (const int level : *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 5))) {
        units.push_back({level, level, std::nullopt, level});
    }
    const auto alpha = krippendorff_alpha(units, any_distance());
    if (!alpha) return;  // One level everywhere.
    RC_ASSERT(*alpha == 1.0);
    units.push_back({1, 2});
    RC_ASSERT(*krippendorff_alpha(units, any_distance()) < 1.0);
}

RC_GTEST_PROP(AlphaProperty, AUnitThatOneRaterSawChangesNothing, ()) {
    std::vector<RatedUnit> units = any_units();
    const Distance distance = any_distance();
    const auto before = krippendorff_alpha(units, distance);
    units.push_back({*rc::gen::inRange(1, 5)});
    assert_same(before, krippendorff_alpha(units, distance));
}

RC_GTEST_PROP(AlphaProperty, TheOrderOfLevelsIsAllThatOrdinalDataKnow, ()) {
    std::vector<RatedUnit> units = any_units();
    const auto before = krippendorff_alpha(units, Distance::ordinal);
    for (RatedUnit& unit : units) {
        for (std::optional<int>& rating : unit) {
            if (rating) rating = *rating * *rating * 10 - 3;
        }
    }
    assert_same(before, krippendorff_alpha(units, Distance::ordinal));
}

std::vector<RatedPair> any_pairs() {
    std::vector<RatedPair> pairs(*rc::gen::inRange<std::size_t>(0, 20));
    for (RatedPair& pair : pairs) pair = {*rc::gen::inRange(1, 5), *rc::gen::inRange(1, 5)};
    return pairs;
}

RC_GTEST_PROP(KappaProperty, DoesNotDependOnWhoIsFirst, ()) {
    const std::vector<RatedPair> pairs = any_pairs();
    std::vector<RatedPair> swapped;
    for (const RatedPair& pair : pairs) swapped.push_back({pair.second, pair.first});
    assert_same(weighted_kappa(pairs, Weighting::quadratic),
                weighted_kappa(swapped, Weighting::quadratic));
}

RC_GTEST_PROP(KappaProperty, IsOneForTwoWhoSayTheSame, ()) {
    std::vector<RatedPair> pairs = any_pairs();
    for (RatedPair& pair : pairs) pair.second = pair.first;
    const auto kappa = weighted_kappa(pairs, Weighting::linear);
    if (kappa) RC_ASSERT(*kappa == 1.0);
}

RC_GTEST_PROP(DriftProperty, TheHalvesTogetherAreTheWhole, ()) {
    const std::vector<RatedPair> pairs = any_pairs();
    const Drift found = drift(pairs);
    const Consistency whole = consistency(pairs);
    RC_ASSERT(found.earlier.pairs + found.later.pairs == whole.pairs);
    RC_ASSERT(found.earlier.sum_of_shifts + found.later.sum_of_shifts == whole.sum_of_shifts);
}

}  // namespace
}  // namespace onsite
