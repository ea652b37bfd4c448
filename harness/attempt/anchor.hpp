// What a level rests on: a place that a second person can look at. A level without one is not
// taken, because nobody could check it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace onsite {

inline constexpr std::size_t kAnchorsMax = 20;  // For one rating.
// As a refusal names them; no file, because each section has its own.
inline constexpr std::string_view kAnchorForms = "FILE:LINE, case:NAME, event:N or minute:N";

// What can be pointed at in one attempt.
struct AnchorPlaces {
    std::filesystem::path folder;    // Its files: "reconcile.cpp:14".
    std::vector<std::string> cases;  // Checks and cases: "case:edge_feeds".
    std::int64_t events = 0;         // Lines of its log, counted from 1: "event:3".
    std::int64_t minutes = 0;        // How long it went on: "minute:12".
};

// Whether the word has the form of an anchor, good or not: in "3 notes.md:2 says why" the second
// word is one, the third begins the comment.
bool looks_like_anchor(std::string_view word);

// The anchor as it is stored. Errors: usage, when it points at nothing: a file or a line that is
// not there, a link, a path out of the attempt, an unknown case, an event or a minute too many.
Result<std::string> checked_anchor(std::string_view word, const AnchorPlaces& places);

}  // namespace onsite
