// Hides who an attempt is of from whoever judges it: names, folders, addresses, dates and the lines
// in which authors sign. It hides what habit and tools put there; a candidate who wants to be known
// can be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/scoring/scorecard.hpp"

namespace onsite {

// The words to hide: the attempt's name, its folder, the user's name. Words of fewer than
// kHiddenWordMin letters would hide too much and are not taken.
inline constexpr std::size_t kHiddenWordMin = 3;

class Blindfold {
public:
    // Hides nothing.
    Blindfold() = default;
    explicit Blindfold(std::vector<std::string> words);

    bool is_on() const { return is_on_; }

    // The text with the words, e-mail addresses and RFC 3339 moments hidden, and with the rest of
    // every line after author, copyright, signed-off-by, co-authored-by, created by and the like.
    // Lines stay lines, so that an anchor means the same with and without. Complexity: O(n *
    // words).
    std::string hide(std::string_view text) const;

    // Every text of the scorecard that a candidate or the machine put there; no times but minutes.
    Scorecard hide(Scorecard card) const;

private:
    std::string hide_line(std::string_view line) const;

    bool is_on_ = false;
    std::vector<std::string> words_;  // The longest first: a folder before the name in it.
};

// What an attempt is called where its name is hidden: "attempt-3f2a9c".
std::string alias_of(std::string_view attempt, std::string_view content_hash);

}  // namespace onsite
