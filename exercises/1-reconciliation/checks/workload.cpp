#include "exercises/1-reconciliation/checks/workload.hpp"

#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "base/rng.hpp"
#include "exercises/1-reconciliation/checks/plan.hpp"

namespace onsite::reconciliation {
namespace {

constexpr std::size_t kFoundPercent = 40;
constexpr std::size_t kTooManyTimes = 10;

// What the n-th transaction of a side is; both sides say the same about n unless a case of Special.
enum class Special { none, unmatched, other_amount };

Special special(std::size_t n, const WorkloadSpec& spec) {
    if (n % 100 == 0 || !spec.has_matches) return Special::unmatched;
    const bool has_other = spec.discrepancies == Discrepancies::some && n % 100 == 50;
    return has_other ? Special::other_amount : Special::none;
}

// A number for each number, scattered; every step can be undone, so that no two are the same.
std::uint32_t scattered(std::uint32_t number, Rng rng) {
    for (int round = 0; round < 3; ++round) {
        number ^= static_cast<std::uint32_t>(rng.next());
        number *= static_cast<std::uint32_t>(rng.next()) | 1;
        number ^= number >> 15;
    }
    return number;
}

// Scattered ids: in sorted order they would flatter code that sorts. The second half mirrors the
// first, so that the bytes of every id have the same sum: who hashes by it has one bucket.
std::string id_of(Side side, std::size_t n, const WorkloadSpec& spec) {
    const bool is_other = side == Side::bank && special(n, spec) == Special::unmatched;
    const auto number = static_cast<std::uint32_t>(2 * n + (is_other ? 1 : 0));
    std::uint32_t rest = scattered(number, Rng(spec.seed).fork("ids"));
    std::string id(16, ' ');
    for (std::size_t i = 0; i < 8; ++i, rest >>= 4) {
        const char nibble = static_cast<char>(rest & 15);
        id[i] = static_cast<char>('a' + nibble);
        id[i + 8] = static_cast<char>('p' - nibble);
    }
    // What makes a long id long is at its end: an answer that cuts ids short loses its points where
    // ids are judged, and not here.
    return id.size() < spec.id_bytes ? id + std::string(spec.id_bytes - id.size(), 'r') : id;
}

Transaction transaction_of(Side side, std::size_t n, const WorkloadSpec& spec) {
    const std::uint64_t amount = 1 + Rng(spec.seed ^ n).below(kPlainAmountMax - 100);
    Transaction transaction{.id = id_of(side, n, spec),
                            .amount = static_cast<std::int64_t>(amount),
                            .currency = kCurrencies[n % kCurrencies.size()]};
    const bool differs = special(n, spec) == Special::other_amount;
    if (side == Side::bank && differs) transaction.amount += 100;
    return transaction;
}

void append(std::string& feed, const Transaction& transaction, char separator) {
    if (!feed.empty()) feed += separator;
    fmt::format_to(std::back_inserter(feed), "[\"{}\",\"{}\",\"{}\"]", transaction.id,
                   transaction.amount, transaction.currency);
}

std::vector<std::uint32_t> shuffled_places(std::size_t count, Rng rng) {
    std::vector<std::uint32_t> places(count);
    std::iota(places.begin(), places.end(), 0u);
    for (std::size_t left = count; left > 1; --left) {
        std::swap(places[left - 1], places[rng.below(left)]);
    }
    return places;
}

Findings truth_of(const WorkloadSpec& spec) {
    Findings truth;
    for (std::size_t n = 0; n < spec.rows; ++n) {
        const Special kind = special(n, spec);
        if (kind == Special::none) continue;
        Transaction ledger = transaction_of(Side::ledger, n, spec);
        Transaction bank = transaction_of(Side::bank, n, spec);
        if (kind == Special::other_amount) {
            truth.push_back(discrepancy(std::move(ledger), std::move(bank)));
        } else {
            truth.push_back(unmatched(Side::ledger, std::move(ledger)));
            truth.push_back(unmatched(Side::bank, std::move(bank)));
        }
    }
    return sorted(std::move(truth));
}

}  // namespace

Workload make_workload(const WorkloadSpec& spec, char separator) {
    Workload workload;
    const std::size_t row_bytes = spec.id_bytes + 24;
    workload.ledger.reserve(spec.rows * row_bytes);
    workload.bank.reserve(spec.rows * row_bytes);
    for (std::size_t n = 0; n < spec.rows; ++n) {
        append(workload.ledger, transaction_of(Side::ledger, n, spec), separator);
    }
    for (const std::uint32_t n : shuffled_places(spec.rows, Rng(spec.seed).fork("bank"))) {
        append(workload.bank, transaction_of(Side::bank, n, spec), separator);
    }
    workload.truth = truth_of(spec);
    return workload;
}

std::size_t percent_found(const Findings& truth, const Findings& found) {
    const std::size_t right = truth.size() - difference(truth, found).missing.size();
    return right * 100 / truth.size();
}

bool shows_work(const Findings& truth, const Findings& found) {
    return percent_found(truth, found) >= kFoundPercent &&
           found.size() <= truth.size() * kTooManyTimes;
}

}  // namespace onsite::reconciliation
