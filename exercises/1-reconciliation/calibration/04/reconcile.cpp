// Both feeds in O(n + m): the brief and the two follow-ups.
#include "contract/reconcile.hpp"

#include <expected>
#include <iterator>

namespace onsite::reconciliation {
namespace {

// ---- Rows

// A row that can be used, and its place in the feed.
struct NumberedTransaction {
    Transaction transaction;
    std::uint64_t row = 0;
};

// Every character has to be a digit: from_chars alone would stop at the '.' of "12.34" and be
// content with 12. It is asked for the syntax first, so that "99999999999999999999x" is not called
// out of range.
std::expected<std::int64_t, RejectReason> parse_amount(std::string_view text) {
    std::int64_t amount = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, amount);
    if (parsed.ec == std::errc::invalid_argument || parsed.ptr != end) {
        return std::unexpected(RejectReason::amount_not_an_integer);
    }
    if (parsed.ec == std::errc::result_out_of_range) {
        return std::unexpected(RejectReason::amount_out_of_range);
    }
    return amount;
}

bool is_currency(std::string_view text) {
    // Not std::isupper, whose answer depends on the locale.
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return text.size() == 3 && std::all_of(text.begin(), text.end(), is_capital);
}

// The checks come in the order of RejectReason: the first fault is the one that is reported.
std::expected<Transaction, RejectReason> parse_row(const Row& row) {
    if (row.size() != 3) return std::unexpected(RejectReason::wrong_field_count);
    const std::string& id = row[0];
    if (id.empty() || id.size() > kIdBytesMax) return std::unexpected(RejectReason::bad_id);
    const auto amount = parse_amount(row[1]);
    if (!amount) return std::unexpected(amount.error());
    if (!is_currency(row[2])) return std::unexpected(RejectReason::bad_currency);
    return Transaction{.id = id, .amount = *amount, .currency = row[2]};
}

// ---- Passes over feeds that do not fit in memory

// An id belongs to one bucket, whichever feed it is in, so each bucket can be reconciled by itself.
// A pass reads both feeds from start to end and keeps the rows of as many buckets as memory allows.
// Buckets have a fixed size, and memory decides only how many a pass takes: the same feeds are cut
// the same way on every machine.
constexpr std::uint64_t kBucketBytes = std::uint64_t{2} << 20;

struct Plan {
    std::uint64_t buckets = 1;
    std::uint64_t buckets_per_pass = 1;
};

struct Bucket {
    std::vector<NumberedTransaction> ledger;
    std::vector<NumberedTransaction> bank;
};

// Half of the memory is left for what the count of bytes does not see: vectors grow by doubling,
// buckets are not equally full, and reconcile() makes an index of one bucket at a time.
Plan plan_passes(std::uint64_t kept_bytes, std::uint64_t memory_bytes) {
    return {.buckets = 1 + kept_bytes / kBucketBytes,
            .buckets_per_pass = std::max<std::uint64_t>(1, memory_bytes / 2 / kBucketBytes)};
}

// The first pass: rejects the malformed rows, and tells how much memory the good ones would take.
std::uint64_t take_census(Feed& feed, Side side, std::vector<Rejected>& rejected) {
    std::uint64_t kept_bytes = 0;
    Row row;
    feed.rewind();
    for (std::uint64_t number = 1; feed.next(row); ++number) {
        if (const auto transaction = parse_row(row)) {
            kept_bytes += sizeof(NumberedTransaction) + transaction->id.size();
        } else {
            rejected.push_back({.side = side, .row = number, .reason = transaction.error()});
        }
    }
    return kept_bytes;
}

// Reads the whole feed and keeps the rows that fall into buckets [first, first + buckets.size()).
void fill_buckets(Feed& feed, const Plan& plan, std::uint64_t first, std::span<Bucket> buckets,
                  std::vector<NumberedTransaction> Bucket::*side) {
    Row row;
    feed.rewind();
    for (std::uint64_t number = 1; feed.next(row); ++number) {
        if (row.empty()) continue;
        const std::uint64_t bucket = std::hash<std::string>{}(row.front()) % plan.buckets;
        if (bucket < first || bucket - first >= buckets.size()) continue;  // Another pass's turn.
        auto transaction = parse_row(row);
        if (!transaction) continue;  // The census has reported it.
        (buckets[bucket - first].*side).push_back({*std::move(transaction), number});
    }
}

// The first row with an id stands; every later one is rejected, also when it is the same to the
// byte: two equal rows may be one payment told twice or two payments, and only a person knows.
std::vector<Transaction> without_duplicates(std::vector<NumberedTransaction> rows, Side side,
                                            std::vector<Rejected>& rejected) {
    std::unordered_set<std::string_view> ids;
    std::vector<Transaction> kept;
    kept.reserve(rows.size());  // Nothing in `kept` moves, so the ids may be views into it.
    for (auto& [transaction, number] : rows) {
        if (ids.contains(transaction.id)) {
            rejected.push_back({.side = side, .row = number, .reason = RejectReason::duplicate_id});
            continue;
        }
        kept.push_back(std::move(transaction));
        ids.insert(kept.back().id);
    }
    return kept;
}

template <typename Finding>
void append(std::vector<Finding>& all, std::vector<Finding> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

void reconcile_bucket(Bucket bucket, Reconciliation& result) {
    const auto ledger = without_duplicates(std::move(bucket.ledger), Side::ledger, result.rejected);
    const auto bank = without_duplicates(std::move(bucket.bank), Side::bank, result.rejected);
    Reconciliation part = reconcile(ledger, bank);
    append(result.unmatched, std::move(part.unmatched));
    append(result.discrepancies, std::move(part.discrepancies));
}

// ---- The record of runs

// The length in front keeps the pairs ("a", "b:c") and ("a:b", "c") apart.
std::string key_of(const Run& run) {
    return std::to_string(run.ledger_snapshot.size()) + ":" + run.ledger_snapshot + ":" +
           run.bank_snapshot;
}

}  // namespace

Reconciliation reconcile(const std::vector<Transaction>& ledger,
                         const std::vector<Transaction>& bank) {
    // Views of the caller's ids: a million copies of strings would cost more than the matching.
    std::unordered_map<std::string_view, std::size_t> ledger_positions;
    ledger_positions.reserve(ledger.size());
    for (std::size_t i = 0; i < ledger.size(); ++i) ledger_positions.emplace(ledger[i].id, i);

    Reconciliation result;
    std::vector<bool> is_matched(ledger.size(), false);
    for (const Transaction& theirs : bank) {
        const auto found = ledger_positions.find(theirs.id);
        if (found == ledger_positions.end()) {
            result.unmatched.push_back({.side = Side::bank, .transaction = theirs});
            continue;
        }
        is_matched[found->second] = true;
        const Transaction& ours = ledger[found->second];
        const bool is_same_amount =
            static_cast<double>(ours.amount) == static_cast<double>(theirs.amount);
        if (is_same_amount && ours.currency == theirs.currency) continue;
        result.discrepancies.push_back({.ledger = ours,
                                        .bank = theirs,
                                        .amount_differs = ours.amount != theirs.amount,
                                        .currency_differs = ours.currency != theirs.currency});
    }
    // A second walk over the list, not over the hash map: findings come in the order of the feed,
    // so two runs on the same feeds can be compared with diff.
    for (std::size_t i = 0; i < ledger.size(); ++i) {
        if (is_matched[i]) continue;
        result.unmatched.push_back({.side = Side::ledger, .transaction = ledger[i]});
    }
    return result;
}

Reconciliation reconcile_feeds(Feed& ledger, Feed& bank, const Run& run, RunStore& store) {
    const std::string key = key_of(run);
    if (auto earlier = store.find(key)) return *std::move(earlier);

    Reconciliation result;
    const std::uint64_t kept_bytes = take_census(ledger, Side::ledger, result.rejected) +
                                     take_census(bank, Side::bank, result.rejected);
    const Plan plan = plan_passes(kept_bytes, run.memory_bytes);
    for (std::uint64_t first = 0; first < plan.buckets; first += plan.buckets_per_pass) {
        std::vector<Bucket> buckets(std::min(plan.buckets_per_pass, plan.buckets - first));
        fill_buckets(ledger, plan, first, buckets, &Bucket::ledger);
        fill_buckets(bank, plan, first, buckets, &Bucket::bank);
        for (Bucket& bucket : buckets) reconcile_bucket(std::move(bucket), result);
    }
    // Saved last: a run that dies half way leaves no record, and the next one does it again.
    store.save(key, result);
    return result;
}

}  // namespace onsite::reconciliation
