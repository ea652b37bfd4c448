// What decisions.md must have, whatever is decided: six records, each complete, and the worked
// sums of its proration. Whether a decision is good is for a person to say.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "exercises/3-subscriptions/checks/page.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::subscriptions {

// A part of a record says something from so many words on, so many of them different.
inline constexpr std::size_t kPartWordsMin = 12;
inline constexpr std::size_t kPartDistinctWordsMin = 8;

// The titles of the records, and of the parts of each.
std::span<const std::string_view> record_titles();
std::span<const std::string_view> part_titles();

// percent is the share of the parts that say something; the same text in two places counts once.
Verdict judge_records(const std::string& check, const Page& page);

// One answer that a sum of the brief has.
struct Sum {
    std::string name;     // "a_credit"
    std::string value;    // "1497"; text, because some are dates.
    std::string because;  // "16 of 31 days are left"
};

// Errors: usage, with the place of the key that is wrong.
Result<std::vector<Sum>> sums_from_json(std::string_view text, std::string_view what);

// Compares the fenced block `proration`, lines of the form `a_credit = 1497`, with the sums.
Verdict judge_sums(const std::string& check, const Page& page, std::span<const Sum> sums);

}  // namespace onsite::subscriptions
