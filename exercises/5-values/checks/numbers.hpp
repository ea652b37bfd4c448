// Quantities in a sentence, told from what only looks like one: dates, times of day, versions,
// status codes, ordinals.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/documents/phrases.hpp"
#include "harness/documents/sentences.hpp"

namespace onsite::values {

// A number with what it counts: "40 %", "$1,200", "250ms", "three weeks", "zero incidents".
struct Quantity {
    PhraseMatch place;
    std::string unit;           // "%", "$", "ms", "weeks"; empty for a bare number.
    bool is_moment = false;     // It says when, not how much: "after 3 weeks", "for two years".
    bool has_baseline = false;  // Says by itself what it was before: "halved".
};

// In their order. Complexity: O(words).
std::vector<Quantity> quantities_in(const Sentence& sentence);

// Whether the word at that place is a year or a time of day.
// REQUIRES: at is a place in the sentence.
bool is_year(const Sentence& sentence, std::size_t at);
bool is_time_of_day(const Sentence& sentence, std::size_t at);

// How a result is measured.
struct Measure {
    bool is_measured = false;      // A quantity with a unit that does not only say when.
    bool has_baseline = false;     // And what it was before, would have been, or was out of.
    bool has_bare_number = false;  // A number without a unit.
    PhraseMatch place;             // Of the quantity.
};
Measure measure_in(const Sentence& sentence);

}  // namespace onsite::values
