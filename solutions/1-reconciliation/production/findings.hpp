// What a reconciliation finds. Findings come out in one order, whatever the strategy, the memory
// and the number of threads:
//
//   1. unmatched rows of the ledger, by the bytes of their ids
//   2. unmatched rows of the bank, by the bytes of their ids
//   3. discrepancies, by the bytes of their ids
//   4. rejected rows of the ledger, by their place
//   5. rejected rows of the bank, by their place
//
// An id that is the beginning of another comes first; bytes are compared as unsigned numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/feed.hpp"

namespace onsite::reconcile {

// Three letters A to Z in 16 bits: ((first * 26) + second) * 26 + third.
using CurrencyCode = std::uint16_t;
inline constexpr std::size_t kCurrencies = 26 * 26 * 26;
std::string to_string(CurrencyCode currency);

struct Record {
    std::string_view id;  // Valid during the call that hands it out.
    std::int64_t amount_minor = 0;
    CurrencyCode currency = 0;
    Place place;
};

// Two rows with the same id, the first good one of each feed, that are not equal.
struct Discrepancy {
    Record ledger;
    Record bank;
    bool amount_differs() const { return ledger.amount_minor != bank.amount_minor; }
    bool currency_differs() const { return ledger.currency != bank.currency; }
};

// Why a row cannot be used. A row with several faults is rejected for the first of this list.
// Never renumbered: the hashes of findings that records keep have these numbers in them.
enum class RejectReason : std::uint8_t {
    row_too_long = 0,     // More than kRowBytesMax bytes.
    malformed,            // Not CSV as RFC 4180 has it (a stray or unclosed quote), or not JSON.
    wrong_field_count,    // CSV: not as many fields as the header. NDJSON: a key missing or twice.
    id_too_long,          // More than kIdBytesMax bytes.
    bad_id,               // NDJSON: not a string.
    amount_not_a_number,  // Not '-' or nothing, then digits; with decimals: then '.' and digits.
    bad_currency,         // Not exactly three of the letters A to Z.
    // With decimals: ISO 4217 gives it none, and so nobody knows how many minor units these are.
    unknown_currency = 10,
    amount_too_precise = 7,   // More decimals than the currency has: "0.5" JPY.
    amount_out_of_range = 8,  // No int64 holds it in minor units.
    duplicate_id = 9,         // An earlier row of the same feed, itself not rejected, has this id.
};
inline constexpr std::size_t kRejectReasons = 11;
std::string_view to_string(RejectReason reason);

struct Rejection {
    RejectReason reason = RejectReason::malformed;
    Place place;
    std::string_view id;  // The repeated id of a duplicate; empty otherwise. Valid during the call.
    // Of a duplicate: what it says, for a person to judge whether it was meant to be another.
    std::int64_t amount_minor = 0;
    CurrencyCode currency = 0;
};

// Takes the findings, in the order above, from one thread at a time. An error ends the run and is
// passed on.
class FindingSink {
public:
    virtual ~FindingSink() = default;
    virtual Result<void> unmatched(Side side, const Record& record) = 0;
    virtual Result<void> discrepancy(const Discrepancy& discrepancy) = 0;
    virtual Result<void> rejected(Side side, const Rejection& rejection) = 0;
};

}  // namespace onsite::reconcile
