// The contract of section 1: what a candidate's code is given, and what it answers.
//
// This header is the source of truth for C++; wire.schema.json says the same for every language,
// and tests/contract proves that the two agree. The standard headers below are here for you: you
// may use them without including them again.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace onsite::reconciliation {

// ---- The brief

struct Transaction {
    // Opaque bytes (UTF-8), 1 to kIdBytesMax of them. "A1", "a1" and " a1" are three ids.
    std::string id;
    // In minor units: 1050 is 10.50 USD and 1050 JPY. Any int64: zero and negative ones too.
    std::int64_t amount = 0;
    // Three capital letters: "USD".
    std::string currency;
    bool operator==(const Transaction&) const = default;
};

enum class Side { ledger, bank };

// A transaction whose id is in one feed only.
struct Unmatched {
    Side side = Side::ledger;  // The feed it is in.
    Transaction transaction;
};

// ---- Follow-up 1: the same id with another amount or currency

// Two transactions with the same id that are not equal.
struct Discrepancy {
    Transaction ledger;
    Transaction bank;
    bool amount_differs = false;
    bool currency_differs = false;
};

// ---- Follow-up 2: production

// A row as it stands in a feed: its fields as text. A good row has three: id, amount, currency.
using Row = std::vector<std::string>;

inline constexpr std::size_t kIdBytesMax = 10'000;

// Why a row cannot be used. A row with several faults is rejected for the first of this list.
enum class RejectReason {
    wrong_field_count,  // Not three fields.
    bad_id,             // Empty, or longer than kIdBytesMax bytes of UTF-8.
    // Anything but an optional '-' and then one or more of the digits 0 to 9: "12.34", "1e3", "+5",
    // " 5", "". Zeros in front are allowed: "007" is 7 and "-0" is 0.
    amount_not_an_integer,
    amount_out_of_range,  // An integer that no int64 holds.
    bad_currency,         // Not exactly three of the letters A to Z.
    duplicate_id,         // An earlier row of the same feed, itself not rejected, has this id.
};

struct Rejected {
    Side side = Side::ledger;
    std::uint64_t row = 0;  // The first row of a feed is row 1.
    RejectReason reason = RejectReason::wrong_field_count;
};

// The whole answer. Every row of both feeds is explained exactly once: it is matched by an equal
// row (and not listed), or it is in one Unmatched, or in one Discrepancy, or in one Rejected. The
// order of the findings is free.
struct Reconciliation {
    std::vector<Unmatched> unmatched = {};
    std::vector<Discrepancy> discrepancies = {};
    std::vector<Rejected> rejected = {};
};

// A feed that may be larger than memory: one row at a time, and again from the start.
class Feed {
public:
    virtual ~Feed() = default;
    // Reads the next row into `row`. Returns false at the end, and leaves `row` empty then.
    virtual bool next(Row& row) = 0;
    // Starts again at the first row.
    virtual void rewind() = 0;
};

// Which snapshots a run compares, and how much memory the rows it keeps may take.
struct Run {
    // Name the content of the feeds: the same name, the same rows. Any text.
    std::string ledger_snapshot;
    std::string bank_snapshot;
    std::uint64_t memory_bytes = 0;
};

// The record of finished runs. It outlives the process.
class RunStore {
public:
    virtual ~RunStore() = default;
    // The result saved under this key, or nothing.
    virtual std::optional<Reconciliation> find(const std::string& key) = 0;
    virtual void save(const std::string& key, const Reconciliation& result) = 0;
};

// ---- What you implement

// The brief and follow-up 1. Ids are unique within `ledger` and within `bank`; `rejected` stays
// empty. Before follow-up 1 is revealed no id has two different rows, so `discrepancies` stays
// empty too.
Reconciliation reconcile(const std::vector<Transaction>& ledger,
                         const std::vector<Transaction>& bank);

// Follow-up 2. A pair of snapshots that the store holds a result for is answered from the store,
// without reading a feed. Any other pair is reconciled and its result saved. Rows come in any order
// and some cannot be used: each of those is rejected, with its row number and one reason. Findings
// are few and may be kept; both feeds as a whole need not fit in `run.memory_bytes`.
Reconciliation reconcile_feeds(Feed& ledger, Feed& bank, const Run& run, RunStore& store);

}  // namespace onsite::reconciliation
