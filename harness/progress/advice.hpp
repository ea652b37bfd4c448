// What to practise next, and why. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "harness/progress/standing.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {

// A section with the scorecard of its best grade, when it has one.
struct Practised {
    Standing standing;
    std::optional<Scorecard> best;
};

struct Advice {
    std::string what;     // "idempotency"
    std::string why;      // One sentence.
    std::string command;  // "./onsite start idempotency"
};

// In this order: what was begun and has no grade; a section nobody touched; the section with the
// smallest share of its points, for the criterion that could win most there (the lowest level, then
// the most points lost); and when everything is won, the whole interview against the clock.
// REQUIRES: at least one section.
Advice advise(std::span<const Practised> sections);

}  // namespace onsite
