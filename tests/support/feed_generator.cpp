#include "tests/support/feed_generator.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <numeric>
#include <string>

#include <fmt/format.h>

#include "base/rng.hpp"

namespace onsite {
namespace {

constexpr std::size_t kIdLetters = 24;
constexpr std::size_t kWriteBytes = 1 << 20;
// The first is the most frequent.
constexpr std::array<const char*, 10> kCurrencies = {"USD", "USD", "USD", "EUR", "EUR",
                                                     "GBP", "JPY", "CAD", "AUD", "KWD"};

struct FeedRow {
    std::string id;
    std::int64_t amount = 0;
    std::size_t currency = 0;
};

class FeedWriter {
public:
    FeedWriter(const FeedPlan& plan, bool is_bank) : plan_(plan), is_bank_(is_bank) {}

    Result<void> write(const std::filesystem::path& path) {
        const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "wb"),
                                                         &std::fclose);
        if (!file) return tool_error(path.string() + ": expected a file that can be written");
        if (!is_json()) text_ += "id,amount,currency\n";
        const std::uint64_t stride = stride_of(is_bank_ ? 0x9E3779B9 : 0x85EBCA6B);
        for (std::uint64_t i = 0; i < plan_.rows; ++i) {
            // Each number below `rows` comes once, in an order of that feed's own.
            const auto number = static_cast<std::uint64_t>(i * stride % plan_.rows);
            const FeedRow row = row_of(number);
            append(row);
            if (is_due(i, plan_.duplicates)) append_duplicate(row, i);
            if (is_due(i, plan_.malformed)) append_nonsense(i);
            if (text_.size() < kWriteBytes && i + 1 < plan_.rows) continue;
            if (std::fwrite(text_.data(), 1, text_.size(), file.get()) != text_.size()) {
                return tool_error(path.string() + ": expected room for the feed, found none");
            }
            text_.clear();
        }
        return {};
    }

private:
    std::uint64_t stride_of(std::uint64_t from) const {
        std::uint64_t stride = from % plan_.rows + 1;
        while (std::gcd(stride, plan_.rows) != 1) ++stride;
        return stride;
    }

    // True for so many of all i, evenly spread.
    bool is_due(std::uint64_t i, std::uint64_t times) const {
        return (i + 1) * times / plan_.rows > i * times / plan_.rows;
    }

    // Numbers below `unmatched` are in this feed only; the next ones differ.
    FeedRow row_of(std::uint64_t number) const {
        const bool is_own = number < plan_.unmatched;
        Rng rng(plan_.seed * 0x2545F4914F6CDD1Du + number * 2 + (is_own && is_bank_ ? 1 : 0));
        FeedRow row;
        row.id = "txn_";
        std::uint64_t letters = rng.next();
        for (std::size_t i = 0; i < kIdLetters; ++i) {
            if (i % 10 == 9) letters = rng.next();
            row.id +=
                "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[letters % 62];
            letters /= 62;
        }
        std::uint64_t bound = 100;
        for (std::uint64_t digits = rng.below(5); digits > 0; --digits) bound *= 10;
        row.amount = static_cast<std::int64_t>(rng.below(bound));
        if (rng.below(100) < 3) row.amount = -row.amount;
        row.currency = rng.below(kCurrencies.size());
        const bool differs = !is_own && number < plan_.unmatched + plan_.discrepant;
        if (is_bank_ && differs) change(row, number % 4);
        return row;
    }

    static void change(FeedRow& row, std::uint64_t how) {
        if (how != 2) row.amount += 100;
        if (how >= 2) row.currency = row.currency < 3 ? 3 : 0;
    }

    void append(const FeedRow& row) {
        const char* const currency = kCurrencies[row.currency];
        switch (plan_.shape) {
            case FeedShape::csv:
                fmt::format_to(std::back_inserter(text_), "{},{},{}\n", row.id, row.amount,
                               currency);
                break;
            case FeedShape::quoted_csv:
                fmt::format_to(std::back_inserter(text_), "\"{}\",\"{}\",\"{}\"\r\n", row.id,
                               row.amount, currency);
                break;
            case FeedShape::ndjson:
                fmt::format_to(std::back_inserter(text_),
                               "{{\"id\":\"{}\",\"amount\":{},\"currency\":\"{}\"}}\n", row.id,
                               row.amount, currency);
                break;
            case FeedShape::shuffled_ndjson:
                append_shuffled(row, currency);
                break;
        }
    }

    // The keys in one of their six orders.
    void append_shuffled(const FeedRow& row, const char* currency) {
        constexpr std::array<std::array<std::size_t, 3>, 6> kOrders = {
            {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}};
        const std::array<std::string, 3> members = {fmt::format("\"id\":\"{}\"", row.id),
                                                    fmt::format("\"amount\":{}", row.amount),
                                                    fmt::format("\"currency\":\"{}\"", currency)};
        const auto& order = kOrders[static_cast<unsigned char>(row.id.back()) % kOrders.size()];
        fmt::format_to(std::back_inserter(text_), "{{{},{},{}}}\n", members[order[0]],
                       members[order[1]], members[order[2]]);
    }

    bool is_json() const {
        return plan_.shape == FeedShape::ndjson || plan_.shape == FeedShape::shuffled_ndjson;
    }

    // Every other one is the same to the byte, the others say another amount.
    void append_duplicate(FeedRow row, std::uint64_t i) {
        if (i % 2 == 0) row.amount += 1;
        append(row);
    }

    void append_nonsense(std::uint64_t i) {
        text_ += is_json() ? "{\"id\":" : "nonsense,";
        text_ += std::to_string(i) + "\n";
    }

    const FeedPlan& plan_;
    const bool is_bank_;
    std::string text_;
};

}  // namespace

FeedTruth truth_of(const FeedPlan& plan) {
    FeedTruth truth{.matched = plan.rows - plan.unmatched - plan.discrepant};
    for (std::uint64_t number = 0; number < plan.discrepant; ++number) {
        const std::uint64_t how = (plan.unmatched + number) % 4;
        truth.amount_differs += how != 2;
        truth.currency_differs += how >= 2;
    }
    return truth;
}

Result<void> write_feeds(const FeedPlan& plan, const std::filesystem::path& ledger,
                         const std::filesystem::path& bank) {
    if (auto written = FeedWriter(plan, false).write(ledger); !written) return written;
    return FeedWriter(plan, true).write(bank);
}

}  // namespace onsite
