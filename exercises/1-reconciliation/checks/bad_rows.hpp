// Rows of feeds that cannot be used, and rows that only look so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "exercises/1-reconciliation/contract/reconcile.hpp"

namespace onsite::reconciliation {

// A malformed row, chosen by a number: each reason but duplicate_id, and several at once.
Row bad_row(const std::string& id, std::uint32_t choice);
inline constexpr std::uint32_t kBadRows = 45;

// Ids that careless code rejects: white space, words for nothing, and the longest that there are.
const std::vector<std::string>& ids_that_look_bad();

// A row with the id of `original`: the same, or with another amount or currency.
Row repeated_row(const Row& original, std::uint32_t choice);

// How the amount of a transaction is written in each feed.
enum class Spelling { plain, zeros_in_front, many_zeros_in_front, minus_zero };
struct AmountSpelling {
    Spelling ledger = Spelling::plain;
    Spelling bank = Spelling::plain;
    std::string value;  // Another amount for both feeds; empty to keep the one that is there.
};
// Chosen by a number. `value` is empty unless any amount will do.
AmountSpelling odd_amount(std::uint32_t choice, bool any_amount_will_do);

std::string respelled(const std::string& amount, Spelling spelling, const std::string& value);

}  // namespace onsite::reconciliation
